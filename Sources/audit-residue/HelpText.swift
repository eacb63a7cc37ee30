import ArgumentParser

/// What the help of all commands ends with.
enum HelpText {
  /// The exit statuses of the command that the arguments name; empty for a group of commands.
  static func statuses(of arguments: some Sequence<String>) -> String {
    guard let command = command(arguments) as? any SessionCommand.Type else { return "" }
    return "\nEXIT STATUS:\n\(ExitStatus.help(for: command.family))\n"
  }

  /// The command that the arguments name; a group, or the program itself, where they name no more.
  static func command(_ arguments: some Sequence<String>) -> any ParsableCommand.Type {
    var command: any ParsableCommand.Type = AuditResidue.self
    for word in arguments {
      command = command.configuration.subcommands.first { $0.configuration.commandName == word } ?? command
    }
    return command
  }
}
