import Foundation

/// Looks for words in lines.
enum Words {
  /// Whether a line holds a word that is not a part of a longer one.
  static func hold(_ line: String, _ word: String) -> Bool {
    var rest = line[...]
    while let found = rest.range(of: word) {
      let before = found.lowerBound == line.startIndex ? nil : line[line.index(before: found.lowerBound)]
      let after = found.upperBound == line.endIndex ? nil : line[found.upperBound]
      let isWordStart = word.first.map { !$0.isLetter } ?? true
      let isWordEnd = word.last.map { !$0.isLetter } ?? true
      if (isWordStart || before.map(joins) != true) && (isWordEnd || after.map(joins) != true) { return true }
      rest = rest[found.upperBound...]
    }
    return false
  }

  /// A line of Swift without its comment and without what stands in quotes.
  static func withoutTexts(_ line: String) -> String {
    var code = ""
    var isQuoted = false
    var isEscaped = false
    for character in line {
      if isQuoted {
        if isEscaped { isEscaped = false } else if character == "\\" { isEscaped = true } else if character == "\"" { isQuoted = false }
      } else if character == "\"" {
        isQuoted = true
      } else {
        code.append(character)
        if code.hasSuffix("//") { return String(code.dropLast(2)) }
      }
    }
    return code
  }

  private static func joins(_ character: Character) -> Bool { character.isLetter || character.isNumber || character == "_" }
}
