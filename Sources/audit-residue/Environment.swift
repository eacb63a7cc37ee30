import Glibc

/// The environment's variables.
enum Environment {
  /// The process's own, as they were when asked; of two with one name the first, as getenv(3) has it.
  static var ofProcess: [String: String] {
    var variables: [String: String] = [:]
    var position = environ
    while let entry = position.pointee {
      let text = String(cString: entry)
      if let separator = text.firstIndex(of: "="), variables[String(text[..<separator])] == nil {
        variables[String(text[..<separator])] = String(text[text.index(after: separator)...])
      }
      position += 1
    }
    return variables
  }
}
