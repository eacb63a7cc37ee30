import Glibc
import SideEffects

/// What a command is handed: the process's own things, and where its words go.
struct Session: Sendable {
  let hub: SignalHub
  let progress: Progress
  let environment: [String: String]
  let options: GlobalOptions
  let console: Console

  init(hub: SignalHub, progress: Progress, environment: [String: String], options: GlobalOptions) {
    (self.hub, self.progress, self.environment, self.options) = (hub, progress, environment, options)
    console = Console(options: options, environment: environment, progress: progress)
  }

  /// The folder that relative paths are seen from: the working directory, or what `-C` says.
  var folder: String {
    let here = FileSystem.workingDirectory
    return options.folder.map { FileSystem.path($0, from: here) } ?? here
  }

  var state: StateFolder? { StateFolder(environment: environment) }

  /// The time now.
  var now: Instant { SystemClock.now }
}

/// The machine's clock.
enum SystemClock {
  static var now: Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(seconds: Int64(time.tv_sec), nanoseconds: Int32(time.tv_nsec))
  }
}
