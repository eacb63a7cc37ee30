/// All providers by name: those that came with the program, and folders of the user's own that go before them.
public struct ProviderCatalog: Sendable {
  /// A manifest that has not been read yet.
  public struct Entry: Sendable {
    public let name: Text
    /// What messages call its file: a path, or `providers/NAME/provider.yaml` for one that came with the program.
    public let file: Text
    public let text: String
    /// Whether it came with the program.
    public let isBuiltIn: Bool

    public init(name: Text, file: Text, text: String, isBuiltIn: Bool) {
      (self.name, self.file, self.text, self.isBuiltIn) = (name, file, text, isBuiltIn)
    }
  }

  /// Sorted by name.
  public let entries: [Entry]

  /// The user's own that stand before one of the same name that came with the program.
  public let shadowing: [Entry]

  private let byName: [Text: Entry]

  /// Of two with one name the earlier in `own` counts, and any of these before a built-in one.
  public init(builtIn: [Entry], own: [Entry] = []) {
    byName = Dictionary((own + builtIn).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    entries = byName.values.sorted { $0.name < $1.name }
    let shipped = Set(builtIn.map(\.name))
    shadowing = entries.filter { !$0.isBuiltIn && shipped.contains($0.name) }
  }

  public var names: [Text] { entries.map(\.name) }

  /// The provider of that name, its manifest unread; nil where there is none.
  public func entry(_ name: Text) -> Entry? { byName[name] }

  /// A provider, its manifest read.
  ///
  /// - Parameter place: Where it was asked for, for messages.
  /// - Throws: `unknown-provider` with the nearest name, or every mistake of the manifest.
  public func provider(_ name: Text, askedAt place: Diagnostic.Place = .nowhere) throws(Failure) -> Provider {
    guard let entry = byName[name] else {
      let nearest = NearestKey.of(name.string, among: names.map(\.string))
      throw Failure(
        "unknown-provider", "no provider is called `\(name)`",
        advice: nearest.map { "Did you mean `\($0)`?" } ?? "`audit-residue providers list` names them.", place: place)
    }
    return try ManifestReader.read(entry.text, name: entry.name, file: entry.file)
  }
}
