import SideEffects

/// Settles whether a configuration may do what needs trust: by what is remembered, by `--trust`, or by asking once.
struct TrustQuestion {
  let session: Session
  let subject: Trust.Subject

  /// - Throws: `not-trusted` where nobody said yes.
  func settle() throws(Failure) {
    guard !subject.reasons.isEmpty else { return }
    let trust = session.state.map { Trust(file: $0.trusted) }
    if trust?.isRemembered(subject) == true { return }
    guard session.options.isTrusting || answer() else {
      throw Failure(
        "not-trusted", "this configuration is not trusted: \(subject.reasons.joined(separator: "; "))",
        advice: "Look at it, and say --trust once if that is what you want.", place: .file(subject.configuration.file, line: 0, column: 0))
    }
    do throws(FileSystem.Problem) {
      try trust?.remember(subject)
    } catch {
      session.console.tell(
        Diagnostic(
          "trust-forgotten", "that it is trusted can't be remembered: \(error.words)", advice: "It will be asked again.",
          place: .file(Text(trust?.file ?? ""), line: 0, column: 0)), .warning)
    }
  }

  private func answer() -> Bool {
    guard session.console.isInteractive else { return false }
    for reason in subject.reasons { session.console.note("\(subject.configuration.file): \(reason)") }
    return session.console.confirm("Trust this configuration, as it is now?")
  }
}
