/// Text from outside, made fit for the place where it is printed.
public enum DisplayText {
  /// Without anything that moves a cursor, ends a line, hides text or turns its direction: such characters stand as `\u{…}`.
  public static func terminal(_ text: Text) -> String {
    var shown = ""
    for scalar in text.string.unicodeScalars {
      switch scalar {
      case "\n": shown += "\\n"
      case "\t": shown += "\\t"
      case "\r": shown += "\\r"
      default: if isUnfit(scalar) { shown += "\\u{" + String(scalar.value, radix: 16) + "}" } else { shown.unicodeScalars.append(scalar) }
      }
    }
    return shown
  }

  /// The same for Markdown: nothing in it is mark-up, a link or HTML (CommonMark 0.31, section 2.4). Not for the beginning of a line.
  static func markdown(_ text: Text) -> String {
    var shown = ""
    for character in terminal(text) {
      if #"\`*_[]<>#|~&$"#.contains(character) { shown.append("\\") }
      shown.append(character)
    }
    return shown
  }

  /// A code span of Markdown, fenced by more backticks than any run in the text (CommonMark 0.31, section 6.1).
  static func markdownCode(_ text: Text) -> String {
    let shown = terminal(text)
    var (longest, run) = (0, 0)
    for character in shown {
      run = character == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    let pad = shown.hasPrefix("`") || shown.hasSuffix("`") || shown.isEmpty ? " " : ""
    return fence + pad + shown + pad + fence
  }

  /// One word of a POSIX shell (POSIX.1-2024, Shell Command Language, section 2.2.2).
  static func shell(_ text: Text) -> String {
    let isPlain =
      !text.isEmpty
      && text.string.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "_-./:=@%+,".utf8.contains(byte)
        }
      }
    if isPlain { return text.string }
    return "'" + text.string.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }

  /// At most `width` characters, the middle left out: names differ at their ends.
  static func shortened(_ text: String, to width: Int) -> String {
    guard text.count > width, width > 1 else { return text }
    let head = width / 2
    return text.prefix(head) + "…" + text.suffix(width - 1 - head)
  }

  /// How many columns of a terminal a text takes: East Asian wide characters and emoji two, marks none.
  public static func columns(_ text: String) -> Int {
    text.reduce(0) { sum, character in
      guard let scalar = character.unicodeScalars.first else { return sum }
      return sum + (isWide(scalar) ? 2 : 1)
    }
  }

  /// Whether a character can move a cursor, end a line, hide text or turn its direction.
  static func isUnfit(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark, .spacingMark, .enclosingMark,
      .decimalNumber, .letterNumber, .otherNumber, .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol,
      .spaceSeparator:
      false
    @unknown default: true
    }
  }

  /// The blocks of Unicode Standard Annex 11 that are wide throughout.
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0x1F300...0x1FAFF,
      0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
