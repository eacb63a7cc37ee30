/// A change of one value in one file, as `git apply` takes it.
public struct ValuePatch: Hashable, Sendable {
  /// In unified format.
  public let text: Text
  /// Whether it needs `git apply --unidiff-zero`, because no line below the change could be shown to find the place by.
  public let needsUnidiffZero: Bool
}

/// Why a change of a value can't be written as a patch.
public enum PatchProblem: Error, Hashable, Sendable {
  /// The bytes to replace are not in the file.
  case outside
  /// The value is what it should be already.
  case unchanged
  /// The lines are no UTF-8, and a patch is shown as text.
  case notText
  /// Something that may be a secret stands in the same line as the value.
  case holdsSecret
  /// Another step changes the same line.
  case sharedLine
  /// All lines around it are changed by other steps, and the line stands elsewhere too.
  case ambiguous

  public var sentence: String {
    switch self {
    case .outside: "the place of the value is not in the file"
    case .unchanged: "the value is already what it was"
    case .notText: "the line holds characters that can't be shown as text"
    case .holdsSecret: "the line may hold a secret besides the value"
    case .sharedLine: "another step changes the same line"
    case .ambiguous: "other steps change the lines around it, and the same line stands in the file more than once"
    }
  }
}

/// Writes patches that replace exactly one value's bytes and show nothing that may be a secret.
public enum PatchMaker {
  private static let contextLines = 3

  /// The patch that puts `value` in the place of the bytes in `range`; everything else stays as it is, byte for byte.
  ///
  /// The path is the file's from the repository's root. Three lines around the change are shown, fewer where one of them
  /// may hold a secret, can't be shown, or is changed by another step: `others` are the places of those, so that each can be
  /// taken without the other.
  public static func patch(
    of path: Text, content: [UInt8], replacing range: Range<Int>, with value: [UInt8], besides others: [Range<Int>] = []
  ) throws(PatchProblem) -> ValuePatch {
    guard range.lowerBound >= 0, range.upperBound <= content.count else { throw .outside }
    guard !content[range].elementsEqual(value) else { throw .unchanged }
    let lines = lines(of: content)
    guard let first = lines.lastIndex(where: { $0.lowerBound <= range.lowerBound }) else { throw .outside }
    let last = lines.lastIndex { $0.lowerBound < range.upperBound }.map { max($0, first) } ?? first
    let changed = lines[first].lowerBound..<lines[last].upperBound
    let new = content[changed.lowerBound..<range.lowerBound] + value + content[range.upperBound..<changed.upperBound]

    let guarding = SecretLines(path: path.string)
    let inside = (range.lowerBound - changed.lowerBound)..<(range.upperBound - changed.lowerBound)
    guard !guarding.mayHoldSecret(Array(content[changed]), beside: inside) else { throw .holdsSecret }
    func isChanged(_ line: Range<Int>) -> Bool { others.contains { $0.overlaps(line) || line.contains($0.lowerBound) } }
    guard !isChanged(changed) else { throw .sharedLine }
    func mayShow(_ line: Range<Int>) -> Bool { !guarding.mayHoldSecret(content[line]) && !isChanged(line) && isPrintable(content[line]) }
    guard isPrintable(content[changed]), isPrintable(new) else { throw .notText }
    let above = lines[..<first].suffix(contextLines).reversed().prefix(while: mayShow).reversed()
    let below = lines[(last + 1)...].prefix(contextLines).prefix(while: mayShow)

    let isAlone = above.isEmpty && below.isEmpty && !others.isEmpty
    guard !isAlone || lines.count(where: { content[$0].elementsEqual(content[lines[first]]) }) == 1 else { throw .ambiguous }

    let added = Self.lines(of: Array(new)).map { Array(new)[$0] }
    let oldCount = above.count + (last - first + 1) + below.count
    let newCount = above.count + added.count + below.count
    let start = first - above.count + 1
    var patch = header(path) + Array("@@ -\(span(start, oldCount)) +\(span(start, newCount)) @@\n".utf8)
    for line in above { patch += marked(" ", content[line]) }
    for line in lines[first...last] { patch += marked("-", content[line]) }
    for line in added { patch += marked("+", line) }
    for line in below { patch += marked(" ", content[line]) }
    guard let text = String(validating: patch, as: UTF8.self) else { throw .notText }
    return ValuePatch(text: Text(text), needsUnidiffZero: below.isEmpty && last != lines.count - 1)
  }

  /// The lines with their ends; one at least, so that an empty file has a line to put something in.
  private static func lines(of content: [UInt8]) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    for (index, byte) in content.enumerated() where byte == UInt8(ascii: "\n") {
      lines.append(start..<(index + 1))
      start = index + 1
    }
    if start < content.count || lines.isEmpty { lines.append(start..<content.count) }
    return lines
  }

  private static func header(_ path: Text) -> [UInt8] {
    func line(_ mark: String, _ side: String) -> String {
      let name = "\(side)/\(path)"
      if name.unicodeScalars.contains(where: mustBeQuoted) { return "\(mark) \"\(name.unicodeScalars.map(quoted).joined())\"\n" }
      // git ends a name that holds a space with a tab, since a date could follow it.
      return "\(mark) \(name)\(name.contains(" ") ? "\t" : "")\n"
    }
    return Array((line("---", "a") + line("+++", "b")).utf8)
  }

  /// What could end the header's line, or be taken for something else in it.
  private static func mustBeQuoted(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\"" || scalar == "\\" || scalar.properties.generalCategory == .control
  }

  /// As in C, with the bytes in octal (git-config(1), `core.quotePath`).
  private static func quoted(_ scalar: Unicode.Scalar) -> String {
    guard mustBeQuoted(scalar) else { return String(scalar) }
    return String(scalar).utf8.map { byte in
      let digits = String(byte, radix: 8)
      return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
    }.joined()
  }

  /// Whether a person sees all that is in these lines, and a terminal does nothing but show them.
  private static func isPrintable(_ lines: ArraySlice<UInt8>) -> Bool {
    guard var text = String(validating: lines, as: UTF8.self) else { return false }
    if text.unicodeScalars.last == "\n" { text.unicodeScalars.removeLast() }
    // Of files whose lines end as in DOS.
    if text.unicodeScalars.last == "\r" { text.unicodeScalars.removeLast() }
    return text.unicodeScalars.allSatisfy { "\t\n".unicodeScalars.contains($0) || !DisplayText.isUnfit($0) }
  }

  private static func span(_ start: Int, _ count: Int) -> String { count == 1 ? "\(start)" : "\(start),\(count)" }

  private static func marked(_ mark: Unicode.Scalar, _ line: ArraySlice<UInt8>) -> [UInt8] {
    let marked = [UInt8(ascii: mark)] + line
    return line.last == UInt8(ascii: "\n") ? marked : marked + Array("\n\\ No newline at end of file\n".utf8)
  }
}
