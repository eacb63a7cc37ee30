import Documents
import LibPCRE2

/// Reads flags out of files for a watch: which paths it wants, and what stands in one of them. Pure; the engines bring the bytes.
public struct FileWalk: Sendable {
  let watch: Watch
  let sanitizer: Sanitizer
  let root: WalkPoint
  /// Of each kind's lists, those that begin with files. One is large, so it is looked at by its place, which copies nothing.
  private let sources: [KindSource]
  let lists: [Text: ListSource]
  let settingPaths: [Text: [DocumentPath]]
  let settingPatterns: [Text: [Pattern]]

  /// One list of a kind, and which files it begins with.
  struct KindSource: Sendable {
    let kind: KindManifest
    let source: ListSource
    let files: PathSelection
    /// Patterns of which one must match for a file to hold anything; nil where no pattern tells it.
    let patterns: [Pattern]?

    /// Whether nothing in a file can be an item, without further look.
    func findsNothing(in bytes: [UInt8]) -> Bool {
      guard let patterns else { return false }
      return patterns.allSatisfy { pattern in
        // One that gives up is told when the items are made.
        do { return try pattern.firstMatch(in: bytes) == nil } catch { return false }
      }
    }
  }

  /// - Throws: `bad-setting` where a setting that says where flags are can't be read.
  public init(watch: Watch, fingerprinter: Fingerprinter) throws(Failure) {
    var context = TemplateContext()
    context.settings = watch.settings
    let secrets = watch.settings.values.compactMap { (value) -> Secret? in if case .secret(let secret) = value { secret } else { nil } }
    self.watch = watch
    sanitizer = Sanitizer(fingerprinter: fingerprinter, secrets: secrets)
    root = WalkPoint(context: context)
    var lists: [Text: ListSource] = [:]
    for list in watch.provider.manifest.lists { if case .source(let source) = list.origin { lists[list.name] = source } }
    self.lists = lists
    var sources: [KindSource] = []
    var paths: [Text: [DocumentPath]] = [:]
    var patterns: [Text: [Pattern]] = [:]
    for kind in watch.kinds {
      for source in kind.lists {
        guard let manifest = Self.files(of: source, lists) else {
          throw Failure("bad-manifest", "`\(kind.name)` of the provider \(watch.provider.name) doesn't begin with files")
        }
        if case .setting(let name) = source.items { paths[name] = try Self.paths(name, watch) }
        if case .setting(let name)? = source.from.pattern?.pattern { patterns[name] = try Self.patterns(name, watch) }
        let deciding: [Pattern]? =
          switch manifest.read {
          case .pattern(let pattern):
            switch pattern.pattern {
            case .manifest(let pattern): [pattern]
            case .setting(let name): patterns[name]
            }
          case .format, .suffix, .certificates, .privateKeys: nil
          }
        sources.append(
          KindSource(kind: kind, source: source, files: try Self.selection(manifest.globs, context, watch), patterns: deciding))
      }
    }
    (self.sources, settingPaths, settingPatterns) = (sources, paths, patterns)
  }

  /// The files that a list, or the one that it stands in, is read from.
  private static func files(of source: ListSource, _ lists: [Text: ListSource]) -> FilesManifest? {
    switch source.from {
    case .files(let files): files
    case .parent(let name), .text(let name, _, _): lists[name].flatMap { files(of: $0, lists) }
    case .call: nil
    }
  }

  private static func selection(_ templates: [Template], _ context: TemplateContext, _ watch: Watch) throws(Failure) -> PathSelection {
    var globs: [String] = []
    for template in templates {
      do {
        // A setting with several values gives a glob for each.
        if let value = try context.value(template), let elements = value.list {
          globs += elements.compactMap(\.plainText)
        } else {
          globs.append(try context.plain(template))
        }
      } catch { throw Failure("bad-setting", "the watch \(watch.name) doesn't say which files: \(error.sentence)") }
    }
    func isSet(_ setting: String) -> Bool {
      guard case .text(let text)? = watch.settings[setting] else { return false }
      return text == "true"
    }
    // What a machine runs with is no test and no copy, whatever its folder is called.
    let isOfMachine = watch.provider.manifest.engine == .files
    return PathSelection(
      globs: globs, includesTests: isOfMachine || isSet("tests"), includesVendored: isOfMachine || isSet("vendored"))
  }

  private static func texts(_ name: Text, _ watch: Watch) -> [Text] {
    switch watch.settings[name.string] {
    case .text(let text): [text]
    case .texts(let texts): texts
    case .secret, nil: []
    }
  }

  private static func patterns(_ name: Text, _ watch: Watch) throws(Failure) -> [Pattern] {
    var patterns: [Pattern] = []
    for text in texts(name, watch) {
      func refused(_ sentence: String, _ advice: String) -> Failure {
        Failure("bad-setting", "`\(name): \(text)` of the watch \(watch.name) \(sentence)", advice: advice)
      }
      do { patterns.append(try Pattern(text.string)) } catch {
        throw refused("can't be read: \(error.problem)", "Patterns are PCRE2.")
      }
      let missing = ["name", "value"].filter { !(patterns.last?.captureNames ?? []).contains($0) }
      if let capture = missing.first {
        throw refused("has no capture `\(capture)`", "Name what it finds: `^(?<name>\\w+) = (?<value>true|false)$`.")
      }
    }
    return patterns
  }

  private static func paths(_ name: Text, _ watch: Watch) throws(Failure) -> [DocumentPath] {
    var paths: [DocumentPath] = []
    for text in texts(name, watch) {
      do { paths.append(try ReferenceParser.path(text.string)) } catch {
        throw Failure(
          "bad-setting", "`\(name): \(text)` of the watch \(watch.name) is no path: \(error.sentence)",
          advice: "A path is written `a.b`, `a.*`, `a[*].b` or `**`.")
      }
    }
    return paths
  }

  /// The lists of a watch that read a file.
  public struct Readers: Hashable, Sendable {
    let sources: [Int]
    public var isEmpty: Bool { sources.isEmpty }
    public static let none = Readers(sources: [])
  }

  /// What a watch makes of a file.
  public enum Verdict: Hashable, Sendable {
    case read(Readers)
    /// Its files fit the path, but its name is one of tests or of copies of other projects.
    case leftOut
    case unwanted
  }

  /// What becomes of a file, by its path below the root.
  public func verdict(on path: String) -> Verdict {
    var readers: [Int] = []
    var isLeftOut = false
    for index in sources.indices {
      switch sources[index].files.verdict(on: path) {
      case .taken: readers.append(index)
      case .leftOut: isLeftOut = true
      case .unwanted: break
      }
    }
    return readers.isEmpty ? isLeftOut ? .leftOut : .unwanted : .read(Readers(sources: readers))
  }

  /// The lists that want a file, by its path below the root.
  public func readers(of path: String) -> Readers {
    guard case .read(let readers) = verdict(on: path) else { return .none }
    return readers
  }

  /// The kinds that lists belong to, each once.
  public func kinds(of readers: Readers) -> [Text] {
    var kinds: [Text] = []
    for source in readers.sources where !kinds.contains(sources[source].kind.name) { kinds.append(sources[source].kind.name) }
    return kinds
  }

  /// The kinds that want a file, by its path below the root.
  public func kinds(reading path: String) -> [Text] { kinds(of: readers(of: path)) }

  /// Whether any kind wants a file.
  public func wants(_ path: String) -> Bool { sources.indices.contains { sources[$0].files.takes(path) } }

  /// Whether all that lies below a folder is left out because of its name.
  public func leavesOut(below folder: String) -> Bool { sources.indices.allSatisfy { sources[$0].files.leavesOut(below: folder) } }

  /// Whether the watch's files can fit a path below a folder, also where its name leaves it out.
  public func mayFit(below folder: String) -> Bool { sources.indices.contains { sources[$0].files.mayFit(below: folder) } }

  /// Whether any kind can want a file below a folder, by its path below the root.
  public func mayRead(below folder: String) -> Bool { sources.indices.contains { sources[$0].files.mayTake(below: folder) } }

  /// The folders at which a walk over files of a machine begins, each with whether only one file in it is wanted.
  public var starts: [(folder: String, isFile: Bool)] { sources.flatMap(\.files.starts) }

  /// Whether any kind can want a file below a folder, by all that its globs say.
  public func canFit(below folder: String) -> Bool { sources.indices.contains { sources[$0].files.canFit(below: folder) } }

  /// The files that a watch names without a wildcard, each once.
  public var namedFiles: [String] {
    Array(Set(sources.flatMap { source in source.files.named.filter { source.files.takes($0) } })).sorted()
  }

  /// Whether a watch's files name a folder, or one below it, before their first wildcard.
  public func names(folder: String) -> Bool { sources.contains { $0.files.names(folder: folder) } }

  /// Whether copies of other projects are wanted: the setting `vendored` of those manifests that have one.
  public var includesVendored: Bool { sources.contains { $0.files.includesVendored } }

  /// Where what is unknown about a file lies: the file itself where it is part of the identity of what stands in it, else the whole kind,
  /// since what is defined there may have been defined elsewhere before.
  public func scope(ofFile path: String, kind: Text) -> Scope {
    guard let manifest = watch.provider.manifest.kind(kind), Self.identifiesFile(manifest) else { return .whole }
    return .file(Text(path))
  }

  static func identifiesFile(_ kind: KindManifest) -> Bool { kind.id?.references.contains { $0.root == .filePath } ?? false }

  /// A text of the repository, such as a commit's title, fit to be shown.
  public func shown(_ text: String) -> Text { Text(sanitizer.text(text)) }

  /// What the provider says that it can't see.
  public func standing(of kind: KindManifest) -> [Diagnostic] { kind.standing(root.context, sanitizer) }

  /// What stands in a file, for each kind that wants it.
  public func read(_ path: String, _ bytes: [UInt8]) -> FileReading { read(path, bytes, for: readers(of: path)) }

  /// What stands in a file that is left out, for each kind whose files fit it.
  public func read(leftOut path: String, _ bytes: [UInt8]) -> FileReading {
    read(path, bytes, for: Readers(sources: sources.indices.filter { sources[$0].files.fits(path) }))
  }

  /// What stands in a file, for some of the lists.
  public func read(_ path: String, _ bytes: [UInt8], for readers: Readers) -> FileReading {
    var reading = FileReading()
    let file = FileText(path: path, bytes: bytes)
    for source in readers.sources.lazy.map({ sources[$0] }) where !source.findsNothing(in: bytes) {
      var start = root
      start.scope = scope(ofFile: path, kind: source.kind.name)
      start.context.filePath = Text(path)
      let builder = ResourceBuilder(watch: watch.name, kind: source.kind, sanitizer: sanitizer)
      do {
        for point in try points(source.source, from: start, in: file) {
          do {
            reading.resources[source.kind.name, default: []].append(try builder.resource(at: point))
          } catch {
            let place = Diagnostic.Place.file(Text(path), line: point.context.fileLine ?? 0, column: 0)
            reading.gaps[source.kind.name, default: []].append(
              Gap(scope: start.scope, because: Diagnostic("item-unreadable", "a flag can't be read: \(error.sentence)", place: place)))
          }
        }
      } catch {
        // Each of a kind's lists fails at the same place of a file that can't be parsed.
        let gap = Gap(scope: start.scope, because: error)
        if reading.gaps[source.kind.name]?.contains(gap) != true { reading.gaps[source.kind.name, default: []].append(gap) }
      }
    }
    return reading
  }
}

/// What one file holds.
public struct FileReading: Sendable {
  public var resources: [Text: [Resource]] = [:]
  public var gaps: [Text: [Gap]] = [:]
  public var isEmpty: Bool { resources.isEmpty && gaps.isEmpty }
}
