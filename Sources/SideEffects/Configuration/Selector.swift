internal import Documents

/// Picks resources: by watch, kind and id; what is left out fits all. Names may hold `*`.
public struct Selector: Hashable, Sendable {
  public let watch: Text
  public let kind: Text?
  public let id: Text?

  public init(watch: Text, kind: Text? = nil, id: Text? = nil) { (self.watch, self.kind, self.id) = (watch, kind, id) }

  /// Whether this names the resource at an address.
  public func fits(_ address: ResourceAddress) -> Bool {
    WatchTarget.fits(address.watch, watch) && fits(kind: address.kind)
      && (id.map { Glob.fits(name: address.id.string, $0.string) } ?? true)
  }
}

extension Selector {
  /// Whether it is about a kind, among others perhaps.
  func fits(kind name: Text) -> Bool { kind.map { Glob.fits(name: name.string, $0.string) } ?? true }

  static let watchKey = KeyTable.Key(
    "watch", .text(named: "a watch's name"), isRequired: true,
    help:
      "The watch, or one of its targets as reports call it (`gates@release-1.2`); `*` stands for any run of characters and `?` for one.",
    example: "forge")
  static let kindKey = KeyTable.Key(
    "kind", .text(named: "a kind"), help: "The kind; all kinds, if left out. `*` and `?` as in `watch`.", example: "webhook")
  static let idKey = KeyTable.Key(
    "id", .scalar, help: "The resource's id; all, if left out. `*` and `?` as in `watch`.", example: "WatchList")

  static let keys = KeyTable("selector", help: "Picks resources by watch, kind and id.", keys: [watchKey, kindKey, idKey])

  /// Reads the selector of an entry whose form was checked; nil where a problem is noted.
  init?(_ document: Document, watches: [Text], checker: inout KeyChecker) {
    for key in ["kind", "id"] { checker.checkNotEmpty(document[key], called: "`\(key)`") }
    guard let watch = checker.knownWatch(document["watch"], among: watches) else { return nil }
    self.init(watch: watch, kind: document["kind"]?.text.map { Text($0) }, id: document["id"]?.plainText.map { Text($0) })
  }
}
