internal import Documents

/// What a rollback puts back.
public struct RestoreDeclaration: Hashable, Sendable {
  public let name: Text
  public let covers: [Selector]
  public let leaves: [Selector]
  /// Line of the declaration in the file.
  public let line: Int

  public init(name: Text, covers: [Selector], leaves: [Selector], line: Int) {
    (self.name, self.covers, self.leaves, self.line) = (name, covers, leaves, line)
  }
}

extension RestoreDeclaration {
  static let keys = KeyTable(
    "restore", help: "What a rollback puts back, and what it leaves as it is.",
    keys: [
      .init(
        "name", .text(named: "a name"), isRequired: true,
        help: "What it is called in reports and after `--restored`: letters, digits, `.`, `_` and `-`.",
        example: "vm-snapshot"),
      .init("covers", .list(.table { Selector.keys }), help: "What it puts back.", example: "[{watch: settings-db}]"),
      .init(
        "leaves", .list(.table { Selector.keys }), help: "What it does not touch: changes of it are residue.", example: "[{watch: forge}]"),
    ])

  /// Reads one whose form was checked; nil where a problem is noted.
  init?(_ document: Document, watches: [Text], checker: inout KeyChecker) {
    let covers = Self.selectors(document["covers"], watches: watches, checker: &checker)
    let leaves = Self.selectors(document["leaves"], watches: watches, checker: &checker)
    for (selector, span) in leaves where covers.contains(where: { $0.selector == selector }) {
      checker.note(
        "contradiction", "the same selector stands under `covers` and under `leaves`", advice: "Keep the one that is true of this restore.",
        at: span)
    }
    if document.members != nil, document["covers"] == nil, document["leaves"] == nil {
      checker.note(
        "missing-key", "a restore says neither what it `covers` nor what it `leaves`",
        advice: "Write one of them, or both: `leaves: [{watch: NAME}]`.",
        at: document.span)
    }
    guard let name = checker.name(document["name"], of: "a restore") else { return nil }
    self.init(name: name, covers: covers.map(\.selector), leaves: leaves.map(\.selector), line: document.span?.start.line ?? 0)
  }

  private static func selectors(
    _ document: Document?, watches: [Text], checker: inout KeyChecker
  ) -> [(selector: Selector, span: SourceSpan?)] {
    var selectors: [(selector: Selector, span: SourceSpan?)] = []
    for element in document?.list ?? [] {
      if let selector = Selector(element, watches: watches, checker: &checker) { selectors.append((selector, element.span)) }
    }
    return selectors
  }
}
