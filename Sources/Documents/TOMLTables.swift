/// The tables of a TOML text while it is read, where any header may go on with a table from before.
struct TOMLTables {
  /// How a table came to be, which decides what may still be added to it (TOML 1.0, "Table" and "Keys").
  enum Origin {
    /// By the header of a table in it: its own header may still come.
    case implied
    /// By its own header.
    case header
    /// By a dotted key: other dotted keys of the same table go on with it, no header does.
    case dotted
    /// Written in braces: nothing can be added.
    case inline
  }

  /// A table's place in the list of all tables.
  struct Reference {
    fileprivate let index: Int
  }

  /// A value that may hold tables.
  indirect enum Value {
    case scalar(Document)
    case list([Value], SourceSpan)
    case table(Reference)
    /// What `[[headers]]` make.
    case tables([Reference])
  }

  /// One part of a dotted key.
  struct Key {
    let text: String
    let span: SourceSpan
  }

  private struct Member {
    let key: Key
    var value: Value
  }

  private struct Table {
    var origin: Origin
    var span: SourceSpan?
    let depth: Int
    var members: [Member] = []
    var indexes: [KeyBytes: Int] = [:]
  }

  private let limits: DocumentLimits
  private var tables: [Table] = []
  private var nodes = 0

  /// The table that the text itself is.
  let root = Reference(index: 0)

  init(limits: DocumentLimits) {
    self.limits = limits
    tables.append(Table(origin: .header, span: nil, depth: 1))
  }

  /// How many containers deep a table is: the root is 1.
  func depth(of table: Reference) -> Int { tables[table.index].depth }

  /// Makes a table that is not yet part of another.
  mutating func make(_ origin: Origin, depth: Int, at span: SourceSpan) throws(DocumentError) -> Reference {
    try count(depth: depth, at: span.start)
    tables.append(Table(origin: origin, span: origin == .implied || origin == .dotted ? nil : span, depth: depth))
    return Reference(index: tables.count - 1)
  }

  /// Counts a value against the limits.
  mutating func count(depth: Int, at position: Position) throws(DocumentError) {
    nodes += 1
    guard nodes <= limits.nodes else {
      throw DocumentError(.tooManyNodes, "more than the \(limits.nodes) values allowed", at: position)
    }
    guard depth <= limits.depth else {
      throw DocumentError(.tooDeep, "nested deeper than the \(limits.depth) levels allowed", at: position)
    }
  }

  /// Says where a table was written.
  mutating func setSpan(_ span: SourceSpan, of table: Reference) {
    tables[table.index].span = span
  }

  private func value(_ key: Key, in table: Reference) -> Value? {
    let table = tables[table.index]
    return table.indexes[KeyBytes(key.text)].map { table.members[$0].value }
  }

  private mutating func set(_ key: Key, to value: Value, in table: Reference) {
    if let index = tables[table.index].indexes[KeyBytes(key.text)] {
      tables[table.index].members[index].value = value
    } else {
      tables[table.index].indexes[KeyBytes(key.text)] = tables[table.index].members.count
      tables[table.index].members.append(Member(key: key, value: value))
    }
  }

  /// Sets the value of a dotted key, its first part in `table`.
  mutating func assign(_ path: [Key], _ value: Value, in table: Reference) throws(DocumentError) {
    var table = table
    for key in path.dropLast() {
      switch self.value(key, in: table) {
      case nil:
        let new = try make(.dotted, depth: tables[table.index].depth + 1, at: key.span)
        set(key, to: .table(new), in: table)
        table = new
      case .table(let next) where tables[next.index].origin == .dotted:
        table = next
      case .table, .tables, .list, .scalar:
        throw duplicate(key)
      }
    }
    guard let last = path.last else { return }
    guard self.value(last, in: table) == nil else { throw duplicate(last) }
    set(last, to: value, in: table)
  }

  /// Finds or makes the table of a `[header]` or, as a new item of a list, of a `[[header]]`.
  mutating func open(_ path: [Key], isItem: Bool, at span: SourceSpan) throws(DocumentError) -> Reference {
    var table = root
    for key in path.dropLast() { table = try step(into: key, of: table) }
    guard let last = path.last else { return table }
    let depth = tables[table.index].depth + 1
    switch value(last, in: table) {
    case nil:
      let new = try make(.header, depth: isItem ? depth + 1 : depth, at: span)
      set(last, to: isItem ? .tables([new]) : .table(new), in: table)
      return new
    case .tables where isItem:
      let new = try make(.header, depth: depth + 1, at: span)
      append(new, to: last, of: table)
      return new
    case .table(let existing) where !isItem && tables[existing.index].origin == .implied:
      tables[existing.index].origin = .header
      tables[existing.index].span = span
      return existing
    case .table, .tables, .list, .scalar:
      throw duplicate(last)
    }
  }

  private mutating func append(_ new: Reference, to key: Key, of table: Reference) {
    guard let index = tables[table.index].indexes[KeyBytes(key.text)] else { return }
    // Taken out and put back, or each of many items would copy the list.
    guard case .tables(var items) = tables[table.index].members[index].value else { return }
    tables[table.index].members[index].value = .tables([])
    items.append(new)
    tables[table.index].members[index].value = .tables(items)
  }

  private mutating func step(into key: Key, of table: Reference) throws(DocumentError) -> Reference {
    switch value(key, in: table) {
    case nil:
      let new = try make(.implied, depth: tables[table.index].depth + 1, at: key.span)
      set(key, to: .table(new), in: table)
      return new
    case .table(let next) where tables[next.index].origin != .inline:
      return next
    case .tables(let items):
      guard let last = items.last else { throw duplicate(key) }
      return last
    case .table, .list, .scalar:
      throw duplicate(key)
    }
  }

  private func duplicate(_ key: Key) -> DocumentError {
    DocumentError(.duplicateKey, "this key has a value already, to which nothing can be added here", at: key.span.start)
  }

  /// The finished tree below a value.
  func document(_ value: Value) -> Document {
    switch value {
    case .scalar(let document): document
    case .list(let items, let span): Document(.list(items.map(document)), span: span)
    case .tables(let items): Document(.list(items.map { document(.table($0)) }))
    case .table(let reference): document(tables[reference.index])
    }
  }

  private func document(_ table: Table) -> Document {
    let members = table.members.map {
      Document.Member(key: $0.key.text, keySpan: $0.key.span, value: document($0.value))
    }
    return Document(.map(members), span: table.span)
  }
}
