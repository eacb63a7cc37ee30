public import Documents

/// A path into a document: members, globs, every element, or elements told apart by a key (RFC 9535 is the model of its notation).
///
/// `config.url`, `items[*]`, `webhooks[name=*].rules`, `[stat=ok]`, `next?.href`, `'a.b'`; `.` is the document itself.
public struct DocumentPath: Hashable, Sendable {
  /// One part of a path: from a value to values inside it.
  public enum Step: Hashable, Sendable {
    /// Absent is a missing value, or nothing where it is optional.
    case member(Text, isOptional: Bool)
    /// Every member of a map whose name fits a glob with `*`.
    case members(glob: Text)
    case everyElement
    /// The elements whose member has this value.
    case elements(key: Text, value: Text)
    /// Every element, told apart by a member.
    case elementsBy(key: Text)
    /// `**`: every value at any depth that is no section, so that one that was a boolean is still found when it is none any more.
    case everyValue
  }

  public let steps: [Step]
  /// As it was written.
  public let text: Text

  public init(steps: [Step], text: Text) { (self.steps, self.text) = (steps, text) }

  /// The document itself.
  public static let itself = DocumentPath(steps: [], text: ".")

  /// Whether it takes what nobody named.
  var takesEveryValue: Bool { steps.contains(.everyValue) }

  /// Whether it may be absent: some step says so.
  public var isOptional: Bool {
    steps.contains { step in
      switch step {
      case .member(_, let isOptional): isOptional
      case .members, .everyElement, .elements, .elementsBy, .everyValue: false
      }
    }
  }

  /// The path without its first steps.
  public func dropping(_ count: Int) -> DocumentPath { DocumentPath(steps: Array(steps.dropFirst(count)), text: text) }
}

/// What a path found.
public struct PathMatch: Sendable {
  /// The path with what its wildcards stood for: `webhooks[name=x].url`.
  public let name: Text
  /// Of the last member that a glob found: `@key`.
  public let key: Text?
  public let document: Document
  /// Whether `**` found it: nobody named it, so its text may be a secret.
  var protectsText = false
}

/// Why a path could not be followed.
public struct PathProblem: Error, Hashable, Sendable {
  /// What is wrong with the value that was met.
  public enum Kind: Hashable, Sendable {
    case missing
    /// The kind of value that the path wants there, such as "a list".
    case unfit(wanted: Text)
  }

  public let kind: Kind
  /// The part of the path that could not be followed.
  public let at: Text

  public var sentence: String {
    switch kind {
    case .missing: "`\(at)` is missing"
    case .unfit(let wanted): "`\(at)` is not \(wanted)"
    }
  }
}

extension DocumentPath {
  /// All that the path finds, in the document's order. Null counts as absent.
  public func matches(in document: Document) throws(PathProblem) -> [PathMatch] {
    var found = [PathMatch(name: "", key: nil, document: document)]
    for step in steps {
      var next: [PathMatch] = []
      for match in found { next += try Self.follow(step, from: match) }
      found = next
    }
    return found
  }

  /// What the path finds where it can be followed: a missing step finds nothing.
  public func lenientMatches(in document: Document) throws(PathProblem) -> [PathMatch] {
    var found = [PathMatch(name: "", key: nil, document: document)]
    for step in steps {
      var next: [PathMatch] = []
      for match in found {
        do { next += try Self.follow(step, from: match) } catch {
          switch error.kind {
          case .missing: continue
          case .unfit: if match.document.isNull { continue } else { throw error }
          }
        }
      }
      found = next
    }
    return found
  }

  /// What a user's own path finds in a file: what doesn't fit is passed over and hides nothing beside it, and null is a value as any other.
  func fittingMatches(in document: Document) -> [PathMatch] {
    steps.reduce([PathMatch(name: "", key: nil, document: document)]) { found, step in
      found.flatMap { (try? Self.follow(step, from: $0, passesOver: true)) ?? [] }
    }
  }

  /// The one value that the path finds; nil where an optional step is absent.
  public func value(in document: Document) throws(PathProblem) -> Document? {
    let found = try matches(in: document)
    guard found.count < 2 else { throw PathProblem(kind: .unfit(wanted: "one value"), at: text) }
    return found.first?.document
  }

  private static func follow(_ step: Step, from match: PathMatch, passesOver: Bool = false) throws(PathProblem) -> [PathMatch] {
    let document = match.document
    switch step {
    case .member(let name, let isOptional):
      let path = Text(match.name.isEmpty ? name.string : "\(match.name).\(name)")
      switch document.content {
      case .map:
        if let value = document[name.string], passesOver || !value.isNull {
          return [PathMatch(name: path, key: match.key, document: value)]
        }
        if isOptional { return [] }
        throw PathProblem(kind: .missing, at: path)
      case .null, .boolean, .number, .text, .list: throw PathProblem(kind: .unfit(wanted: "inside an object"), at: path)
      }
    case .members(let glob):
      guard case .map(let members) = document.content else {
        throw PathProblem(kind: .unfit(wanted: "an object"), at: match.name.isEmpty ? "." : match.name)
      }
      return members.filter { Glob.fits(name: $0.key, glob.string) }.map { member in
        PathMatch(
          name: Text(match.name.isEmpty ? member.key : "\(match.name).\(member.key)"), key: Text(member.key), document: member.value)
      }
    case .everyElement:
      return try elements(of: match).map { PathMatch(name: Text("\(match.name)[*]"), key: match.key, document: $0) }
    case .elements(let key, let value):
      return try elements(of: match).filter { $0[key.string]?.plainText == value.string }
        .map { PathMatch(name: Text("\(match.name)[\(key)=\(value)]"), key: match.key, document: $0) }
    case .everyValue: return values(in: match)
    case .elementsBy(let key):
      var named: [PathMatch] = []
      for element in try elements(of: match) {
        guard let value = element[key.string]?.plainText else {
          if passesOver { continue }
          throw PathProblem(kind: .missing, at: Text("\(match.name)[*].\(key)"))
        }
        named.append(PathMatch(name: Text("\(match.name)[\(key)=\(value)]"), key: match.key, document: element))
      }
      return named
    }
  }

  /// A list of values is one value, since its elements have no names; an empty section is one as well.
  private static func values(in match: PathMatch) -> [PathMatch] {
    let isRoot = match.name.string.isEmpty
    let value = PathMatch(name: match.name, key: match.key, document: match.document, protectsText: true)
    switch match.document.content {
    case .null: return isRoot ? [] : [value]
    case .boolean, .text, .number: return [value]
    case .list(let elements):
      if !isRoot, !elements.contains(where: \.isSection) { return [value] }
      return elements.enumerated().flatMap {
        values(in: PathMatch(name: Text("\(match.name)[\($0.offset)]"), key: match.key, document: $0.element))
      }
    case .map(let members):
      if members.isEmpty { return isRoot ? [] : [value] }
      return members.flatMap { member in
        values(
          in: PathMatch(name: Text(isRoot ? member.key : "\(match.name).\(member.key)"), key: Text(member.key), document: member.value))
      }
    }
  }

  private static func elements(of match: PathMatch) throws(PathProblem) -> [Document] {
    guard case .list(let elements) = match.document.content else {
      throw PathProblem(kind: .unfit(wanted: "a list"), at: match.name.isEmpty ? "." : match.name)
    }
    return elements
  }
}

extension Document {
  /// A scalar as text: numbers as spelled, booleans `true` and `false`; nil for null, lists and maps.
  public var plainText: String? {
    switch content {
    case .boolean(let value): value ? "true" : "false"
    case .number(let text), .text(let text): text
    case .null, .list, .map: nil
    }
  }

  /// Whether it holds other values.
  fileprivate var isSection: Bool {
    switch content {
    case .list, .map: true
    case .null, .boolean, .number, .text: false
    }
  }
}
