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
  /// Lines are added, and none around them can be shown to find the place by.
  case unplaced

  public var sentence: String {
    switch self {
    case .outside: "the place of the value is not in the file"
    case .unchanged: "the value is already what it was"
    case .notText: "the line holds characters that can't be shown as text"
    case .holdsSecret: "the line may hold a secret besides the value"
    case .sharedLine: "another step changes the same line"
    case .ambiguous: "other steps change the lines around it, and the same line stands in the file more than once"
    case .unplaced: "no line around it can be shown that tells where it goes in"
    }
  }
}

/// Bytes of a file that are replaced by others.
struct ByteEdit: Hashable, Sendable {
  let range: Range<Int>
  let value: [UInt8]
}

extension [ByteEdit] {
  /// What the edits make of some content; they don't overlap and are in order.
  func applied(to content: [UInt8]) -> [UInt8] {
    reversed().reduce(into: content) { $0.replaceSubrange($1.range, with: $1.value) }
  }

  /// The edits that take these back, seen from what they make.
  func undone(in content: [UInt8]) -> [ByteEdit] {
    var growth = 0
    return map { edit in
      let start = edit.range.lowerBound + growth
      growth += edit.value.count - edit.range.count
      return ByteEdit(range: start..<(start + edit.value.count), value: [UInt8](content[edit.range]))
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
    try patch(of: path, content: content, edits: [ByteEdit(range: range, value: value)], besides: others)
  }

  /// The same for several places, which don't overlap and are in order.
  ///
  /// - Parameter mayShareLines: Whether lines are replaced that other steps replace too, such as the bracket between two items.
  static func patch(
    of path: Text, content: [UInt8], edits: [ByteEdit], besides others: [Range<Int>] = [], mayShareLines: Bool = false
  ) throws(PatchProblem) -> ValuePatch {
    let lines = lines(of: content)
    let guarding = SecretLines(path: path.string)
    func isChanged(_ line: Range<Int>) -> Bool { others.contains { $0.overlaps(line) || line.contains($0.lowerBound) } }
    func mayShow(_ line: Range<Int>) -> Bool { !guarding.mayHoldSecret(content[line]) && !isChanged(line) && isPrintable(content[line]) }
    var regions: [Region] = []
    for edit in edits { regions.append(try region(edit, content, lines, guarding, mayShareLines ? { _ in false } : isChanged)) }

    var patch = header(path)
    var needsUnidiffZero = false
    // How many lines more there are by now than there were.
    var growth = 0
    var rest = regions[...]
    while let first = rest.first {
      var hunk = [first]
      rest = rest.dropFirst()
      while let next = rest.first, let last = hunk.last, next.old.lowerBound - last.old.upperBound <= 2 * contextLines,
        lines[last.old.upperBound..<next.old.lowerBound].allSatisfy(mayShow)
      {
        hunk.append(next)
        rest = rest.dropFirst()
      }
      let (start, end) = (first.old.lowerBound, hunk[hunk.count - 1].old.upperBound)
      // What another step puts right above comes between.
      let isParted = end > start && others.contains { $0.isEmpty && $0.lowerBound == lines[start].lowerBound }
      let above = isParted ? [] : Array(lines[..<start].suffix(contextLines).reversed().prefix(while: mayShow).reversed())
      let below = Array(lines[end...].prefix(contextLines).prefix(while: mayShow))
      if above.isEmpty, below.isEmpty, end == start { throw .unplaced }
      if above.isEmpty, below.isEmpty, !others.isEmpty {
        guard stands(content[lines[start].lowerBound..<lines[end - 1].upperBound], onceIn: content, lines) else {
          throw .ambiguous
        }
      }
      let added = hunk.reduce(0) { $0 + $1.added.count } - hunk.reduce(0) { $0 + $1.old.count }
      let oldCount = above.count + (end - start) + below.count
      // A hunk that only adds is counted from the line before it.
      let from = start - above.count + (oldCount == 0 ? 0 : 1)
      patch += Array(
        "@@ -\(span(from, oldCount)) +\(span(start - above.count + growth + (oldCount + added == 0 ? 0 : 1), oldCount + added)) @@\n".utf8)
      growth += added
      for line in above { patch += marked(" ", content[line]) }
      for (index, region) in hunk.enumerated() {
        if index > 0 { for line in lines[hunk[index - 1].old.upperBound..<region.old.lowerBound] { patch += marked(" ", content[line]) } }
        for line in lines[region.old] { patch += marked("-", content[line]) }
        for line in region.added { patch += marked("+", line) }
      }
      for line in below { patch += marked(" ", content[line]) }
      needsUnidiffZero = needsUnidiffZero || (below.isEmpty && end != lines.count)
    }
    guard let text = String(validating: patch, as: UTF8.self) else { throw .notText }
    return ValuePatch(text: Text(text), needsUnidiffZero: needsUnidiffZero)
  }

  /// Whether some whole lines are found at one place only.
  private static func stands(_ text: ArraySlice<UInt8>, onceIn content: [UInt8], _ lines: [Range<Int>]) -> Bool {
    lines.count { line in
      line.lowerBound + text.count <= content.count && content[line.lowerBound..<(line.lowerBound + text.count)] == text
    } == 1
  }

  /// Lines that are replaced by others.
  private struct Region {
    /// By their numbers, from 0; none where lines are only added before one.
    let old: Range<Int>
    let added: [ArraySlice<UInt8>]
  }

  private static func region(
    _ edit: ByteEdit, _ content: [UInt8], _ lines: [Range<Int>], _ guarding: SecretLines, _ isChanged: (Range<Int>) -> Bool
  ) throws(PatchProblem) -> Region {
    let (range, value) = (edit.range, edit.value)
    guard range.lowerBound >= 0, range.upperBound <= content.count else { throw .outside }
    guard !content[range].elementsEqual(value) else { throw .unchanged }
    guard let first = lines.lastIndex(where: { $0.lowerBound <= range.lowerBound }) else { throw .outside }
    if range.isEmpty, range.lowerBound == lines[first].lowerBound, value.last == UInt8(ascii: "\n") {
      let added = Self.lines(of: value).map { value[$0] }
      guard added.allSatisfy(isPrintable) else { throw .notText }
      return Region(old: first..<first, added: added)
    }
    let last = lines.lastIndex { $0.lowerBound < range.upperBound }.map { max($0, first) } ?? first
    let changed = lines[first].lowerBound..<lines[last].upperBound
    let new = Array(content[changed.lowerBound..<range.lowerBound] + value + content[range.upperBound..<changed.upperBound])
    let inside = (range.lowerBound - changed.lowerBound)..<(range.upperBound - changed.lowerBound)
    guard !guarding.mayHoldSecret(Array(content[changed]), beside: inside) else { throw .holdsSecret }
    guard !isChanged(changed) else { throw .sharedLine }
    let added = new.isEmpty ? [] : Self.lines(of: new).map { new[$0] }
    guard lines[first...last].allSatisfy({ isPrintable(content[$0]) }), added.allSatisfy(isPrintable) else { throw .notText }
    return Region(old: first..<(last + 1), added: added)
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
