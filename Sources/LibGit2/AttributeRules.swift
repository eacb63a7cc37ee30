/// Which attributes the paths of one revision have, by the `.gitattributes` files of that revision (gitattributes(5)).
///
/// libgit2 1.5 can look them up at a commit as well, but where there is a work tree it mixes in the files that lie there and
/// the repository's own `info/attributes`, so that one revision would read differently from day to day.
public struct AttributeRules: Sendable {
  /// What an attribute is for a path.
  public enum State: Equatable, Sendable {
    /// `name`
    case set
    /// `-name`
    case unset
    /// `name=value`
    case value(String)
    /// `!name`, or nothing says anything.
    case unspecified

    /// Whether it says yes, as linguist reads `linguist-vendored`: set, or given the value `true`.
    public var isTrue: Bool {
      switch self {
      case .set: true
      case .value(let text): text == "true"
      case .unset, .unspecified: false
      }
    }
  }

  private struct Rule: Sendable {
    let folder: RepositoryPath
    let pattern: PathPattern
    let assignments: [AttributeAssignment]
  }

  private var rules: [Rule] = []
  private var macros: [String: [AttributeAssignment]] = [
    "binary": [
      AttributeAssignment(name: "diff", state: .unset), AttributeAssignment(name: "merge", state: .unset),
      AttributeAssignment(name: "text", state: .unset),
    ]
  ]

  public init() {}

  /// Adds a `.gitattributes` file that lies in a folder, in any order of folders. Lines that make no sense are left out.
  public mutating func add(_ content: [UInt8], in folder: RepositoryPath) {
    var added: [Rule] = []
    for line in TextLines(content) {
      switch AttributeLine(line) {
      case .rule(let pattern, let assignments):
        added.append(Rule(folder: folder, pattern: pattern, assignments: assignments))
      case .macro(let name, let assignments):
        // gitattributes(5): macros are defined at the top only.
        if folder == .root { macros[name] = assignments }
      case nil: continue
      }
    }
    // Deeper folders decide over outer ones, so they come last.
    let index = rules.firstIndex { $0.folder.bytes.count > folder.bytes.count } ?? rules.endIndex
    rules.insert(contentsOf: added, at: index)
  }

  /// What an attribute is for a file.
  public func state(of name: String, for path: RepositoryPath) -> State {
    var decided: [String: State] = [:]
    for rule in rules.reversed() where Self.applies(rule, to: path) {
      fill(&decided, with: rule.assignments)
      if let state = decided[name] { return state }
    }
    return .unspecified
  }

  /// The last assignment in a line counts, and one that is decided already is not decided again.
  private func fill(_ decided: inout [String: State], with assignments: [AttributeAssignment]) {
    var waiting = assignments
    while let assignment = waiting.popLast() {
      guard decided[assignment.name] == nil else { continue }
      decided[assignment.name] = assignment.state
      if assignment.state == .set, let macro = macros[assignment.name] { waiting += macro }
    }
  }

  /// What of the rules can say something about one attribute, by itself or through macros; for it these say the same as all.
  public func deciding(_ name: String) -> AttributeRules {
    var setBy: [String: [String]] = [:]
    for (macro, assignments) in macros { for assignment in assignments { setBy[assignment.name, default: []].append(macro) } }
    var names: Set<String> = [name]
    var waiting = [name]
    while let next = waiting.popLast() {
      for macro in setBy[next] ?? [] where names.insert(macro).inserted { waiting.append(macro) }
    }
    var deciding = AttributeRules()
    deciding.macros = macros.filter { names.contains($0.key) }
    deciding.rules = rules.compactMap { rule in
      let assignments = rule.assignments.filter { names.contains($0.name) }
      return assignments.isEmpty ? nil : Rule(folder: rule.folder, pattern: rule.pattern, assignments: assignments)
    }
    return deciding
  }

  /// How many lines give attributes to paths.
  public var count: Int { rules.count }

  private static func applies(_ rule: Rule, to path: RepositoryPath) -> Bool {
    if rule.folder == .root { return rule.pattern.matches(path.bytes[...], isFolder: false) }
    let below = rule.folder.bytes.count
    guard path.bytes.count > below, path.bytes[below] == RepositoryPath.slash, path.bytes.starts(with: rule.folder.bytes) else {
      return false
    }
    return rule.pattern.matches(path.bytes[(below + 1)...], isFolder: false)
  }
}
