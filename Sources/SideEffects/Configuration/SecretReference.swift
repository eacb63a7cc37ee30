internal import Documents

/// Where a secret comes from.
public enum SecretReference: Hashable, Sendable {
  case environment(Text)
  case file(Text)
  /// A program and its arguments, run without a shell; its first line of output is the secret.
  case command(NonEmpty<Text>)
}

extension SecretReference {
  static let keys = KeyTable(
    "secret", help: "Where a secret comes from: one of the three.",
    keys: [
      .init(
        "env", .text(named: "the name of an environment variable"), help: "The environment variable that holds it.", example: "GITHUB_TOKEN"
      ),
      .init(
        "file", .text(named: "a path"), help: "The file that holds it and nothing else; a line feed at its end does not count.",
        example: "/run/secrets/token"),
      .init(
        "command", .list(.text(named: "an argument")),
        help: "A program with its arguments, run without a shell, that prints it on the first line. A file with it asks for trust once.",
        example: "[pass, show, token]"),
    ],
    isChoice: true, standsForSecret: true)

  /// Reads one whose form was checked; nil where a problem is noted. What was written may be a secret: no message shows it.
  init?(_ document: Document, checker: inout KeyChecker) {
    if let written = document["env"] {
      guard let name = written.text else { return nil }
      guard Self.isVariable(name) else {
        checker.note(
          "wrong-value", "`env` must be the name of an environment variable: letters, digits and `_`",
          advice: "Write the name alone, without `$`. The secret itself never stands here.", at: written.span)
        return nil
      }
      self = .environment(Text(name))
    } else if let written = document["file"] {
      guard let path = written.text else { return nil }
      guard !path.isEmpty else {
        checker.note("wrong-value", "`file` is empty", advice: "Write the path of the file that holds the secret.", at: written.span)
        return nil
      }
      self = .file(Text(path))
    } else if let written = document["command"] {
      guard let words = written.list?.compactMap(\.text), words.count == written.list?.count else { return nil }
      guard let command = NonEmpty(words.map { Text($0) }), !command.first.isEmpty else {
        checker.note(
          "wrong-value", "`command` names no program", advice: "Write the program and its arguments: `[pass, show, token]`.",
          at: written.span)
        return nil
      }
      self = .command(command)
    } else {
      return nil
    }
  }

  /// The names that a shell can set (POSIX, Base Definitions, section 8.1, with lowercase letters).
  private static func isVariable(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return false }
    return name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "_"):
        true
      default: false
      }
    }
  }
}
