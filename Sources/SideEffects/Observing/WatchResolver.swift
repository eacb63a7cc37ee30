/// Makes watches of what the configuration asks for: settings checked against the provider's manifest, defaults filled in.
public struct WatchResolver: Sendable {
  /// Relative paths of repositories are seen from here.
  private let folder: String

  /// - Parameter folder: The configuration's folder, absolute.
  public init(folder: String) { self.folder = folder }

  /// Every reason why the settings don't fit the provider, each with its place in the configuration.
  public func problems(of watch: WatchSettings, for provider: Provider) -> [Diagnostic] {
    let declared = provider.manifest.settings
    var problems: [Diagnostic] = []
    for name in watch.with.keys.sorted() { problems += problem(of: name, secret: false, watch, provider).map { [$0] } ?? [] }
    for name in watch.secrets.keys.sorted() { problems += problem(of: name, secret: true, watch, provider).map { [$0] } ?? [] }
    for setting in declared where !isGiven(setting, in: watch) && setting.isRequired {
      let how = setting.isSecret ? "`secrets: {\(setting.name): {env: NAME}}`" : "`with: {\(setting.name): …}`"
      problems.append(
        Diagnostic(
          "missing-setting", "the watch `\(watch.name)` does not say `\(setting.name)`, which the provider `\(provider.name)` needs",
          advice: "Add \(how)\(setting.meaning).", place: watch.places["provider"] ?? .nowhere))
    }
    for kind in watch.only ?? [] where provider.manifest.kind(kind) == nil {
      let kinds = provider.manifest.kinds.map(\.name.string)
      let nearest = NearestKey.of(kind.string, among: kinds)
      problems.append(
        Diagnostic(
          "unknown-kind", "the provider `\(provider.name)` has no kind `\(kind)`",
          advice: nearest.map { "Did you mean `\($0)`?" } ?? "It has \(kinds.map { "`\($0)`" }.joined(separator: ", ")).",
          place: watch.places["only"] ?? .nowhere))
    }
    return problems
  }

  /// A watch whose settings have no problem.
  ///
  /// - Parameter secrets: What the references of `secrets` were resolved to, by the settings' names.
  /// - Throws: `wrong-default` where a default of the manifest can't be filled in.
  public func watch(_ settings: WatchSettings, provider: Provider, secrets: [Text: Secret]) throws(Failure) -> Watch {
    var context = TemplateContext()
    var missing: [SettingManifest] = []
    for setting in provider.manifest.settings {
      let name = Text(setting.name)
      if let secret = secrets[name] {
        context.settings[setting.name] = .secret(secret)
      } else if let given = settings.with[name] {
        context.settings[setting.name] = value(given, of: setting)
      } else if setting.defaults != nil {
        missing.append(setting)
      }
    }
    // A default may be made of a setting that stands further down in the manifest.
    for setting in missing where setting.defaults?.allSatisfy(\.references.isEmpty) == true { try fill(setting, in: &context, provider) }
    for setting in missing where context.settings[setting.name] == nil { try fill(setting, in: &context, provider) }
    return Watch(name: settings.name, provider: provider, settings: context.settings, only: settings.only.map { Set($0) })
  }

  private func fill(_ setting: SettingManifest, in context: inout TemplateContext, _ provider: Provider) throws(Failure) {
    var texts: [SensitiveText] = []
    do throws(TemplateProblem) {
      for template in setting.defaults ?? [] { texts.append(try context.render(template)) }
    } catch {
      throw Failure(
        "wrong-default", "the default of `\(setting.name)` of the provider `\(provider.name)` can't be filled in: \(error.sentence)")
    }
    if setting.isSecret || texts.contains(where: \.holdsSecret) {
      context.settings[setting.name] = .secret(Secret(texts.flatMap(\.bytes)))
    } else if setting.isMany {
      context.settings[setting.name] = .texts(texts.map { Text($0.description) })
    } else {
      context.settings[setting.name] = .text(placed(Text(texts.map(\.description).joined()), of: setting))
    }
  }

  private func value(_ given: WatchSettings.Setting, of setting: SettingManifest) -> SettingValue {
    switch given {
    case .one(let text): setting.isMany ? .texts([text]) : .text(placed(text, of: setting))
    case .many(let texts): .texts(texts)
    }
  }

  private func placed(_ text: Text, of setting: SettingManifest) -> Text {
    guard setting.isFolder, !text.string.hasPrefix("/") else { return text }
    return Text(text == "." ? folder : "\(folder)/\(text)")
  }

  private func isGiven(_ setting: SettingManifest, in watch: WatchSettings) -> Bool {
    let name = Text(setting.name)
    return watch.with[name] != nil || watch.secrets[name] != nil
  }

  private func problem(of name: Text, secret: Bool, _ watch: WatchSettings, _ provider: Provider) -> Diagnostic? {
    let section = secret ? "secrets" : "with"
    let place = watch.places[Text("\(section).\(name)")] ?? .nowhere
    guard let setting = provider.manifest.setting(name.string) else {
      // What the engine of repositories does by itself needs no word of a manifest.
      if !secret, provider.manifest.engine == .git, name.string == StandardSetting.submodules.rawValue {
        guard case .one(let text)? = watch.with[name], ["true", "false"].contains(text) else {
          return Diagnostic("wrong-value", "`submodules` is neither true nor false", advice: "Write `submodules: true`.", place: place)
        }
        return nil
      }
      let known = provider.manifest.settings.map(\.name)
      let nearest = NearestKey.of(name.string, among: known)
      return Diagnostic(
        "unknown-setting", "the provider `\(provider.name)` has no setting `\(name)`",
        advice: nearest.map { "Did you mean `\($0)`?" } ?? "It has \(known.map { "`\($0)`" }.joined(separator: ", ")).", place: place)
    }
    if secret {
      guard !setting.isSecret else { return nil }
      return Diagnostic(
        "wrong-form", "`\(name)` of the provider `\(provider.name)` is no secret", advice: "Move it to `with`.", place: place)
    }
    if setting.isSecret {
      return Diagnostic(
        "literal-secret", "`\(name)` is a secret, and `with` is for what is none",
        advice: "Move it to `secrets`, as a reference: `secrets: {\(name): {env: NAME}}`.", place: place)
    }
    if case .many(let texts)? = watch.with[name], texts.isEmpty {
      return Diagnostic(
        "wrong-form", "`\(name)` of the provider `\(provider.name)` names nothing", advice: "Name at least one, or leave it out.",
        place: place)
    }
    if case .many? = watch.with[name], !setting.isMany, !(provider.manifest.engine == .git && setting.namesTarget) {
      return Diagnostic(
        "wrong-form", "`\(name)` of the provider `\(provider.name)` takes one value", advice: "Keep one of them.", place: place)
    }
    return nil
  }
}

extension SettingManifest {
  /// Whether a watch has to give it. The moment to look at never needs saying: there is always the present one.
  var isRequired: Bool { defaults == nil && !saysMoment }

  /// Whether several values of it make several watches.
  fileprivate var namesTarget: Bool { [StandardSetting.repository.rawValue, StandardSetting.ref.rawValue].contains(name) }

  /// Whether it is a folder's path, seen from the configuration.
  fileprivate var isFolder: Bool { [StandardSetting.repository.rawValue, "folder"].contains(name) }

  /// What it is, in words; empty where nobody says.
  var words: String { (help?.string ?? StandardSetting(rawValue: name)?.help) ?? "" }

  fileprivate var meaning: String { words.isEmpty ? "" : ": \(words)" }
}
