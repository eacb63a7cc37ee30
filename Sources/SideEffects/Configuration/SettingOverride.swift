/// A setting of a watch that is another one for a single call: `--with WATCH.SETTING=VALUE`.
public struct SettingOverride: Hashable, Sendable {
  public let watch: Text
  public let setting: Text
  public let value: Text

  public init(watch: Text, setting: Text, value: Text) { (self.watch, self.setting, self.value) = (watch, setting, value) }

  /// Reads `WATCH.SETTING=VALUE`. A watch's name may hold dots, a setting's may not.
  ///
  /// The value may be a secret in the wrong place, so the failure doesn't show what was written.
  public init(_ argument: String) throws(Failure) {
    let sides = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard sides.count == 2, let dot = sides[0].lastIndex(of: "."), dot != sides[0].startIndex,
      sides[0].index(after: dot) != sides[0].endIndex
    else {
      throw Failure(
        "wrong-argument", "what stands after `--with` is not WATCH.SETTING=VALUE", advice: "Write for example `--with gates.ref=v1.31.0`.")
    }
    self.init(
      watch: Text(String(sides[0][..<dot])), setting: Text(String(sides[0][sides[0].index(after: dot)...])), value: Text(String(sides[1])))
  }
}

extension Configuration {
  /// The same with some settings replaced; a setting that is given several times becomes a list.
  ///
  /// Throws all at once: a watch that there isn't, with the nearest name, and a secret, which must not stand in arguments that every
  /// process of the machine can read. Whether the provider has such a setting is seen when the watch is made.
  public func overriding(_ overrides: [SettingOverride]) throws(Failure) -> Configuration {
    var problems: [Diagnostic] = []
    for override in overrides { problems += problem(of: override).map { [$0] } ?? [] }
    if let problems = NonEmpty(problems) { throw Failure(problems) }
    return Configuration(
      file: file, digest: digest, store: store, copies: copies, providers: providers,
      watches: watches.map { watch in watch.overriding(overrides.filter { $0.watch == watch.name }) }, restores: restores, ignore: ignore,
      acknowledge: acknowledge, limits: limits, upgrades: upgrades)
  }

  private func problem(of override: SettingOverride) -> Diagnostic? {
    guard let watch = watches.first(where: { $0.name == override.watch }) else {
      let names = watches.map(\.name.string)
      let nearest = NearestKey.of(override.watch.string, among: names)
      return Diagnostic(
        "unknown-watch", "no watch is called `\(override.watch)`, as `--with` says",
        advice: nearest.map { "Did you mean `\($0)`?" } ?? "The watches are \(names.map { "`\($0)`" }.joined(separator: ", ")).")
    }
    guard watch.secrets[override.setting] == nil, StandardSetting(rawValue: override.setting.string)?.isSecret != true else {
      return Diagnostic(
        "literal-secret", "`\(override.setting)` of `\(watch.name)` is a secret, and every process of this machine can read arguments",
        advice: "Set the environment variable or the file that `secrets` names instead.")
    }
    guard !URLCredentials.stand(in: override.value.string) else {
      return Diagnostic(
        "literal-secret", "`\(override.setting)` of `\(watch.name)` holds a user or a password inside a URL",
        advice: "Write the URL without them, and give them as the provider's settings and `secrets`.")
    }
    return nil
  }
}

extension WatchSettings {
  /// The same, looking at another revision.
  public func at(revision: Text) -> WatchSettings {
    overriding([SettingOverride(watch: name, setting: "ref", value: revision)])
  }

  fileprivate func overriding(_ overrides: [SettingOverride]) -> WatchSettings {
    changed { with in
      for (setting, values) in Dictionary(grouping: overrides, by: \.setting) {
        with[setting] = values.count == 1 ? values.first.map { .one($0.value) } : .many(values.map(\.value))
      }
    }
  }
}
