/// One attribute as a line of a `.gitattributes` file gives it.
struct AttributeAssignment: Equatable, Sendable {
  let name: String
  let state: AttributeRules.State

  init(name: String, state: AttributeRules.State) {
    self.name = name
    self.state = state
  }

  init(_ word: Substring) {
    switch word.first {
    case "-": self.init(name: String(word.dropFirst()), state: .unset)
    case "!": self.init(name: String(word.dropFirst()), state: .unspecified)
    default:
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      self.init(name: String(parts[0]), state: parts.count > 1 ? .value(String(parts[1])) : .set)
    }
  }
}
