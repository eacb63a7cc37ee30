/// What a setting of a watch is set to.
public enum SettingValue: Sendable {
  case text(Text)
  case texts([Text])
  case secret(Secret)
}

/// One thing the configuration asks to look at: a provider with its settings, secrets resolved.
public struct Watch: Sendable {
  public let name: Text
  public let provider: Provider
  /// Every setting of the manifest that has a value, defaults included.
  public let settings: [String: SettingValue]
  /// Nil for all kinds.
  public let only: Set<Text>?

  public init(name: Text, provider: Provider, settings: [String: SettingValue], only: Set<Text>? = nil) {
    (self.name, self.provider, self.settings, self.only) = (name, provider, settings, only)
  }

  public var kinds: [KindManifest] { provider.manifest.kinds.filter { only?.contains($0.name) ?? true } }
}
