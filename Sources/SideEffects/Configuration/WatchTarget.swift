/// The names of the watches that are made of the repositories and references which one watch of the configuration names.
public enum WatchTarget {
  /// `NAME@TARGET`, where the target is `release-1.2`, `../billing`, or `../billing@release-1.2`.
  public static func name(_ target: Text, of watch: Text) -> Text { Text("\(watch)@\(target)") }

  /// What the configuration calls a watch, by its own name. No name in a configuration holds an `@`.
  public static func base(of name: Text) -> Text { Text(String(name.string.unicodeScalars.prefix { $0 != "@" })) }

  /// What names the target alone; nil for a watch as the configuration has it.
  static func target(of name: Text) -> Text? {
    let scalars = name.string.unicodeScalars
    return scalars.firstIndex(of: "@").map { Text(String(scalars[scalars.index(after: $0)...])) }
  }

  /// Whether some names of a configuration, or of targets, name a watch.
  public static func isNamed(_ watch: Text, by names: Set<Text>) -> Bool { names.contains(watch) || names.contains(base(of: watch)) }

  /// What a configuration says for a watch, or for all targets of it.
  static func value<Value>(of watch: Text, in table: [Text: Value]) -> Value? { table[watch] ?? table[base(of: watch)] }

  /// Whether a glob names a watch or what the configuration calls it.
  static func fits(_ watch: Text, _ glob: Text) -> Bool {
    Glob.fits(name: watch.string, glob.string) || Glob.fits(name: base(of: watch).string, glob.string)
  }
}

/// Which references of a repository a text of the setting `ref` means.
public struct ReferencePattern: Sendable {
  private let globs: [Glob]

  /// Takes a text with `*`, which stands for a part between slashes, `**` for any number of parts, or `?`; nil for a plain revision.
  ///
  /// `refs/deploy/*` means these references; without `refs/` those of branches are meant, or of tags and remotes, as in `tags/v1.*`.
  public init?(_ text: Text) {
    guard Glob.isPattern(text.string) else { return nil }
    if text.string.hasPrefix("refs/") {
      globs = [Glob(text.string)]
    } else {
      globs = ["refs/heads/", "refs/"].map { Glob($0 + text.string) }
    }
  }

  /// Whether a reference's full name fits, such as `refs/heads/main`.
  public func fits(_ reference: Text) -> Bool { globs.contains { $0.fits(path: reference.string) } }

  /// The same of a name that may be no UTF-8.
  public func fits(_ reference: [UInt8]) -> Bool { globs.contains { $0.fits(path: reference) } }

  /// A reference as reports call it: a branch by its own name, others without `refs/`.
  public static func shown(_ reference: Text) -> Text {
    for prefix in ["refs/heads/", "refs/"] where reference.string.hasPrefix(prefix) {
      return Text(String(reference.string.dropFirst(prefix.count)))
    }
    return reference
  }
}

extension WatchSettings {
  /// The repositories and references that it names; none where it says nothing.
  public func texts(of setting: StandardSetting) -> [Text] {
    switch with[Text(setting.rawValue)] {
    case .one(let text): [text]
    case .many(let texts): texts
    case nil: []
    }
  }

  /// The same without its submodules.
  public var withoutSubmodules: WatchSettings { changed { $0[Text(StandardSetting.submodules.rawValue)] = nil } }

  /// Whether submodules are wanted too.
  public var hasSubmodules: Bool { texts(of: .submodules) == ["true"] }

  /// Whether it names several repositories or references, or may.
  public var hasTargets: Bool {
    hasSubmodules || !isOne(.repository) || !isOne(.ref)
  }

  /// Whether it names one repository or reference at most, and that without a pattern.
  public func isOne(_ setting: StandardSetting) -> Bool {
    texts(of: setting).count < 2 && !texts(of: setting).contains { Glob.isPattern($0.string) }
  }

  /// The watch of one target; what the watch is a target of itself is not part of its name.
  public func watching(_ target: Text, repository: Text, reference: Text?) -> WatchSettings {
    changed(name: WatchTarget.name(target, of: WatchTarget.base(of: self.name))) { with in
      with[Text(StandardSetting.repository.rawValue)] = .one(repository)
      with[Text(StandardSetting.ref.rawValue)] = reference.map { .one($0) }
    }
  }
}
