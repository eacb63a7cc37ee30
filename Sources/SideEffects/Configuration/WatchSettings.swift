internal import Documents

/// One watch as the file has it: secrets are references, never values.
public struct WatchSettings: Sendable {
  public let name: Text
  public let provider: Text
  public let with: [Text: Setting]
  public let secrets: [Text: SecretReference]
  public let only: [Text]?
  public let owner: Text?
  /// Line of the watch in the file.
  public let line: Int
  /// Where its parts stand in the file: `provider`, `only`, `with.ref`, `secrets.token`.
  public let places: [Text: Diagnostic.Place]

  /// What stands behind a name of `with`.
  public enum Setting: Hashable, Sendable {
    case one(Text)
    case many([Text])
  }

  public init(
    name: Text, provider: Text, with: [Text: Setting], secrets: [Text: SecretReference], only: [Text]?, owner: Text?, line: Int,
    places: [Text: Diagnostic.Place] = [:]
  ) {
    (self.name, self.provider, self.with, self.secrets) = (name, provider, with, secrets)
    (self.only, self.owner, self.line, self.places) = (only, owner, line, places)
  }
}

extension WatchSettings {
  /// The same with other settings, and another name where one is given.
  func changed(name: Text? = nil, _ change: (inout [Text: Setting]) -> Void) -> WatchSettings {
    var with = with
    change(&with)
    return WatchSettings(
      name: name ?? self.name, provider: provider, with: with, secrets: secrets, only: only, owner: owner, line: line, places: places)
  }
}

extension WatchSettings {
  static let keys = KeyTable(
    "watch", help: "One thing to look at: a provider with its settings.",
    keys: [
      .init(
        "name", .text(named: "a name"), isRequired: true,
        help: "What it is called in reports and snapshots: letters, digits, `.`, `_` and `-`. Another name makes it another watch.",
        example: "forge"),
      .init(
        "provider", .text(named: "a provider's name"), isRequired: true,
        help: "The provider that knows how to look; `audit-residue providers list` names them.",
        example: "our-forge"),
      .init(
        "with", .map(.oneOrMore(.scalar)), help: "The provider's settings, by name; `audit-residue providers show NAME` names them.",
        example: "{owner: acme}"),
      .init(
        "secrets", .map(.table { SecretReference.keys }),
        help: "The provider's secret settings: where each comes from, never the secret itself.",
        example: "{token: {env: GITHUB_TOKEN}}"),
      .init(
        "only", .list(.text(named: "a kind")), help: "The kinds to look at; all that the provider has, if left out.",
        example: "[webhook, credential]"),
      .init("owner", .text(named: "a name"), help: "Who does the steps of a plan, in your own words.", example: "platform-team"),
    ])

  /// Reads one whose form was checked; nil where a problem is noted.
  init?(_ document: Document, checker: inout KeyChecker) {
    let with = document["with"]?.members ?? []
    let secrets = document["secrets"]?.members ?? []
    var settings: [Text: Setting] = [:]
    for member in with {
      if let setting = Self.setting(member, checker: &checker) { settings[Text(member.key)] = setting }
    }
    var references: [Text: SecretReference] = [:]
    for member in secrets {
      if let reference = SecretReference(member.value, checker: &checker) { references[Text(member.key)] = reference }
      if document["with"]?[member.key] != nil, StandardSetting(rawValue: member.key)?.isSecret != true {
        checker.note(
          "given-twice", "`\(member.key)` stands under `with` and under `secrets`", advice: "Keep the one that the provider asks for.",
          at: member.keySpan ?? member.value.span)
      }
    }
    if let only = document["only"], only.list?.isEmpty == true {
      checker.note(
        "wrong-value", "`only` names no kind, so nothing would be looked at", advice: "Name a kind, or leave `only` out.", at: only.span)
    }
    checker.checkNotEmpty(document["provider"], called: "`provider`")
    guard let name = checker.name(document["name"], of: "a watch"), let provider = document["provider"]?.text else { return nil }
    var places: [Text: Diagnostic.Place] = [:]
    for key in ["provider", "only"] { places[Text(key)] = document[key].map { checker.place($0.span) } }
    for member in with { places[Text("with.\(member.key)")] = checker.place(member.keySpan ?? member.value.span) }
    for member in secrets { places[Text("secrets.\(member.key)")] = checker.place(member.keySpan ?? member.value.span) }
    self.init(
      name: name, provider: Text(provider), with: settings, secrets: references, only: document["only"]?.texts,
      owner: document["owner"]?.text.map { Text($0) },
      line: document.span?.start.line ?? 0, places: places)
  }

  private static func setting(_ member: Document.Member, checker: inout KeyChecker) -> Setting? {
    let (key, value) = (member.key, member.value)
    if StandardSetting(rawValue: key)?.isSecret == true {
      checker.noteInstead(
        "literal-secret", "`\(key)` is a secret, and `with` is for what is none",
        advice: "Move it to `secrets`, as a reference: `secrets: {\(key): {env: NAME}}`.", at: value.span)
      return nil
    }
    if let names = value.members?.map(\.key), SecretReference.keys.keys.contains(where: { names.contains($0.name) }) {
      checker.noteInstead(
        "wrong-form", "`\(key)` under `with` can't be a reference to a secret", advice: "Move it to `secrets`.", at: value.span)
      return nil
    }
    for text in (value.list ?? [value]).compactMap(\.plainText) where URLCredentials.stand(in: text) {
      checker.note(
        "literal-secret", "`\(key)` holds a user or a password inside a URL",
        advice: "Write the URL without them, and give them as the provider's settings and `secrets`.", at: value.span)
    }
    if let one = value.plainText { return .one(Text(one)) }
    let texts = value.list?.compactMap(\.plainText).map { Text($0) }
    // One repository or reference in a list is one like any other.
    if let one = texts?.first, texts?.count == 1, [.repository, .ref].contains(StandardSetting(rawValue: key)) { return .one(one) }
    return texts.map { .many($0) }
  }
}
