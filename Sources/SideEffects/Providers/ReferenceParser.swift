/// Reads paths and references: `config.url`, `.user`, `repository.full_name`, `items[*]`, `@header.Link`, `next?.href`.
struct ReferenceParser {
  private let bytes: [UInt8]
  private(set) var offset: Int
  private let names: ManifestNames

  init(_ bytes: [UInt8], from offset: Int = 0, names: ManifestNames) { (self.bytes, self.offset, self.names) = (bytes, offset, names) }

  /// A whole text that is one path, rooted in the document it is used on.
  static func path(_ text: String) throws(ExpressionProblem) -> DocumentPath {
    var parser = ReferenceParser(Array(text.utf8), names: ManifestNames())
    if text == "." { return .itself }
    if parser.next == UInt8(ascii: ".") { parser.offset += 1 }
    let steps = try parser.steps()
    try parser.expectEnd()
    return DocumentPath(steps: steps, text: Text(text))
  }

  /// A whole text that is one reference.
  static func reference(_ text: String, names: ManifestNames) throws(ExpressionProblem) -> Reference {
    var parser = ReferenceParser(Array(text.utf8), names: names)
    let reference = try parser.reference()
    try parser.expectEnd()
    return reference
  }

  var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private func expectEnd() throws(ExpressionProblem) {
    guard offset == bytes.count else {
      throw problem(
        "can't be read from `\(String(decoding: bytes[offset...], as: UTF8.self))` on",
        "Names with other characters stand in single quotes.")
    }
  }

  private func problem(_ sentence: String, _ advice: String = "") -> ExpressionProblem {
    ExpressionProblem(sentence: sentence, advice: advice, offset: offset)
  }

  mutating func reference() throws(ExpressionProblem) -> Reference {
    let start = offset
    func text(_ parser: ReferenceParser, from start: Int) -> Text {
      Text(String(decoding: parser.bytes[start..<parser.offset], as: UTF8.self))
    }
    if next == UInt8(ascii: "@") { return try special() }
    if next == UInt8(ascii: ".") {
      offset += 1
      guard let byte = next, Self.isName(byte) || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "'") else {
        return Reference(root: .item, path: .itself, isOptional: false, text: ".")
      }
      let steps = try steps()
      let written = text(self, from: start + 1)
      return made(.item, steps, written)
    }
    let steps = try steps()
    let written = text(self, from: start)
    if case .member(let word, let isOptional)? = steps.first, let root = names.root(of: word.string) {
      return made(root, Array(steps.dropFirst()), written, isOptional: isOptional)
    }
    return made(.item, steps, written)
  }

  private func made(_ root: Root, _ steps: [DocumentPath.Step], _ text: Text, isOptional: Bool = false) -> Reference {
    let path = DocumentPath(steps: steps, text: text)
    return Reference(root: root, path: path, isOptional: isOptional || path.isOptional, text: text)
  }

  /// `@word`, and what follows it.
  private mutating func special() throws(ExpressionProblem) -> Reference {
    let start = offset
    offset += 1
    var word = name()
    var isOptional = false
    func take(_ parser: inout ReferenceParser) -> Bool {
      guard parser.next == UInt8(ascii: "?") else { return false }
      parser.offset += 1
      return true
    }
    isOptional = take(&self)
    let roots: [String: Root] = [
      "key": .key, "last": .last, "cursor": .cursor, "page": .page, "offset": .offset, "status": .status, "reader": .reader,
      "rights": .rights,
      "before": .before, "changed": .changed, "restored": .restored, "path": .filePath, "line": .fileLine,
    ]
    let named: [String: @Sendable (Text) -> Root] = ["header": { .header($0) }, "cookie": { .cookie($0) }, "ask": { .ask($0) }]
    let root: Root
    if let known = roots[word] {
      root = known
    } else if let make = named[word], next == UInt8(ascii: ".") {
      offset += 1
      word = name()
      guard !word.isEmpty else { throw problem("`@` needs a name after the point") }
      root = make(Text(word))
      isOptional = take(&self) || isOptional
    } else {
      if ["login", "jwt", "mode", "owner"].contains(word) {
        throw ExpressionProblem(
          sentence: "`@\(word)` is known to the language and not built yet", advice: "This version can't do what it says.", offset: start,
          isNotBuilt: true)
      }
      let nearest = NearestKey.of(word, among: roots.keys.sorted() + named.keys.sorted())
      throw ExpressionProblem(sentence: "`@\(word)` is unknown", advice: nearest.map { "Did you mean `@\($0)`?" } ?? "", offset: start)
    }
    var rest: [DocumentPath.Step] = []
    if next == UInt8(ascii: ".") {
      offset += 1
      rest = try steps()
    } else if next == UInt8(ascii: "[") {
      rest = try steps(startsWithIndex: true)
    }
    let text = Text(String(decoding: bytes[start..<offset], as: UTF8.self))
    let path = DocumentPath(steps: rest, text: text)
    return Reference(root: root, path: path, isOptional: isOptional || path.isOptional, text: text)
  }

  /// `step *( "." step | index )`.
  private mutating func steps(startsWithIndex: Bool = false) throws(ExpressionProblem) -> [DocumentPath.Step] {
    var steps: [DocumentPath.Step] = []
    if !startsWithIndex, next != UInt8(ascii: "[") { steps.append(try step()) }
    while let byte = next {
      if byte == UInt8(ascii: ".") {
        offset += 1
        steps.append(try step())
      } else if byte == UInt8(ascii: "[") {
        steps.append(try index())
      } else {
        break
      }
    }
    return steps
  }

  private mutating func step() throws(ExpressionProblem) -> DocumentPath.Step {
    if next == UInt8(ascii: "'") {
      let quoted = try quoted()
      return .member(Text(quoted), isOptional: takeQuestionMark())
    }
    let name = name()
    guard !name.isEmpty else { throw problem("a name is missing", "A path is written `a.b`, `a[*].b` or `'a b'.c`.") }
    if name == "**" { return .everyValue }
    if name.utf8.contains(UInt8(ascii: "*")) { return .members(glob: Text(name)) }
    return .member(Text(name), isOptional: takeQuestionMark())
  }

  private mutating func takeQuestionMark() -> Bool {
    guard next == UInt8(ascii: "?") else { return false }
    offset += 1
    return true
  }

  private mutating func index() throws(ExpressionProblem) -> DocumentPath.Step {
    guard let end = bytes[offset...].firstIndex(of: UInt8(ascii: "]")) else { throw problem("`[` is never closed") }
    let inside = String(decoding: bytes[(offset + 1)..<end], as: UTF8.self)
    guard inside != "*" else {
      offset = end + 1
      return .everyElement
    }
    let parts = inside.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else {
      throw problem("`[\(inside)]` is no index", "Write `[*]`, `[key=value]` or `[key=*]`.")
    }
    offset = end + 1
    let key = Text(String(parts[0]))
    return parts[1] == "*" ? .elementsBy(key: key) : .elements(key: key, value: Text(String(parts[1])))
  }

  private mutating func quoted() throws(ExpressionProblem) -> String {
    offset += 1
    guard let end = bytes[offset...].firstIndex(of: UInt8(ascii: "'")) else { throw problem("a quote is never closed") }
    defer { offset = end + 1 }
    return String(decoding: bytes[offset..<end], as: UTF8.self)
  }

  private mutating func name() -> String {
    let start = offset
    while let byte = next, Self.isName(byte) { offset += 1 }
    return String(decoding: bytes[start..<offset], as: UTF8.self)
  }

  private static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    case UInt8(ascii: "_"), UInt8(ascii: "$"), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "*"), 0x80...: true
    default: false
    }
  }
}
