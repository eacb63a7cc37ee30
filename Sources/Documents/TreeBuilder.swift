/// Puts a tree together from what a reader meets, and holds it to the limits.
///
/// The containers that are still open are kept in a list, so that no nesting can overflow the stack.
struct TreeBuilder {
  private struct Container {
    let isMap: Bool
    let start: Position
    var items: [Document] = []
    var members: [Document.Member] = []
    var keys = KeyIndex()
    var key: (text: String, span: SourceSpan?)?
  }

  private let limits: DocumentLimits
  private var open: [Container] = []
  private var nodes = 0

  /// The finished tree; nil while it is not whole.
  private(set) var root: Document?

  init(limits: DocumentLimits) {
    self.limits = limits
  }

  /// Whether the innermost open container is a map; nil where none is open.
  var isInMap: Bool? { open.last?.isMap }

  /// Opens a map or a list.
  mutating func open(map isMap: Bool, at position: Position) throws(DocumentError) {
    guard open.count < limits.depth else {
      throw DocumentError(.tooDeep, "nested deeper than the \(limits.depth) levels allowed", at: position)
    }
    try count(1, at: position)
    open.append(Container(isMap: isMap, start: position))
  }

  /// Closes the innermost container.
  mutating func close(at end: Position) {
    guard let container = open.popLast() else { return }
    let span = SourceSpan(start: container.start, end: end)
    place(Document(container.isMap ? .map(container.members) : .list(container.items), span: span))
  }

  /// Sets the key of the member that comes next in the innermost map.
  ///
  /// Throws `duplicateKey` at the key's own place: which of two equal keys counts is a reader's whim, and what
  /// one program obeys another would show.
  mutating func key(_ text: String, span: SourceSpan) throws(DocumentError) {
    let last = open.count - 1
    guard last >= 0 else { return }
    guard open[last].keys.isNew(text, to: open[last].members) else {
      throw DocumentError(.duplicateKey, "this key stands for the second time in its map", at: span.start)
    }
    open[last].key = (text, span)
  }

  /// Adds a value that has no parts.
  mutating func scalar(_ content: Document.Content, span: SourceSpan) throws(DocumentError) {
    try count(1, at: span.start)
    place(Document(content, span: span))
  }

  /// Counts values against the limit.
  mutating func count(_ more: Int, at position: Position) throws(DocumentError) {
    nodes += more
    guard nodes <= limits.nodes else {
      throw DocumentError(.tooManyNodes, "more than the \(limits.nodes) values allowed", at: position)
    }
  }

  /// Puts a finished value where it belongs: into the innermost container, or at the root.
  private mutating func place(_ document: Document) {
    let last = open.count - 1
    guard last >= 0 else {
      root = document
      return
    }
    guard open[last].isMap else {
      open[last].items.append(document)
      return
    }
    guard let key = open[last].key.take() else { return }
    open[last].members.append(Document.Member(key: key.text, keySpan: key.span, value: document))
  }
}
