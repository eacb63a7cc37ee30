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
    let command: any ParsableCommand
    do {
      command = try AuditResidue.parseAsRoot()
      guard let command = command as? any SessionCommand else {
        throw CleanExit.helpRequest(command)
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
    let code = AuditResidue.exitCode(for: error)
    let text = AuditResidue.fullMessage(for: error) + "\n"
    try? (code == .success ? StandardStream.output : StandardStream.error).write(text)
    return code == .success ? ExitStatus.clean.rawValue : ExitStatus.usage.rawValue
  }
}
