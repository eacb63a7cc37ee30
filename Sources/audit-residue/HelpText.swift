import ArgumentParser

/// What the help of several commands has in common.
enum HelpText {
  /// The end of each command's help.
  static func statuses(_ family: ExitStatus.Family) -> String {
    "EXIT STATUS:\n\(ExitStatus.help(for: family))"
  }
}
