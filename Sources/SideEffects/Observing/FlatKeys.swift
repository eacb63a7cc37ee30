import Documents

extension DocumentPath {
  /// What the path finds in a map whose keys are dotted names, as in Java properties and dotenv files: `features.*` takes `features.dark`.
  func flatMatches(in document: Document) -> [PathMatch] {
    (document.members ?? []).filter { member in
      let words = member.key.split(separator: ".", omittingEmptySubsequences: false)
      return Self.fits(words[...], steps[...], member.value)
    }.map { PathMatch(name: Text($0.key), key: Text($0.key), document: $0.value) }
  }

  private static func fits(_ words: ArraySlice<Substring>, _ steps: ArraySlice<Step>, _ value: Document) -> Bool {
    guard let step = steps.first else { return words.isEmpty && !value.isNull }
    switch step {
    case .everyValue: return true
    case .member(let name, _):
      return words.first.map { Text(String($0)) == name } ?? false && fits(words.dropFirst(), steps.dropFirst(), value)
    case .members(let glob):
      return words.first.map { Glob.fits(name: String($0), glob.string) } ?? false && fits(words.dropFirst(), steps.dropFirst(), value)
    case .everyElement, .elements, .elementsBy: return false
    }
  }
}
