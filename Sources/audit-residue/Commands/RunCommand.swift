import ArgumentParser
import Glibc
import SideEffects

/// `audit-residue run -- COMMAND...`: before, the command, after, diff, plan: one call around an upgrade.
struct RunCommand: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Look, run the upgrade, look again, and say what a restore will not undo.",
    usage: "audit-residue run [<options>] -- <command> ...",
    discussion: """
      The command has the terminal, the descriptors and the signals as if it were started without audit-residue. The second look is \
      taken however it ended. The report goes to standard output after the command's own, or to the file that -o names; -q leaves it out.
      """)
  static let family = ExitStatus.Family.run

  @Option(help: "The upgrade's name; the day and a number, if left out.") var name: String?

  @Option(
    help: ArgumentHelp(
      "End with 3 for residue or 4 for blind spots where the command ends with 0: residue, blind, or both with a comma.", valueName: "what")
  )
  var failOn: FailOn = []

  @Flag(help: "Don't start the command where something can't be read.") var requireComplete = false

  @Option(help: ArgumentHelp("Wait before the second look, such as 30s or 2m, for effects that come late.", valueName: "time"))
  var settle: Wait?

  @OptionGroup var report: ReportOptions
  @OptionGroup var options: GlobalOptions

  @Argument(parsing: .postTerminator, help: "The upgrade's command, after --.") var command: [String] = []

  func validate() throws {
    if command.isEmpty { throw ValidationError("Name the command after `--`: audit-residue run -- ./upgrade.sh") }
  }

  func run(in session: Session) async throws(Stop) -> ExitStatus.Code {
    let (workspace, store) = try await StoreDesk.open(session, configurationStatus: .notStarted, storeStatus: .notStarted)
    let recorder = UpgradeRecorder(session: session, workspace: workspace, store: store)
    try await ExitStatus.notStarted.unless(try recorder.checkWatches())
    let name = try await ExitStatus.notStarted.unless(try await recorder.name(name))
    let before = try await ExitStatus.notStarted.unless(try await recorder.before(name))
    if let signal = before.signal {
      session.console.note("interrupted; the command was not started")
      return 128 + signal
    }
    if requireComplete, !before.snapshot.isComplete {
      throw Stop(
        "incomplete", "something can't be read, and --require-complete asks for all of it; the command was not started",
        advice: "See the warnings above, or leave --require-complete out.", .notStarted)
    }
    var upgrade = try await ExitStatus.notStarted.unless(try await recorder.begin(name, command: command.first, before: before.snapshot))
    let end = await session.hub.runForeground(CommandArguments(last: command.count))
    upgrade.ended = session.now
    upgrade.end = Upgrade.End(end)
    // From here on an interrupt must not keep us from the second look; the look itself can be cut short.
    return await session.hub.interruptible { _ in
    } while: { [upgrade] in
      await finish(upgrade, end, recorder, session)
    }
  }

  private func finish(_ upgrade: Upgrade, _ end: CommandEnd, _ recorder: UpgradeRecorder, _ session: Session) async -> ExitStatus.Code {
    if case .notStarted(let code) = end {
      session.console.tell(
        Diagnostic("not-started", "\(command.first ?? "") can't be started: \(String(cString: strerror(code)))"), .error)
      // There was no upgrade: its name is free again, and `end` doesn't wait for it.
      await recorder.takeBack(upgrade)
      return end.exitStatus
    }
    do throws(Failure) {
      try await recorder.record(upgrade)
    } catch {
      session.console.tell(error)
    }
    if let settle {
      session.console.detail("waiting before the second look")
      _ = await session.hub.cancelledByInterrupt { _ in
      } _: {
        try? await Task.sleep(for: settle.duration)
      }
    }
    do throws(Stop) {
      let (audit, _) = try await ExitStatus.failure.unless(try await recorder.after(upgrade, in: await recorder.workspace.renewed()))
      try ReportWriter(session: session, options: report).write(audit, next: Advice.next(audit, upgrade: upgrade))
      return status(end, audit)
    } catch {
      session.console.tell(error.failure)
      // Whoever asked to be told of residue must not take a failed look for a clean one.
      return end.exitStatus == 0 && !failOn.isEmpty ? error.status.rawValue : end.exitStatus
    }
  }

  private func status(_ end: CommandEnd, _ audit: Audit) -> ExitStatus.Code {
    guard end.exitStatus == 0 else { return end.exitStatus }
    if failOn.contains(.residue), !audit.residue.isEmpty || !audit.stale.isEmpty { return ExitStatus.residue.rawValue }
    if failOn.contains(.blind), !audit.openBlindSpots.isEmpty { return ExitStatus.blindSpots.rawValue }
    return ExitStatus.clean.rawValue
  }
}

extension Upgrade.End {
  fileprivate init(_ end: CommandEnd) {
    switch end {
    case .exited(let status): self = .exited(status)
    case .signalled(let signal): self = .signalled(signal)
    case .notStarted: self = .exited(end.exitStatus)
    }
  }
}
