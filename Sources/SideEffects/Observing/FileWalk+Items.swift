import Documents
import LibPCRE2

extension FileWalk {
  /// The items of a list in one file.
  func points(_ source: ListSource, from start: WalkPoint, in file: FileText) throws(Diagnostic) -> [WalkPoint] {
    switch source.from {
    case .files(let files):
      var start = start
      let matches: [PathMatch]
      switch files.read {
      case .format(let format): matches = try documents(format, source, in: file, &start)
      case .suffix:
        guard let format = DocumentFormat(fileNamed: file.path) else {
          throw file.diagnostic("unknown-format", "its name doesn't tell its format", "Name the watch's files more closely.")
        }
        matches = try documents(format, source, in: file, &start)
      case .certificates: matches = try CertificateFile(file).certificates()
      case .privateKeys: matches = try CertificateFile(file).privateKeys()
      case .pattern(let pattern): matches = try captures(pattern, in: file, range: 0..<file.bytes.count)
      }
      return try items(source, at: start, matches, file)
    case .text(let list, let path, let pattern):
      var found: [WalkPoint] = []
      for parent in try parents(list, from: start, in: file) {
        guard let item = parent.context.parents[list]?.item, let text = try? path.value(in: item), let range = text.span?.offsets else {
          continue
        }
        found += try items(source, at: parent, captures(pattern, in: file, range: range), file)
      }
      return found
    case .parent(let list):
      var found: [WalkPoint] = []
      for parent in try parents(list, from: start, in: file) {
        guard let item = parent.context.parents[list]?.item, case .path(let path) = source.items else { continue }
        do { found += try items(source, at: parent, path.matches(in: item), file) } catch let problem as PathProblem {
          throw file.diagnostic("items-missing", problem.sentence)
        } catch let diagnostic as Diagnostic { throw diagnostic } catch {
          throw file.diagnostic("item-unreadable", "an item can't be read")
        }
      }
      return found
    case .call: throw file.diagnostic("bad-manifest", "a call can't be made in a file")
    }
  }

  /// The items of an outer list as parents. What is found in one file is no listing of its own, so the scope stays.
  private func parents(_ list: Text, from start: WalkPoint, in file: FileText) throws(Diagnostic) -> [WalkPoint] {
    guard let source = lists[list] else { throw file.diagnostic("bad-manifest", "the list `\(list)` is unknown") }
    var parents: [WalkPoint] = []
    for point in try points(source, from: start, in: file) {
      do {
        var parent = try point.asParent(list, source, sanitizer: sanitizer)
        parent.scope = start.scope
        parents.append(parent)
      } catch { throw file.diagnostic("item-unreadable", error.sentence) }
    }
    return parents
  }

  private func items(_ source: ListSource, at point: WalkPoint, _ matches: [PathMatch], _ file: FileText) throws(Diagnostic) -> [WalkPoint]
  {
    do {
      return try point.items(of: source, among: matches).map { item in
        var item = item
        item.context.fileLine = item.context.item?.span?.start.line
        return item
      }
    } catch { throw file.diagnostic("item-unreadable", Self.sentence(error)) }
  }

  private func documents(_ format: DocumentFormat, _ source: ListSource, in file: FileText, _ start: inout WalkPoint) throws(Diagnostic)
    -> [PathMatch]
  {
    let documents: [Document]
    do { documents = try format.read(file.bytes) } catch {
      let place = Diagnostic.Place.file(Text(file.path), line: error.position?.line ?? 0, column: error.position?.column ?? 0)
      throw Diagnostic(
        error.code == .invalidUTF8 ? "not-utf8" : "unparsable", "not \(format.rawValue): \(error.problem)",
        advice: "Mend the file, or leave it out of the watch.", place: place)
    }
    switch format {
    case .dotenv, .properties: start.protectsText = true
    case .json, .yaml, .toml, .ini: break
    }
    var found: [PathMatch] = []
    for document in documents {
      switch source.items {
      case .path(let path):
        do { found += try path.matches(in: document) } catch { throw file.diagnostic("items-missing", error.sentence) }
      case .setting(let name): found += matches(settingPaths[name] ?? [], in: document, isFlat: start.protectsText)
      }
    }
    // The whole dotted name is the key of what stands in a file.
    return found.map { PathMatch(name: $0.name, key: $0.name, document: $0.document, protectsText: $0.protectsText) }
  }

  /// What a user's own paths find in one document, each place once. Files differ: a path that finds nothing in one of them is no gap.
  /// What a path names comes before what `**` finds, whose text is protected.
  private func matches(_ paths: [DocumentPath], in document: Document, isFlat: Bool) -> [PathMatch] {
    var places: Set<Text> = []
    return (paths.filter { !$0.takesEveryValue } + paths.filter(\.takesEveryValue)).flatMap { path in
      path.fittingMatches(in: document) + (isFlat ? path.flatMatches(in: document) : [])
    }.filter { places.insert($0.name).inserted }
  }

  private func captures(_ manifest: PatternManifest, in file: FileText, range: Range<Int>) throws(Diagnostic) -> [PathMatch] {
    let items: [PathMatch]
    switch manifest.pattern {
    case .manifest(let pattern): items = try captures(pattern, in: file, range: range)
    case .setting(let name):
      var found: [PathMatch] = []
      for pattern in settingPatterns[name] ?? [] { found += try captures(pattern, in: file, range: range) }
      items = found
    }
    guard let newest = manifest.newest else { return items }
    let ranked = items.enumerated().max {
      VersionNumber($0.element.document[newest]?.text ?? "") < VersionNumber($1.element.document[newest]?.text ?? "")
    }
    return ranked.map { [$0.element] } ?? []
  }

  private func captures(_ pattern: Pattern, in file: FileText, range: Range<Int>) throws(Diagnostic) -> [PathMatch] {
    let matches: [PatternMatch]
    do { matches = try pattern.matches(in: file.bytes, range: range) } catch {
      throw file.diagnostic(
        "pattern-too-complex", "the pattern gives up on this file: \(error.problem)",
        "Leave the file out of the watch, or make the pattern simpler.")
    }
    return matches.map { match in
      let members = pattern.captureNames.compactMap { name in
        match.range(of: name).map { Document.Member(key: name, value: Document(.text(file.text($0)), span: file.span($0))) }
      }
      return PathMatch(name: ".", key: nil, document: Document(.map(members), span: file.span(match.range)))
    }
  }

  static func sentence(_ error: any Error) -> String { (error as? TemplateProblem)?.sentence ?? "an item can't be read" }
}

/// A file's bytes, with what finds lines in them.
final class FileText {
  let path: String
  let bytes: [UInt8]
  /// Offsets of the first byte of each line; only a file in which something is found needs them.
  private lazy var lines = [0] + bytes.indices.filter { bytes[$0] == 0x0a }.map { $0 + 1 }

  init(path: String, bytes: [UInt8]) { (self.path, self.bytes) = (path, bytes) }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  func span(_ range: Range<Int>) -> SourceSpan { SourceSpan(start: position(range.lowerBound), end: position(range.upperBound)) }

  private func position(_ offset: Int) -> Position {
    var (low, high) = (0, lines.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if lines[middle] <= offset { low = middle } else { high = middle }
    }
    return Position(line: low + 1, column: offset - lines[low] + 1, offset: offset)
  }

  func diagnostic(_ rule: Text, _ sentence: String, _ advice: String = "") -> Diagnostic {
    Diagnostic(rule, sentence, advice: advice, place: .file(Text(path), line: 0, column: 0))
  }
}

/// A version by its runs of digits: 1.9 is below 1.33.
struct VersionNumber: Comparable {
  private let parts: [Int]

  init(_ text: String) { parts = text.split { !$0.isASCII || !$0.isNumber }.compactMap { Int($0) } }

  static func < (a: Self, b: Self) -> Bool { a.parts.lexicographicallyPrecedes(b.parts) }
}

extension DocumentFormat {
  /// By the suffix of a file's name; nil for one that tells nothing.
  init?(fileNamed path: String) {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    if name == ".env" || name.hasPrefix(".env.") || name.hasSuffix(".env") {
      self = .dotenv
      return
    }
    switch name.split(separator: ".").last.map(String.init) {
    case "yaml", "yml": self = .yaml
    case "json": self = .json
    case "toml": self = .toml
    case "properties": self = .properties
    case "ini", "cfg", "cnf", "conf": self = .ini
    default: return nil
    }
  }
}
