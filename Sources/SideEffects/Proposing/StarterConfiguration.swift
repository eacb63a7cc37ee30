/// The commented `audit-residue.yaml` that `init` writes.
public struct StarterConfiguration: Sendable {
  private let watches: [ProposedWatch]
  private let examples: [ProposedWatch]
  private let store: String?
  private let standardStore: String?

  /// - Parameters:
  ///   - watches: What was found; those that lack something are written as comments.
  ///   - examples: Written as comments where nothing was found.
  ///   - store: Where snapshots are kept, if the user said so.
  ///   - standardStore: Where they are kept otherwise, for the comment.
  public init(watches: [ProposedWatch], examples: [ProposedWatch], store: String?, standardStore: String?) {
    (self.watches, self.examples, self.store, self.standardStore) = (watches, examples, store, standardStore)
  }

  /// Those that are looked at as the file is written.
  public var active: [ProposedWatch] { watches.filter(isActive) }

  /// The file's text.
  public func yaml() -> String {
    let entries = watches.map(entry) + (active.isEmpty ? [nothing] + examples.map(entry) : [])
    return header + storeLines + "watches:\n" + entries.joined(separator: "\n") + closing
  }

  private var header: String {
    """
    # What audit-residue looks at before and after an upgrade. Secrets are never written here, only where they come from.
    # `audit-residue check` says whether all of it can be read; `audit-residue config schema` gives the keys to an editor.
    version: 1


    """
  }

  private var storeLines: String {
    let why = "# Where snapshots are kept. Not inside of what a restore puts back: the store would be lost with it.\n"
    if let store { return why + "store: \(YAMLScalar.text(store))\n\n" }
    let otherwise = standardStore.map { "# Without this line it is \(Self.commented($0)).\n" } ?? ""
    return why + otherwise + "#store: /srv/audit-residue\n\n"
  }

  private var nothing: String {
    "  # Nothing was found here that can be looked at. Of these, take the # away from what you use, and fill it in.\n"
  }

  private func entry(_ watch: ProposedWatch) -> String {
    var comments = watch.signs.isEmpty ? [] : [watch.signs.map { Self.commented($0) }.joined(separator: "; ") + "."]
    if !watch.isWhole {
      comments.append(
        "Not looked at yet: it lacks \(watch.missing.map { "`\($0.name)`" }.joined(separator: " and ")). Then take the # away.")
    }
    let title =
      "  # \(Self.commented(watch.provider.manifest.title.string))" + (comments.isEmpty ? "" : ": " + comments.joined(separator: " "))
      + "\n"
    let lines = lines(of: watch).map { (isActive(watch) ? "" : "#") + $0 + "\n" }
    return title + lines.joined()
  }

  private func isActive(_ watch: ProposedWatch) -> Bool { watch.isWhole && !watch.signs.isEmpty }

  private func lines(of watch: ProposedWatch) -> [String] {
    var lines = ["  - name: \(YAMLScalar.text(watch.name.string))", "    provider: \(YAMLScalar.text(watch.provider.name.string))"]
    let missing = watch.missing.filter { !$0.isSecret }
    if !watch.with.isEmpty || !missing.isEmpty { lines.append("    with:") }
    for value in watch.with { lines.append("      \(value.setting): \(Self.text(value.value))") }
    for setting in missing { lines.append("      \(setting.name): \(setting.isMany ? "[…]" : "…")\(Self.help(setting))") }
    if !watch.secrets.isEmpty { lines.append("    secrets:") }
    for secret in watch.secrets {
      let help = secret.isSet ? "" : watch.provider.manifest.setting(secret.setting).map(Self.help) ?? ""
      lines.append("      \(secret.setting): {env: \(YAMLScalar.text(secret.variable))}\(help)")
    }
    return lines
  }

  private static func text(_ value: WatchSettings.Setting) -> String {
    switch value {
    case .one(let text): YAMLScalar.text(text.string)
    case .many(let texts): "[" + texts.map { YAMLScalar.text($0.string) }.joined(separator: ", ") + "]"
    }
  }

  private static func help(_ setting: SettingManifest) -> String { setting.words.isEmpty ? "" : "   # \(commented(setting.words))" }

  /// On one line, so that nothing of it leaves the comment.
  private static func commented(_ text: String) -> String { DisplayText.terminal(Text(text)) }

  private var closing: String {
    let name = YAMLScalar.text((active.first ?? watches.first ?? examples.first)?.name.string ?? "NAME")
    return """

      # What a rollback of yours puts back. A change that no restore covers is residue, so without this all of them are.
      #restores:
      #  - name: vm-snapshot
      #    leaves: [{watch: \(name)}]     # and `covers`, for what it puts back

      # Changes that are no matter, with the reason and an end.
      #ignore:
      #  - {watch: \(name), id: "*", because: made by CI, until: 2027-01-31}

      """
  }
}
