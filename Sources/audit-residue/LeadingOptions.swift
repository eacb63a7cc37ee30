import ArgumentParser

/// Options that stand before the command, as in `audit-residue -C /srv/app list`.
enum LeadingOptions {
  /// Those of `GlobalOptions` that a value follows.
  private static let valued: Set<String> = ["-C", "--config", "--store", "--watch", "--with", "--timeout", "--color"]
  private static let flags: Set<String> = ["-q", "--quiet", "-v", "--verbose", "--trust"]

  /// The same arguments with these options behind the command's name, where its parser looks for them.
  static func moved(_ arguments: [String]) -> [String] {
    var rest = arguments[...]
    var options: [String] = []
    while let word = rest.first {
      let name = String(word.prefix { $0 != "=" })
      guard valued.contains(name) || flags.contains(word) else { break }
      let count = valued.contains(word) ? 2 : 1
      options += rest.prefix(count)
      rest = rest.dropFirst(count)
    }
    var command: any ParsableCommand.Type = AuditResidue.self
    var names: [String] = []
    while let word = rest.first, let next = command.configuration.subcommands.first(where: { $0.configuration.commandName == word }) {
      names.append(word)
      (command, rest) = (next, rest.dropFirst())
    }
    return names.isEmpty ? arguments : names + options + rest
  }
}
