/// Reads YAML streams, a document at a time.
///
/// A tag that is not YAML's own, such as `!Ref` or `!vault`, is kept as a map with the tag as its one key, so that
/// a change of the tag is a change. An alias stands for a copy of its anchor's value: the copy's own span is the
/// alias's, its parts keep the spans of where they are written. `<<` merges as in
/// https://yaml.org/type/merge.html, which YAML 1.2 dropped and data files still use.
struct YAMLReader: ~Copyable {
  /// A container that is still open, and the counts when it was opened.
  private struct Container {
    let anchor: String?
    let isWrapped: Bool
    let nodesBefore: Int
    let textBefore: Int
  }

  /// An anchor's value, with what it costs to repeat it.
  private struct Anchored {
    let value: TreeBuilder.Finished
    let nodes: Int
    let text: Int
    /// The spelling of a scalar, which can be a key.
    let key: String?
  }

  private static let mostTagDirectives = 100
  private let limits: DocumentLimits
  private var places: YAMLPlaces
  private let start: Int
  private var parser: YAMLParser
  private var tree: TreeBuilder
  private var containers: [Container] = []
  private var anchors: [String: Anchored] = [:]
  /// Bytes of text met so far, repeated ones included.
  private var text = 0
  /// The end of the last thing that was more than an indentation.
  private var end = Position.start

  private init(_ source: SourceText, limits: DocumentLimits) throws(DocumentError) {
    self.limits = limits
    start = source.start
    places = YAMLPlaces(source)
    // libyaml compares each with all before it, all at once: 20,000 of them took it a second, and four times as
    // many sixteen.
    guard places.tagDirectives <= YAMLReader.mostTagDirectives else {
      throw DocumentError(.unsupported, "more than \(YAMLReader.mostTagDirectives) lines begin with %TAG")
    }
    parser = try YAMLParser(source.bytes[source.start...])
    tree = TreeBuilder(limits: limits)
  }

  /// Reads all documents of a stream; an empty stream has none.
  static func read(_ source: SourceText, limits: DocumentLimits) throws(DocumentError) -> [Document] {
    var reader = try YAMLReader(source, limits: limits)
    return try reader.read()
  }

  private mutating func read() throws(DocumentError) -> [Document] {
    var documents: [Document] = []
    while true {
      let event = try nextEvent()
      switch event.kind {
      case .documentStart: anchors.removeAll()
      case .documentEnd:
        if let root = tree.takeRoot() { documents.append(root) }
      case .streamEnd: return documents
      case .alias(let name): try readAlias(name, at: places.span(of: event.characters))
      case .scalar(let scalar):
        try checkAnchor(scalar.properties.anchor, event)
        try readScalar(scalar, at: places.span(of: event.characters))
      case .open(let isMap, let properties):
        try checkAnchor(properties.anchor, event)
        try open(map: isMap, properties, at: places.span(of: event.characters).start)
      case .close: try close(event)
      case .other: continue
      }
    }
  }

  private mutating func nextEvent() throws(DocumentError) -> YAMLEvent {
    do {
      return try parser.next()
    } catch {
      let offset =
        switch error.place {
        case .byte(let offset): start + offset
        case .character(let index): places.offset(ofCharacter: index)
        }
      throw DocumentError(.syntax, error.problem, at: places.position(of: offset))
    }
  }

  private mutating func readScalar(_ scalar: YAMLScalar, at span: SourceSpan) throws(DocumentError) {
    end = span.end
    text += scalar.text.utf8.count
    if tree.expectsKey {
      try readKey(scalar, at: span)
      return
    }
    let nodes = tree.nodes
    let isWrapped = try wrap(scalar.properties.tag, at: span.start)
    let unwrapped = YAMLScalar(
      text: scalar.text, properties: YAMLProperties(anchor: nil, tag: isWrapped ? nil : scalar.properties.tag),
      isPlain: scalar.isPlain)
    guard let content = YAMLCoreSchema.content(unwrapped) else {
      throw DocumentError(.syntax, "the value is not what its tag says", at: span.start)
    }
    try tree.scalar(content, span: span)
    var finished = TreeBuilder.Finished(Document(content, span: span), height: 0)
    if isWrapped { finished = try tree.close(at: span.end) }
    if let anchor = scalar.properties.anchor {
      anchors[anchor] = Anchored(
        value: finished, nodes: tree.nodes - nodes, text: scalar.text.utf8.count, key: isWrapped ? nil : scalar.text)
    }
  }

  private mutating func readKey(_ scalar: YAMLScalar, at span: SourceSpan) throws(DocumentError) {
    if let tag = scalar.properties.tag, !YAMLCoreSchema.owns(tag) {
      throw DocumentError(.unsupported, "a key can't have a tag of its own", at: span.start)
    }
    if scalar.isPlain, scalar.properties.tag == nil, scalar.text == "<<" {
      guard limits.allowsAliases else {
        throw DocumentError(.alias, "merge keys are not allowed here: write the members out, or quote the key", at: span.start)
      }
      try tree.mergeKey(span: span)
    } else {
      try tree.key(scalar.text, span: span)
    }
    if let anchor = scalar.properties.anchor {
      let content = YAMLCoreSchema.content(scalar) ?? .text(scalar.text)
      anchors[anchor] = Anchored(
        value: TreeBuilder.Finished(Document(content, span: span), height: 0), nodes: 1,
        text: scalar.text.utf8.count, key: scalar.text)
    }
  }

  private mutating func open(
    map isMap: Bool, _ properties: YAMLProperties, at position: Position
  ) throws(DocumentError) {
    end = position
    guard !tree.expectsKey else {
      throw DocumentError(.unsupported, "a key is a list or a map: only scalars can be keys", at: position)
    }
    let nodes = tree.nodes
    let isWrapped = try wrap(properties.tag, at: position)
    try tree.open(map: isMap, at: position)
    containers.append(
      Container(anchor: properties.anchor, isWrapped: isWrapped, nodesBefore: nodes, textBefore: text))
  }

  private mutating func close(_ event: YAMLEvent) throws(DocumentError) {
    // The end of a block is found only at the next thing; `[ ]` and `{ }` end with a bracket of their own.
    let span = places.span(of: event.characters)
    if event.characters.count == 1, places.isBracket(at: span.start.offset, ofMap: tree.isInMap == true) { end = span.end }
    guard let container = containers.popLast() else { return }
    var finished = try tree.close(at: end)
    if container.isWrapped { finished = try tree.close(at: end) }
    if let anchor = container.anchor {
      anchors[anchor] = Anchored(
        value: finished, nodes: tree.nodes - container.nodesBefore, text: text - container.textBefore, key: nil)
    }
  }

  /// Opens the map of one member that stands for a tag of an application.
  private mutating func wrap(_ tag: String?, at position: Position) throws(DocumentError) -> Bool {
    guard let tag, !YAMLCoreSchema.owns(tag) else { return false }
    try tree.open(map: true, at: position)
    try tree.key(tag, span: SourceSpan(start: position, end: position))
    return true
  }

  /// An event begins where its value's anchor and tag do.
  private mutating func checkAnchor(_ anchor: String?, _ event: YAMLEvent) throws(DocumentError) {
    guard anchor == nil || limits.allowsAliases else {
      let position = places.position(of: places.offset(ofCharacter: event.characters.lowerBound))
      throw DocumentError(.alias, "anchors are not allowed here: write the value out where it is used", at: position)
    }
  }

  private mutating func readAlias(_ name: String, at span: SourceSpan) throws(DocumentError) {
    end = span.end
    guard limits.allowsAliases else {
      throw DocumentError(.alias, "aliases are not allowed here: write the value out where it is used", at: span.start)
    }
    guard let anchored = anchors[name] else {
      throw DocumentError(.syntax, "no anchor with this alias's name ends before it", at: span.start)
    }
    text += anchored.text
    guard text <= limits.bytes else {
      throw DocumentError(.tooLarge, "with its aliases written out, the text exceeds \(limits.bytes) bytes", at: span.start)
    }
    if tree.expectsKey {
      guard let key = anchored.key else {
        throw DocumentError(.unsupported, "a key is a list or a map: only scalars can be keys", at: span.start)
      }
      try tree.key(key, span: span)
      return
    }
    try tree.copy(anchored.value, nodes: anchored.nodes, span: span)
  }
}
