internal import Documents

extension Document {
  /// The texts of a list; nil when this is none.
  var texts: [Text]? { list?.compactMap(\.text).map { Text($0) } }
}

/// What the sections of a configuration have in common: names, days and mentions of watches.
extension KeyChecker {
  /// Notes a text of nothing or of white space alone.
  mutating func checkNotEmpty(_ document: Document?, called name: String) {
    guard let document, let text = document.text, text.allSatisfy(\.isWhitespace) else { return }
    note("wrong-value", "\(name) is empty", advice: "Write a value, or leave the key out if it is not required.", at: document.span)
  }

  /// A name that people give: it stands in addresses, in arguments and between commas. Nil where a problem is noted.
  mutating func name(_ document: Document?, of owner: String) -> Text? {
    guard let document, let name = document.text else { return nil }
    guard let first = name.unicodeScalars.first, first.isNamePart, first != "-", first != ".", name.unicodeScalars.allSatisfy(\.isNamePart)
    else {
      note(
        "wrong-value", "the name of \(owner) must be made of letters, digits, `.`, `_` and `-`, a letter, digit or `_` first",
        advice: "Give it a name that is easy to type, such as `forge`.", at: document.span)
      return nil
    }
    return Text(name)
  }

  /// Notes every name that an earlier element of a list has already.
  mutating func checkUnique(_ elements: [Document], called noun: String) {
    var lines: [Text: Int] = [:]
    for element in elements {
      guard let document = element["name"], let name = document.text else { continue }
      if let line = lines[Text(name)] {
        note(
          "given-twice", "two \(noun) are called `\(name)`: this one and that of line \(line)", advice: "Give each a name of its own.",
          at: document.span)
      } else {
        lines[Text(name)] = document.span?.start.line ?? 0
      }
    }
  }

  /// The name of a watch or of one of its targets, or a glob that fits one; nil where a problem is noted.
  mutating func knownWatch(_ document: Document?, among watches: [Text]) -> Text? {
    guard let document, let name = document.text else { return nil }
    let base = WatchTarget.base(of: Text(name)).string
    guard watches.contains(where: { Glob.fits(name: $0.string, base) }) else {
      let nearest = NearestKey.of(base, among: watches.map(\.string))
      let known = watches.map { "`\($0)`" }.joined(separator: ", ")
      note(
        "unknown-watch", "no watch is called `\(name)`",
        advice: nearest.map { "Did you mean `\($0)`?" } ?? (watches.isEmpty ? "Add it to `watches`." : "The watches are \(known)."),
        at: document.span)
      return nil
    }
    return Text(name)
  }

  /// A day of the calendar, such as `2027-01-31`; nil where there is none or a problem is noted.
  mutating func day(_ document: Document?) -> Text? {
    guard let document, let text = document.text else { return nil }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).compactMap { Int64($0) }
    guard parts.count == 3, (1...12).contains(parts[1]), (1...31).contains(parts[2]), (0...9_999).contains(parts[0]),
      Instant(year: parts[0], month: parts[1], day: parts[2]).day == text
    else {
      note(
        "wrong-value", "`until` must be a day of the calendar", advice: "Write year, month and day, such as `2027-01-31`.",
        at: document.span)
      return nil
    }
    return Text(text)
  }
}

extension Unicode.Scalar {
  fileprivate var isNamePart: Bool {
    switch self {
    case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "-": true
    default: false
    }
  }
}
