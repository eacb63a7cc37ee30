/// A watch that `init` writes, with what tells that it is of use here and what it still lacks.
public struct ProposedWatch: Sendable {
  /// A setting's value.
  public struct Value: Sendable {
    public let setting: String
    public let value: WatchSettings.Setting
  }

  /// A secret comes from a variable of the environment, by its name.
  public struct SecretVariable: Sendable {
    public let setting: String
    public let variable: String
    public let isSet: Bool
  }

  public let name: Text
  public let provider: Provider
  public let with: [Value]
  public let secrets: [SecretVariable]
  /// What tells that the service or tool is used here, a sentence each without a full stop; empty where nothing does.
  public let signs: [String]
  /// Required settings that nothing here gives.
  public let missing: [SettingManifest]

  /// Whether it can be looked at as it is.
  public var isWhole: Bool { missing.isEmpty }

  /// As the configuration would hold it.
  public var settings: WatchSettings {
    WatchSettings(
      name: name, provider: provider.name, with: Dictionary(with.map { (Text($0.setting), $0.value) }) { first, _ in first },
      secrets: Dictionary(secrets.map { (Text($0.setting), .environment(Text($0.variable))) }) { first, _ in first }, only: nil, owner: nil,
      line: 0)
  }

  /// The same, with one more sign.
  public func adding(sign: String) -> ProposedWatch {
    ProposedWatch(name: name, provider: provider, with: with, secrets: secrets, signs: signs + [sign], missing: missing)
  }
}
