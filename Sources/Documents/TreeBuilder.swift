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
  }

  private let limits: DocumentLimits
  private var containers: [Container] = []
  private var root: Document?

  /// How many values there are so far.
  private(set) var nodes = 0

  init(limits: DocumentLimits) {
    self.limits = limits
  }

  /// Whether the innermost open container is a map; nil where none is open.
  var isInMap: Bool? { containers.last?.isMap }

  /// Whether a key must come next.
  var expectsKey: Bool { containers.last.map { $0.isMap && $0.key == nil } ?? false }

  /// Hands over the finished tree; nil while it is not whole.
  mutating func takeRoot() -> Document? { root.take() }

  /// Opens a map or a list.
  mutating func open(map isMap: Bool, at position: Position) throws(DocumentError) {
    try checkDepth(containers.count + 1, at: position)
    try count(1, at: position)
    containers.append(Container(isMap: isMap, start: position))
  }

  /// Closes the innermost container.
  @discardableResult
  mutating func close(at end: Position) throws(DocumentError) -> Finished {
    guard var container = containers.popLast() else { return Finished(Document(.null), height: 0) }
    for member in container.merged where container.keys.isNew(member.key, to: container.members) {
      container.members.append(member)
    }
    let content = container.isMap ? Document.Content.map(container.members) : .list(container.items)
    let span = SourceSpan(start: container.start, end: max(container.start, end))
    let finished = Finished(Document(content, span: span), height: container.height)
    try place(finished)
    return finished
  }

  /// Sets the key of the member that comes next in the innermost map.
  ///
  /// Throws `duplicateKey` at the key's own place: which of two equal keys counts is a reader's whim, and what
  /// one program obeys another would not show.
  mutating func key(_ text: String, span: SourceSpan) throws(DocumentError) {
    let last = containers.count - 1
    guard last >= 0 else { return }
    guard containers[last].keys.isNew(text, to: containers[last].members) else {
      throw DocumentError(.duplicateKey, "this key stands for the second time in its map", at: span.start)
    }
    containers[last].key = .member(text, span)
  }

  /// Says that the value that comes next in the innermost map is to be merged into it.
  mutating func mergeKey(span: SourceSpan) throws(DocumentError) {
    let last = containers.count - 1
    guard last >= 0 else { return }
    guard !containers[last].hasMergeKey else {
      throw DocumentError(.duplicateKey, "this merge key stands for the second time in its map", at: span.start)
    }
    containers[last].hasMergeKey = true
    containers[last].key = .merge
  }

  /// Adds a value that has no parts.
  @discardableResult
  mutating func scalar(_ content: Document.Content, span: SourceSpan) throws(DocumentError) -> Finished {
    try count(1, at: span.start)
    let finished = Finished(Document(content, span: span), height: 0)
    try place(finished)
    return finished
  }

  /// Adds a copy of a finished value that has so many nodes.
  mutating func copy(_ value: Finished, nodes: Int, span: SourceSpan) throws(DocumentError) {
    try checkDepth(containers.count + value.height, at: span.start)
    try count(nodes, at: span.start)
    try place(Finished(Document(value.document.content, span: span), height: value.height))
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

  /// Puts a finished value where it belongs: into the innermost container, or at the root.
  private mutating func place(_ finished: Finished) throws(DocumentError) {
    let last = containers.count - 1
    guard last >= 0 else {
      root = finished.document
      return
    }
    containers[last].height = max(containers[last].height, finished.height + 1)
    switch containers[last].key.take() {
    case .member(let text, let span):
      containers[last].members.append(Document.Member(key: text, keySpan: span, value: finished.document))
    case .merge:
      let maps = finished.document.list ?? [finished.document]
      for map in maps {
        guard let members = map.members else {
          throw DocumentError(.syntax, "only a map or a list of maps can be merged", at: finished.document.span?.start)
        }
        containers[last].merged.append(contentsOf: members)
      }
    case nil:
      containers[last].items.append(finished.document)
    }
  }
}
