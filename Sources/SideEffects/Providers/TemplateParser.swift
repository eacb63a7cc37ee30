/// Reads templates: text with `{choice or choice|filter}`, where `{{` and `}}` are braces.
struct TemplateParser {
  private let bytes: [UInt8]
  private let names: ManifestNames
  private var offset = 0

  static func template(_ text: String, names: ManifestNames) throws(ExpressionProblem) -> Template {
    var parser = TemplateParser(bytes: Array(text.utf8), names: names)
    return Template(parts: try parser.parts(), source: Text(text))
  }

  private init(bytes: [UInt8], names: ManifestNames) { (self.bytes, self.names) = (bytes, names) }

  private mutating func parts() throws(ExpressionProblem) -> [Template.Part] {
    let (open, close) = (UInt8(ascii: "{"), UInt8(ascii: "}"))
    var parts: [Template.Part] = []
    var literal: [UInt8] = []
    func flushed() -> [Template.Part] { literal.isEmpty ? [] : [.literal(Text(String(decoding: literal, as: UTF8.self)))] }
    while offset < bytes.count {
      let byte = bytes[offset]
      let isDoubled = offset + 1 < bytes.count && bytes[offset + 1] == byte
      if byte == open || byte == close, isDoubled {
        literal.append(byte)
        offset += 2
      } else if byte == open {
        parts += flushed()
        literal = []
        parts.append(.placeholder(try placeholder()))
      } else if byte == close {
        throw ExpressionProblem(sentence: "`}` closes nothing", advice: "A brace of the text itself is written `}}`.", offset: offset)
      } else {
        literal.append(byte)
        offset += 1
      }
    }
    return parts + flushed()
  }

  private mutating func placeholder() throws(ExpressionProblem) -> Template.Placeholder {
    let start = offset
    offset += 1
    let keepsReserved = take("+")
    var choices: [Reference] = []
    repeat {
      var parser = ReferenceParser(bytes, from: offset, names: names)
      choices.append(try parser.reference())
      offset = parser.offset
    } while take(" or ")
    var filters: [Template.Filter] = []
    while take("|") {
      let word = String(decoding: bytes[offset...].prefix { $0 != UInt8(ascii: "|") && $0 != UInt8(ascii: "}") }, as: UTF8.self)
      guard let filter = Template.Filter(rawValue: word) else {
        let known = Template.Filter.allCases.map(\.rawValue)
        throw ExpressionProblem(
          sentence: "unknown filter `\(word)`",
          advice: NearestKey.of(word, among: known).map { "Did you mean `\($0)`?" } ?? "Known: \(known.joined(separator: ", ")).",
          offset: offset)
      }
      filters.append(filter)
      offset += word.utf8.count
    }
    guard take("}") else {
      throw ExpressionProblem(
        sentence: "a placeholder is never closed", advice: "It ends with `}`; a brace of the text itself is written `{{`.", offset: start)
    }
    return Template.Placeholder(keepsReserved: keepsReserved, choices: choices, filters: filters)
  }

  private mutating func take(_ text: String) -> Bool {
    guard bytes[offset...].starts(with: text.utf8) else { return false }
    offset += text.utf8.count
    return true
  }
}
