/// Colours of a report, or none.
public enum Style: Sendable {
  case plain
  /// By the escape sequences of ECMA-48, section 8.3.117.
  case coloured

  enum Tone: Int {
    case bold = 1
    case dim = 2
    case red = 31
    case green = 32
    case yellow = 33
    case blue = 34
  }

  func callAsFunction(_ tone: Tone, _ text: String) -> String {
    switch self {
    case .plain: text
    case .coloured: text.isEmpty ? text : "\u{1b}[\(tone.rawValue)m\(text)\u{1b}[0m"
    }
  }
}
