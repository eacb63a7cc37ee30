import Glibc

/// The process: signals first, then the work off the main thread, which leads signals from then on.
@main
enum Main {
  static func main() {
    let descriptors = InheritedDescriptors()
    let signals = SignalSet()
    let terminal = Terminal(descriptor: STDERR_FILENO, environment: Environment.ofProcess)
    let hub = SignalHub(signals: signals, descriptors: descriptors, progress: Progress(terminal: terminal, stream: .error))
    Task.detached {
      exit(await run(hub))
    }
    hub.deliver()
  }

  private static func run(_ hub: SignalHub) async -> Int32 {
    let arguments = CommandLine.arguments
    guard arguments.count > 3, arguments[1...2] == ["run", "--"] else { return ExitStatus.usage.rawValue }
    let end = await hub.runForeground(CommandArguments(last: arguments.count - 3))
    if case .notStarted(let code) = end {
      try? StandardStream.error.write("audit-residue: \(arguments[3]): \(String(cString: strerror(code)))\n")
    }
    return end.exitStatus
  }
}
