import SideEffects
import Synchronization

/// Asks the person at the terminal for each step, or goes by what the command line says.
final class TerminalConsent: Consent {
  private struct State {
    /// `a` was answered: steps that can be put back are carried out without asking.
    var takesAll = false
  }

  private let session: Session
  private let style: Style
  private let isDryRun: Bool
  private let isYes: Bool
  private let acceptsRisk: Bool
  private let asked: [AskedSecret]
  private let folder: String
  private let state = Mutex(State())

  init(session: Session, isDryRun: Bool, isYes: Bool, acceptsRisk: Bool, asked: [AskedSecret], folder: String) {
    (self.session, self.isDryRun, self.isYes, self.acceptsRisk) = (session, isDryRun, isYes, acceptsRisk)
    (self.asked, self.folder) = (asked, folder)
    style = session.console.isColoredOnError ? .coloured : .plain
  }

  func decide(_ step: Step, course: JournalEntry.Course, milder: Bool, asks: [Text]) async -> Decision {
    if isDryRun { return .dryRun }
    let isRisky = step.risk != .reversible
    if isYes && (acceptsRisk || !isRisky) || !isRisky && state.withLock({ $0.takesAll }) { return await secrets(asks, step) }
    guard session.console.isInteractive else { return .leave(isYes ? Self.risky : Self.unasked) }
    session.console.tell(step, style)
    if case .patch? = course == .undo ? step.undo : step.remedy {
      session.console.say("Yes commits the patch to a branch of its own; what is checked out is not touched.\n")
    }
    while true {
      let choices = "[y]es, [n]o" + (milder ? ", [m]ilder way" : "") + (isRisky ? "" : ", [a]ll that can be put back") + ", [q]uit"
      let question = course == .undo ? "Take back" : "Carry out"
      let answer = session.console.askForLine("\(question) step \(step.number)? \(choices): ")?.lowercased()
      if Task.isCancelled { return .stop }
      switch answer {
      case "y", "yes": return await secrets(asks, step)
      case "n", "no": return .leave(Self.declined)
      case "m" where milder: return .takeMilder
      case "a" where !isRisky:
        state.withLock { $0.takesAll = true }
        return await secrets(asks, step)
      case "q", "quit": return .stop
      // The input has ended: nobody is there.
      case nil: return .stop
      default: continue
      }
    }
  }

  /// What the step's requests need and nobody has kept.
  private func secrets(_ names: [Text], _ step: Step) async -> Decision {
    var secrets: [Text: Secret] = [:]
    let source = SecretSource(environment: session.environment, folder: folder)
    for name in names {
      if let given = asked.last(where: { $0.fits(name, of: step.number) }) {
        do throws(Failure) {
          secrets[name] = try await source.secret(given.reference, called: name)
        } catch {
          return .leave(error.diagnostics.first)
        }
      } else if session.console.isInteractive, let typed = session.console.askSecretly("\(name) for step \(step.number) (not shown): ") {
        secrets[name] = typed
      } else {
        return .leave(
          Diagnostic(
            "secret-missing", "it needs `\(name)`, which is kept nowhere",
            advice: "Give it at a terminal, or with --ask \(step.number).\(name)=env:VARIABLE"))
      }
    }
    return .carryOut(secrets)
  }

  private static let declined = Diagnostic("declined", "you said no")
  private static let unasked = Diagnostic(
    "not-agreed", "there is no terminal to ask at", advice: "Carry it out with --yes, or by hand.")
  private static let risky = Diagnostic(
    "not-agreed", "something of it can't be put back, and --yes does not cover that",
    advice: "Carry it out with --accept-risk as well, or at a terminal.")
}
