/// Values as people read them: short, on one line, and fit for a terminal.
public enum ValueText {
  /// The longest that is shown whole.
  static let width = 60

  /// A value on one line, cut where it is long; `(none)` where there is none.
  public static func of(_ value: Value?) -> String {
    guard let value else { return "(none)" }
    switch value {
    case .scalar(let scalar): return of(scalar)
    case .set(let elements): return joined(elements.sorted())
    case .list(let elements): return joined(elements)
    }
  }

  static func of(_ scalar: Scalar) -> String {
    switch scalar {
    case .null: "null"
    case .boolean(let value): value ? "true" : "false"
    case .number(let spelling): short(spelling)
    // Quotes where the bare text would read as something else.
    case .text(let text):
      text.isEmpty || ["null", "true", "false", "(none)"].contains(text) || text.looksLikeNumber ? "\"\(short(text))\"" : short(text)
    case .structure(let json): short(json)
    case .secret(let fingerprint): fingerprint.short
    }
  }

  /// How a value changed; of sets only what came and went.
  static func change(_ change: AttributeChange) -> String {
    if case .replaced(.set(let old), .set(let new)) = change.difference {
      let gone = old.subtracting(new).sorted().map { "-" + of($0) }
      let come = new.subtracting(old).sorted().map { "+" + of($0) }
      return DisplayText.shortened((gone + come).joined(separator: " "), to: 2 * width)
    }
    return "\(of(change.before)) -> \(of(change.after))"
  }

  private static func joined(_ elements: [Scalar]) -> String {
    elements.isEmpty ? "(empty)" : DisplayText.shortened(elements.map { of($0) }.joined(separator: ", "), to: width)
  }

  private static func short(_ text: Text) -> String {
    DisplayText.shortened(withShortFingerprints(DisplayText.terminal(text)), to: width)
  }

  /// Twelve digits of each fingerprint are enough for people.
  static func withShortFingerprints(_ text: String) -> String {
    let mark = "fingerprint:"
    var (shown, rest) = ("", Substring(text))
    while let first = rest.first {
      if rest.hasPrefix(mark) {
        let digits = rest.dropFirst(mark.count).prefix(64)
        let isWhole = digits.count == 64 && digits.allSatisfy(\.isHexDigit)
        shown += mark + (isWhole ? digits.prefix(12) : "")
        rest = rest.dropFirst(mark.count + (isWhole ? 64 : 0))
      } else {
        shown.append(first)
        rest = rest.dropFirst()
      }
    }
    return shown
  }
}

extension Text {
  fileprivate var looksLikeNumber: Bool { Double(string) != nil }
}
