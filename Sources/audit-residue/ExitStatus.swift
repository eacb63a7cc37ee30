/// How this program ends: each status with its meaning, the one table for help and documents.
enum ExitStatus: Int32, CaseIterable, Sendable {
  case clean = 0
  case failure = 1
  case residue = 3
  case blindSpots = 4
  case refused = 5
  case usage = 64
  case notStarted = 125
  case notExecutable = 126
  case notFound = 127

  /// Commands that end alike.
  enum Family: CaseIterable, Sendable {
    /// `diff`, `end`, `audit`, `plan`, `apply`, `verify`: what was found decides.
    case findings

    /// `snapshot`, `check`, `begin`: whether all could be read decides.
    case looks

    /// `run`: the command decides.
    case run

    /// All others.
    case plain
  }

  /// What the status says, as one sentence without its full stop.
  var meaning: String {
    switch self {
    case .clean: "nothing to report"
    case .failure: "audit-residue itself failed"
    case .residue: "residue remains: changes that no restore undoes"
    case .blindSpots: "no residue was found, but something could not be compared or read"
    case .refused: "a safety limit refused"
    case .usage: "wrong usage or configuration"
    case .notStarted: "the command was not started: wrong usage, a broken configuration, or a store that cannot be written"
    case .notExecutable: "the command was found but could not be executed"
    case .notFound: "the command was not found"
    }
  }

  /// Which commands end with this status.
  var families: [Family] {
    switch self {
    case .clean, .usage: [.findings, .looks, .plain]
    case .failure: Family.allCases
    case .residue: [.findings, .run]
    case .blindSpots: [.findings, .looks, .run]
    case .refused: [.findings]
    case .notStarted, .notExecutable, .notFound: [.run]
    }
  }

  /// How wrong arguments end: `run` is told apart from its command's own statuses as `env` is.
  static func ofWrongUsage(in arguments: some Sequence<String>) -> ExitStatus {
    guard let command = HelpText.command(arguments) as? any SessionCommand.Type, command.family == .run else { return .usage }
    return .notStarted
  }

  /// The lines about a family's statuses that end the help of its commands.
  static func help(for family: Family) -> String {
    rows(for: family).map { row in
      "  " + row.status + String(repeating: " ", count: max(1, 9 - row.status.count)) + row.meaning
    }.joined(separator: "\n")
  }

  /// Each status that a family ends with, as text, and what it says.
  static func rows(for family: Family) -> [(status: String, meaning: String)] {
    let own: [(status: String, meaning: String)] = allCases.filter { $0.families.contains(family) }.map { status in
      let condition = family == .run ? status.conditionInRun : ""
      return (String(status.rawValue), status.meaning + condition)
    }
    switch family {
    case .run: return [("own", "the command's own status"), ("128 + n", "signal n ended the command")] + own
    case .findings, .looks, .plain: return own + [("128 + n", "signal n ended audit-residue")]
    }
  }

  private var conditionInRun: String {
    switch self {
    case .residue: ", where the command ended with 0 and --fail-on names residue"
    case .blindSpots: ", where the command ended with 0 and --fail-on names blind"
    case .failure: " after the command, where that ended with 0 and --fail-on is given"
    case .clean, .refused, .usage, .notStarted, .notExecutable, .notFound: ""
    }
  }
}
