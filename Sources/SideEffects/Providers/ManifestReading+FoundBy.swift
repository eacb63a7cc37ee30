import Documents
import LibPCRE2

extension ManifestReading {
  mutating func foundBy(_ document: Document?, _ settings: [SettingManifest]) -> FoundByManifest {
    guard let document, document.members != nil else { return FoundByManifest() }
    let remote = expressions.pattern(document["remote"])
    for name in remote?.captureNames ?? [] { expectOpen(name, settings, at: document["remote"]?.span) }
    var environment: [FoundByManifest.Variables] = []
    for member in document["environment"]?.members ?? [] {
      guard expect(member.key, settings, at: member.keySpan) != nil else { continue }
      environment.append(.init(setting: member.key, names: (member.value.list ?? [member.value]).compactMap(\.text)))
    }
    var presets: [FoundByManifest.Preset] = []
    for member in document["with"]?.members ?? [] {
      expectOpen(member.key, settings, at: member.keySpan)
      let value: WatchSettings.Setting? =
        member.value.list.map { .many($0.compactMap(\.plainText).map { Text($0) }) } ?? member.value.plainText.map { .one(Text($0)) }
      if let value { presets.append(.init(setting: member.key, value: value)) }
    }
    return FoundByManifest(remote: remote, environment: environment, with: presets)
  }

  /// Notes a name that is no setting.
  private mutating func expect(_ name: String, _ settings: [SettingManifest], at span: SourceSpan?) -> SettingManifest? {
    if let setting = settings.first(where: { $0.name == name }) { return setting }
    let nearest = NearestKey.of(name, among: settings.map(\.name))
    note(
      "unknown-setting", "`\(name)` is no setting", advice: nearest.map { "Did you mean `\($0)`?" } ?? "Declare it under `settings`.",
      at: span)
    return nil
  }

  /// The same, and a secret: what is found goes into the configuration, where no secret stands.
  private mutating func expectOpen(_ name: String, _ settings: [SettingManifest], at span: SourceSpan?) {
    guard expect(name, settings, at: span)?.isSecret == true else { return }
    note(
      "literal-secret", "`\(name)` is a secret, and what is found here is written into the configuration",
      advice: "Name the variables that hold it under `environment`.", at: span)
  }
}
