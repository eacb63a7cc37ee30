import ArgumentParser
import Glibc

/// The process: signals first, then the work off the main thread, which leads signals from then on.
@main
enum Main {
  static func main() {
    let descriptors = InheritedDescriptors()
    let signals = SignalSet()
    let environment = Environment.ofProcess
    let progress = Progress(terminal: Terminal(descriptor: STDERR_FILENO, environment: environment), stream: .error)
    let hub = SignalHub(signals: signals, descriptors: descriptors, progress: progress)
    Task.detached {
      exit(await run(hub, progress, environment))
    }
    hub.deliver()
  }

  private static func run(_ hub: SignalHub, _ progress: Progress, _ environment: [String: String]) async -> ExitStatus.Code {
    do {
      var parsed = try AuditResidue.parseAsRoot(LeadingOptions.moved(Array(CommandLine.arguments.dropFirst())))
      guard let command = parsed as? any SessionCommand else {
        // A group of commands, or help itself: both end by throwing what is to be printed.
        try parsed.run()
        return ExitStatus.clean.rawValue
      }
      let session = Session(hub: hub, progress: progress, environment: environment, options: command.options)
      return await run(command, in: session)
    } catch {
      return explain(error)
    }
  }

  private static func run(_ command: any SessionCommand, in session: Session) async -> ExitStatus.Code {
    do throws(Stop) {
      return try await command.run(in: session)
    } catch {
      session.console.tell(error.failure)
      return error.status.rawValue
    }
  }

  /// Prints help, or what is wrong with the arguments.
  private static func explain(_ error: any Error) -> ExitStatus.Code {
    let isAsked = AuditResidue.exitCode(for: error) == .success
    let message = AuditResidue.fullMessage(for: error)
    let text = message.hasSuffix("\n") ? message : message + "\n"
    let statuses = isAsked && text != AuditResidue.version + "\n" ? HelpText.statuses(of: CommandLine.arguments.dropFirst()) : ""
    // Whoever asked for help and closed the output has no use for another message.
    try? (isAsked ? StandardStream.output : StandardStream.error).write(text + statuses)
    return isAsked ? ExitStatus.clean.rawValue : ExitStatus.ofWrongUsage(in: CommandLine.arguments.dropFirst()).rawValue
  }
}
