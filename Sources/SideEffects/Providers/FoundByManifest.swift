public import LibPCRE2

/// How `init` finds out that a provider is of use here, and what it sets then.
public struct FoundByManifest: Sendable {
  /// Variables of the environment that may give a setting, the first that is set.
  public struct Variables: Sendable {
    public let setting: String
    public let names: [String]
    public init(setting: String, names: [String]) { (self.setting, self.names) = (setting, names) }
  }

  /// What a setting is set to where nothing else tells.
  public struct Preset: Sendable {
    public let setting: String
    public let value: WatchSettings.Setting
    public init(setting: String, value: WatchSettings.Setting) { (self.setting, self.value) = (setting, value) }
  }

  /// For the URL of a remote of the repository; its named captures are settings.
  public let remote: Pattern?
  public let environment: [Variables]
  public let with: [Preset]

  public init(remote: Pattern? = nil, environment: [Variables] = [], with: [Preset] = []) {
    (self.remote, self.environment, self.with) = (remote, environment, with)
  }

  func variables(for setting: String) -> [String] { environment.first { $0.setting == setting }?.names ?? [] }
}
