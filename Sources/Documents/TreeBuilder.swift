/// Puts a tree together from what a reader meets, and holds it to the limits.
///
/// The containers that are still open are kept in a list, so that no nesting can overflow the stack.
struct TreeBuilder {
  /// A finished value and how many levels of containers it has.
  struct Finished {
    let document: Document
    let height: Int

    init(_ document: Document, height: Int) {
      self.document = document
      self.height = height
    }
  }

  private enum Key {
    case member(String, SourceSpan)
    /// YAML's `<<`: the value's members come after those of the map itself.
    case merge
  }

  private struct Container {
    let isMap: Bool
    let start: Position
    var items: [Document] = []
    var members: [Document.Member] = []
    var merged: [Document.Member] = []
    var hasMergeKey = false
    var keys = KeyIndex()
    var key: Key?
    var height = 1

    init(isMap: Bool, at start: Position) {
      self.isMap = isMap
      self.start = start
      // Growing from one by doubling costs more than a little room.
      if isMap { members.reserveCapacity(4) } else { items.reserveCapacity(4) }
    }
  }

  private let limits: DocumentLimits
  /// The innermost open container; where none is open, a list that the finished tree ends in.
  private var innermost = Container(isMap: false, at: .start)
  /// The open containers around the innermost one, that list first.
  private var outer: [Container] = []

  /// How many values there are so far.
  private(set) var nodes = 0

  init(limits: DocumentLimits) {
    self.limits = limits
  }

  /// Whether the innermost open container is a map; nil where none is open.
  var isInMap: Bool? { outer.isEmpty ? nil : innermost.isMap }

  /// Whether a key must come next.
  var expectsKey: Bool { innermost.isMap && innermost.key == nil }

  /// Hands over the finished tree; nil while it is not whole.
  mutating func takeRoot() -> Document? {
    outer.isEmpty ? innermost.items.popLast() : nil
  }

  /// Opens a map or a list.
  mutating func open(map isMap: Bool, at position: Position) throws(DocumentError) {
    try checkDepth(outer.count + 1, at: position)
    try count(1, at: position)
    var container = Container(isMap: isMap, at: position)
    swap(&container, &innermost)
    outer.append(container)
  }

  /// Closes the innermost container, which must be one that was opened.
  @discardableResult
  mutating func close(at end: Position) throws(DocumentError) -> Finished {
    var container = outer.removeLast()
    swap(&container, &innermost)
    for member in container.merged where container.keys.isNew(member.key, to: container.members) {
      container.members.append(member)
    }
    let content = container.isMap ? Document.Content.map(container.members) : .list(container.items)
    let span = SourceSpan(start: container.start, end: max(container.start, end))
    let document = Document(content, span: span)
    try place(document, height: container.height)
    return Finished(document, height: container.height)
  }

  /// Sets the key of the member that comes next in the innermost map.
  ///
  /// Throws `duplicateKey` at the key's own place: which of two equal keys counts is a reader's whim, and what
  /// one program obeys another would not show.
  mutating func key(_ text: String, span: SourceSpan) throws(DocumentError) {
    guard innermost.keys.isNew(text, to: innermost.members) else {
      throw DocumentError(.duplicateKey, "this key stands for the second time in its map", at: span.start)
    }
    innermost.key = .member(text, span)
  }

  /// Says that the value that comes next in the innermost map is to be merged into it.
  mutating func mergeKey(span: SourceSpan) throws(DocumentError) {
    guard !innermost.hasMergeKey else {
      throw DocumentError(.duplicateKey, "this merge key stands for the second time in its map", at: span.start)
    }
    innermost.hasMergeKey = true
    innermost.key = .merge
  }

  /// Adds a value that has no parts.
  mutating func scalar(_ content: Document.Content, span: SourceSpan) throws(DocumentError) {
    try count(1, at: span.start)
    try place(Document(content, span: span), height: 0)
  }

  /// Adds a copy of a finished value that has so many nodes.
  mutating func copy(_ value: Finished, nodes: Int, span: SourceSpan) throws(DocumentError) {
    try checkDepth(outer.count + value.height, at: span.start)
    try count(nodes, at: span.start)
    try place(Document(value.document.content, span: span), height: value.height)
  }

  private func checkDepth(_ depth: Int, at position: Position) throws(DocumentError) {
    guard depth <= limits.depth else {
      throw DocumentError(.tooDeep, "nested deeper than the \(limits.depth) levels allowed", at: position)
    }
  }

  private mutating func count(_ more: Int, at position: Position) throws(DocumentError) {
    nodes += more
    guard nodes <= limits.nodes else {
      throw DocumentError(.tooManyNodes, "more than the \(limits.nodes) values allowed", at: position)
    }
  }

  /// Puts a finished value where it belongs.
  private mutating func place(_ document: Document, height: Int) throws(DocumentError) {
    innermost.height = max(innermost.height, height + 1)
    switch innermost.key.take() {
    case .member(let text, let span):
      innermost.members.append(Document.Member(key: text, keySpan: span, value: document))
    case .merge:
      try merge(document)
    case nil:
      innermost.items.append(document)
    }
  }

  private mutating func merge(_ document: Document) throws(DocumentError) {
    for map in document.list ?? [document] {
      guard let members = map.members else {
        throw DocumentError(.syntax, "only a map or a list of maps can be merged", at: document.span?.start)
      }
      innermost.merged.append(contentsOf: members)
    }
  }
}
