/// Which untracked paths a work tree wants to be left alone, as its `.gitignore` files say (gitignore(5)).
struct IgnoreRules: Sendable {
  private struct Rule: Sendable {
    let folder: RepositoryPath
    let pattern: PathPattern
    let isNegated: Bool
  }

  private var rules: [Rule] = []

  /// Adds the rules of a file that lies in a folder. Later ones go before earlier ones, so outer folders come first.
  mutating func add(_ content: [UInt8], in folder: RepositoryPath) {
    for line in TextLines(content) {
      var line = Self.withoutTrailingSpaces(line)
      if line.isEmpty || line.first == UInt8(ascii: "#") { continue }
      let isNegated = line.first == UInt8(ascii: "!")
      if isNegated { line = line.dropFirst() }
      if line.isEmpty || line.elementsEqual("/".utf8) { continue }
      rules.append(Rule(folder: folder, pattern: PathPattern(line), isNegated: isNegated))
    }
  }

  /// Whether a path is ignored by itself. What lies below an ignored folder is ignored too, which the walk sees to.
  func ignore(_ path: RepositoryPath, isFolder: Bool) -> Bool {
    for rule in rules.reversed() {
      let below = rule.folder.bytes.isEmpty ? 0 : rule.folder.bytes.count + 1
      if rule.pattern.matches(path.bytes[below...], isFolder: isFolder) { return !rule.isNegated }
    }
    return false
  }

  /// Spaces at the end of a line don't count unless a backslash stands before them.
  private static func withoutTrailingSpaces(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var end = line.startIndex
    var isEscaped = false
    for (index, byte) in zip(line.indices, line) {
      if isEscaped || byte != UInt8(ascii: " ") { end = index + 1 }
      isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
    }
    return line[..<end]
  }
}
