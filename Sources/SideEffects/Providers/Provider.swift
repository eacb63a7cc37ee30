public import Documents
public import LibPCRE2

/// A folder of the catalogue: how one service or tool keeps its state. A provider is data: its manifest, read once.
public struct Provider: Sendable {
  /// The folder's name.
  public let name: Text
  public let manifest: ProviderManifest
  /// The manifest's own text, for `providers show`.
  public let text: String
  /// Over the manifest's bytes.
  public let digest: Digest

  public init(name: Text, manifest: ProviderManifest, text: String) {
    (self.name, self.manifest, self.text, self.digest) = (name, manifest, text, Digest(of: text.utf8))
  }
}

/// A manifest as the engines run it: defaults merged, paths and templates parsed, every placeholder's root decided.
public struct ProviderManifest: Sendable {
  /// The code that carries out a manifest.
  public enum Engine: String, Sendable, CaseIterable { case http, git, files }

  public let title: Text
  public let engine: Engine
  public let settings: [SettingManifest]
  public let check: CheckManifest?
  /// In an order in which parents come before their children.
  public let lists: [ListManifest]
  public let kinds: [KindManifest]
  public let foundBy: FoundByManifest
  /// How many requests a second the service wants at most; nil where it doesn't say.
  public let requestsPerSecond: Double?

  public init(
    title: Text, engine: Engine, settings: [SettingManifest], check: CheckManifest?, lists: [ListManifest], kinds: [KindManifest],
    foundBy: FoundByManifest = FoundByManifest(), requestsPerSecond: Double? = nil
  ) {
    (self.title, self.engine, self.settings, self.check, self.lists, self.kinds) = (title, engine, settings, check, lists, kinds)
    (self.foundBy, self.requestsPerSecond) = (foundBy, requestsPerSecond)
  }

  /// The kind of that name; nil where the provider has none.
  public func kind(_ name: Text) -> KindManifest? { kinds.first { $0.name == name } }
  /// Whether a setting only says who looks, and so is no part of what is asked for: the name to log in with, where no list is read by it.
  func saysReader(_ setting: SettingManifest) -> Bool {
    setting.name == StandardSetting.user.rawValue && !listCalls.contains { $0.refers(to: .setting(Text(setting.name))) }
  }

  /// The requests of all lists; that of the check is none of them.
  private var listCalls: [CallManifest] {
    let sources =
      kinds.flatMap(\.lists)
      + lists.compactMap { (list) -> ListSource? in
        if case .source(let source) = list.origin { source } else { nil }
      }
    return sources.compactMap { (source) -> CallManifest? in
      if case .call(let call) = source.from { call } else { nil }
    }
  }

  /// The setting of that name; nil where the provider has none.
  public func setting(_ name: String) -> SettingManifest? { settings.first { $0.name == name } }
}

/// What the configuration's `with` and `secrets` may give.
public struct SettingManifest: Sendable {
  public let name: String
  public let help: Text?
  /// Nil makes the setting required, where it isn't `isOptional`.
  public let defaults: [Template]?
  public let isSecret: Bool
  public let isMany: Bool

  public init(name: String, help: Text?, defaults: [Template]?, isSecret: Bool, isMany: Bool) {
    (self.name, self.help, self.defaults, self.isSecret, self.isMany) = (name, help, defaults, isSecret, isMany)
  }

  /// Those that only say which moment is seen, and so are no part of what was asked for.
  public var saysMoment: Bool { name == "ref" }
}

/// Who the credential is, and what it may.
public struct CheckManifest: Sendable {
  public let call: CallManifest
  public let reader: Template?
  public let rights: Reference?

  public init(call: CallManifest, reader: Template?, rights: Reference?) { (self.call, self.reader, self.rights) = (call, reader, rights) }
}

/// A list to walk through, fetched once for all kinds.
public struct ListManifest: Sendable {
  /// What the list is made of.
  public enum Origin: Sendable {
    /// A sequence in the manifest, or a setting's values.
    case constants([Template])
    case source(ListSource)
  }

  public let name: Text
  public let origin: Origin

  public init(name: Text, origin: Origin) { (self.name, self.origin) = (name, origin) }
}

extension ProviderManifest {
  /// Whether what it finds is made of one of some settings, besides what they say of where to look.
  public func finds(by names: Set<String>) -> Bool {
    let sources = kinds.flatMap(\.lists) + lists.compactMap { if case .source(let source) = $0.origin { source } else { nil } }
    let templates =
      sources.flatMap { source in
        let globs: [Template] = if case .files(let files) = source.from { files.globs } else { [] }
        return source.lets.map(\.template) + globs + [source.id, source.label].compactMap(\.self)
      }
    return templates.flatMap(\.references).contains { reference in
      guard case .setting(let name) = reference.root else { return false }
      return names.contains(name.string)
    }
  }
}

/// One list: a request or files, where the items are in it, and what they are called.
public struct ListSource: Sendable {
  /// Lists whose items it is read for, once each; parents before children, their own parents included.
  public let forEach: [Text]
  public let from: From
  public let items: Items
  public let condition: Condition?
  public let lets: [(name: Text, template: Template)]
  public let detail: DetailManifest?
  /// What `{NAME}` stands for; the item itself where it is a scalar, else its `id`.
  public let id: Template?
  /// What people call an item.
  public let label: Template?
  /// Position in the manifest.
  public let line: Int

  /// Where the items are in an answer, a file or a parent's item.
  public enum Items: Sendable {
    case path(DocumentPath)
    /// At the paths that a setting of the watch gives.
    case setting(Text)
  }

  /// Where the items come from.
  public enum From: Sendable {
    case call(CallManifest)
    /// A value inside a parent's item, by the parent list's name.
    case parent(Text)
    case files(FilesManifest)
    /// Text inside a parent's item, searched by a pattern.
    case text(Text, DocumentPath, PatternManifest)
  }

  public init(
    forEach: [Text], from: From, items: Items, condition: Condition?, lets: [(name: Text, template: Template)], detail: DetailManifest?,
    id: Template?, label: Template?, line: Int
  ) {
    (self.forEach, self.from, self.items, self.condition, self.lets) = (forEach, from, items, condition, lets)
    (self.detail, self.id, self.label, self.line) = (detail, id, label, line)
  }
}

/// One read more for each item, seen as `detail`.
public struct DetailManifest: Sendable {
  public let call: CallManifest
  public let items: DocumentPath
  public init(call: CallManifest, items: DocumentPath) { (self.call, self.items) = (call, items) }
}

/// Files of a repository or folder, and how items are read out of them.
public struct FilesManifest: Sendable {
  /// How a file becomes items.
  public enum Read: Sendable {
    /// Structured files: `items` picks inside them.
    case format(DocumentFormat)
    /// As `format`, told by each file's name.
    case suffix
    /// X.509 certificates, PEM or DER: each is an item.
    case certificates
    /// Private keys, PEM: each is an item.
    case privateKeys
    /// Source text: each match is an item, its named captures the members.
    case pattern(PatternManifest)
  }

  /// Globs; those that begin with `!` leave out.
  public let globs: [Template]
  public let read: Read

  public init(globs: [Template], read: Read) { (self.globs, self.read) = (globs, read) }
}

/// A pattern with named captures.
public struct PatternManifest: Sendable {
  /// Who says how it is spelled.
  public enum Source: Sendable {
    case manifest(Pattern)
    /// The setting of a watch: one pattern, or several of which each finds items.
    case setting(Text)
  }

  public let pattern: Source
  /// Of the matches in one parent only the one whose capture holds the highest version is kept.
  public let newest: String?
  public init(pattern: Source, newest: String?) { (self.pattern, self.newest) = (pattern, newest) }
}

extension ListSource.From {
  /// What its text is searched for; nil where it is read otherwise.
  var pattern: PatternManifest? {
    switch self {
    case .files(let files): if case .pattern(let pattern) = files.read { pattern } else { nil }
    case .text(_, _, let pattern): pattern
    case .call, .parent: nil
    }
  }
}
