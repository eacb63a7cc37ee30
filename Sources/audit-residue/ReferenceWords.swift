import SideEffects

/// A reference to a secret as messages may show it.
///
/// Some people write the secret where its name belongs (`{env: ghp_0123…}`), so only what no service makes as a token is repeated.
struct ReferenceWords {
  let shown: String

  init(_ reference: SecretReference) {
    switch reference {
    case .environment(let variable):
      shown = Self.isVariable(variable.string) ? "the environment variable \(variable)" : "the environment variable that `env` names"
    case .file(let path): shown = Self.isPath(path.string) ? "the file \(path)" : "the file that `file` names"
    case .command(let words):
      shown =
        Self.isPath(words.first.string) || Self.isProgram(words.first.string) ? "`\(words.first)`" : "the program that `command` names"
    }
  }

  /// Capital letters, and digits only where underscores part the words.
  private static func isVariable(_ name: String) -> Bool {
    name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
      case UInt8(ascii: "0")...UInt8(ascii: "9"): name.contains("_")
      default: false
      }
    }
  }

  private static func isPath(_ path: String) -> Bool { ["/", "./", "../"].contains { path.hasPrefix($0) } }

  private static func isProgram(_ name: String) -> Bool {
    name.utf8.count <= 20 && name.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "-") }
  }
}
