import LibPCRE2

/// Makes watches of what is found in a place, by what each provider's manifest says that it is found by.
public enum WatchProposer {
  /// One watch, or one for each account that the remotes lead to; without any sign where nothing here tells of the provider.
  public static func proposals(for provider: Provider, in surroundings: Surroundings) -> [ProposedWatch] {
    let found = captures(provider.manifest.foundBy, surroundings)
    guard !found.isEmpty else { return [proposal(provider, named: provider.name, surroundings, captured: [:], signs: [])] }
    return found.enumerated().map { index, found in
      let name = index == 0 ? provider.name : Text("\(provider.name)-\(index + 1)")
      return proposal(provider, named: name, surroundings, captured: found.settings, signs: ["the remote `\(found.remote)` leads there"])
    }
  }

  private struct Captured {
    let remote: String
    let settings: [String: String]
  }

  /// What the remotes give, each combination once; `origin` first, since that is where most clones come from.
  private static func captures(_ manifest: FoundByManifest, _ surroundings: Surroundings) -> [Captured] {
    guard let pattern = manifest.remote else { return [] }
    let remotes = (surroundings.repository?.remotes ?? []).sorted {
      ($0.name == "origin" ? 0 : 1, $0.name) < ($1.name == "origin" ? 0 : 1, $1.name)
    }
    var seen: Set<[String: String]> = []
    return remotes.compactMap { remote in
      let bytes = Array(remote.url.utf8)
      guard let match = try? pattern.firstMatch(in: bytes) else { return nil }
      var settings: [String: String] = [:]
      for name in pattern.captureNames {
        if let range = match.range(of: name) { settings[name] = String(decoding: bytes[range], as: UTF8.self) }
      }
      return seen.insert(settings).inserted ? Captured(remote: remote.name, settings: settings) : nil
    }
  }

  private static func proposal(
    _ provider: Provider, named name: Text, _ surroundings: Surroundings, captured: [String: String], signs: [String]
  ) -> ProposedWatch {
    let foundBy = provider.manifest.foundBy
    var signs = signs
    var with: [ProposedWatch.Value] = []
    var secrets: [ProposedWatch.SecretVariable] = []
    var missing: [SettingManifest] = []
    for setting in provider.manifest.settings {
      let variables = foundBy.variables(for: setting.name)
      let variable = surroundings.firstSet(of: variables)
      if setting.isSecret {
        if let variable { signs.append("\(variable) is set") }
        if variable != nil || setting.isRequired {
          let written = variable ?? variables.first ?? variableName(provider.name, setting.name)
          secrets.append(.init(setting: setting.name, variable: written, isSet: variable != nil))
        }
        if variable == nil, setting.isRequired { missing.append(setting) }
      } else if let text = captured[setting.name] {
        with.append(.init(setting: setting.name, value: .one(Text(text))))
      } else if let variable, let text = surroundings.variables[variable], isWritable(text, as: setting) {
        signs.append("\(variable) is set")
        with.append(.init(setting: setting.name, value: .one(Text(text))))
      } else if setting.name == StandardSetting.repository.rawValue, provider.manifest.engine == .git,
        let repository = surroundings.repository
      {
        with.append(.init(setting: setting.name, value: .one(Text(repository.path))))
      } else if let preset = foundBy.with.first(where: { $0.setting == setting.name }) {
        with.append(.init(setting: setting.name, value: preset.value))
      } else if setting.isRequired {
        missing.append(setting)
      }
    }
    return ProposedWatch(name: name, provider: provider, with: with, secrets: secrets, signs: signs, missing: missing)
  }

  /// A variable may hold a password where none is expected, or an address of another protocol: then it is left out.
  private static func isWritable(_ text: String, as setting: SettingManifest) -> Bool {
    if text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) { return false }
    if setting.name == StandardSetting.base.rawValue, WebOrigin(text) == nil || text.contains("?") { return false }
    return !(text.contains("://") && text.contains("@"))
  }

  /// What a variable for a secret may well be called where the provider names none.
  private static func variableName(_ provider: Text, _ setting: String) -> String {
    String("\(provider)_\(setting)".uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
  }
}
