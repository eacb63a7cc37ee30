public import Documents

/// What a placeholder's first word stands for; settled when the manifest is read, so no field of an answer can shadow a setting.
public enum Root: Hashable, Sendable {
  case item
  case setting(Text)
  /// An item of a list that is walked through.
  case list(Text)
  case letName(Text)
  case detail
  /// The name under which a map held the item.
  case key
  case last
  case cursor
  case page
  case offset
  case status
  case header(Text)
  case cookie(Text)
  case reader
  case rights
  case before
  case changed
  case restored
  /// Asked for when a plan is applied, never stored.
  case ask(Text)
  case filePath
  case fileLine
}

/// One way to a value: where to start and the path from there.
public struct Reference: Hashable, Sendable {
  public let root: Root
  public let path: DocumentPath
  /// Ends in `?`: may be absent.
  public let isOptional: Bool
  /// As it was written, without a leading dot; the name of what it keeps.
  public let text: Text

  public init(root: Root, path: DocumentPath, isOptional: Bool, text: Text) {
    (self.root, self.path, self.isOptional, self.text) = (root, path, isOptional, text)
  }
}

extension Reference {
  /// Whether one leads to the other, or into what the other leads to; a wildcard may stand for anything.
  func overlaps(_ other: Reference) -> Bool {
    text == other.text || root == other.root && zip(path.steps, other.path.steps).allSatisfy { $0.mayBe($1) }
  }
}

extension DocumentPath.Step {
  fileprivate func mayBe(_ other: DocumentPath.Step) -> Bool {
    switch (self, other) {
    case (.member(let name, _), .member(let otherName, _)): name == otherName
    case (.member(let name, _), .members(let glob)), (.members(let glob), .member(let name, _)): Glob.fits(name: name.string, glob.string)
    case (.members, _), (.everyElement, _), (.elements, _), (.elementsBy, _), (.everyValue, _), (.member, _): true
    }
  }
}

/// Text with placeholders.
public struct Template: Hashable, Sendable {
  /// What is done to a value before it is put in: `{x|base64}`.
  public enum Filter: String, Hashable, Sendable, CaseIterable { case base64, unbase64, comma, tail, text, json, blank }

  /// A place in braces, and what may stand there.
  public struct Placeholder: Hashable, Sendable {
    /// `{+x}` keeps the characters that RFC 6570 calls reserved.
    public let keepsReserved: Bool
    /// The first that is neither absent nor empty.
    public let choices: [Reference]
    public let filters: [Filter]

    public init(keepsReserved: Bool, choices: [Reference], filters: [Filter]) {
      (self.keepsReserved, self.choices, self.filters) = (keepsReserved, choices, filters)
    }
  }

  /// A stretch of a template.
  public enum Part: Hashable, Sendable {
    case literal(Text)
    case placeholder(Placeholder)
  }

  public let parts: [Part]
  /// As it was written.
  public let source: Text

  public init(parts: [Part], source: Text) { (self.parts, self.source) = (parts, source) }

  public var references: [Reference] {
    parts.flatMap { (part) -> [Reference] in
      switch part {
      case .literal: []
      case .placeholder(let placeholder): placeholder.choices
      }
    }
  }

  /// The placeholder that is all there is; it keeps its type in JSON.
  public var alone: Placeholder? {
    guard parts.count == 1, case .placeholder(let placeholder) = parts[0] else { return nil }
    return placeholder
  }
}

/// JSON with templates for its texts.
public indirect enum TemplateTree: Sendable {
  case template(Template)
  case constant(Document)
  case list([TemplateTree])
  case map([Member])

  /// A member of a map, its key as it is written.
  public struct Member: Sendable {
    public let key: Text
    public let value: TemplateTree
    public init(key: Text, value: TemplateTree) { (self.key, self.value) = (key, value) }
  }

  public var references: [Reference] {
    switch self {
    case .template(let template): template.references
    case .constant: []
    case .list(let elements): elements.flatMap(\.references)
    case .map(let members): members.flatMap { $0.value.references }
    }
  }
}
