/// Says whether a step is carried out: a person at a terminal, or what was given on the command line.
public protocol Consent: Sendable {
  /// - Parameters:
  ///   - milder: Whether the step has a milder way that may be taken instead.
  ///   - asks: The names of what its requests need from a person.
  func decide(_ step: Step, course: JournalEntry.Course, milder: Bool, asks: [Text]) async -> Decision
}

/// The answer for one step.
public enum Decision: Sendable {
  /// With what was asked for, by name.
  case carryOut([Text: Secret])
  case takeMilder
  /// It would be carried out, and nothing is to be done.
  case dryRun
  case leave(Diagnostic)
  /// This step and all that come after it are left.
  case stop
}

/// Whether requests are sent now.
enum Agreement {
  case go([Text: Secret])
  case no(StepOutcome)
}
