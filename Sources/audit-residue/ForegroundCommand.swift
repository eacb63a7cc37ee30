import Glibc

/// A command that has the terminal, the descriptors, the process group and the ignored signals as if the user had started it.
struct ForegroundCommand: Sendable {
  /// Why a command could not be started: errno's number.
  struct StartError: Error, Equatable {
    let code: Int32
  }

  /// What happened to the command since it was last asked.
  enum Change: Equatable, Sendable {
    case ended(CommandEnd)
    case stopped(Int32)
    case continued
  }

  /// The command's process, a child of this one until it has ended and been asked for its end.
  let processID: pid_t

  /// Starts a command, looked up in PATH as a shell would.
  ///
  /// posix_spawn(3) with nothing but the mask: no group, no terminal, no descriptor and no ignored signal is touched.
  /// A script without an interpreter line is given to /bin/sh, as execvp(3), `env` and the shells do.
  /// - Parameters:
  ///   - arguments: the command and its own arguments.
  ///   - mask: the signals that the command starts with blocked: those that were blocked in this process at its start.
  init(_ arguments: CommandArguments, mask: sigset_t) throws(StartError) {
    let name = arguments.words.first ?? [0]
    let path = getenv("PATH").map { Array(UnsafeBufferPointer(start: $0, count: strlen($0) + 1)) }
    var failure = ENOENT
    var isDenied = false
    for candidate in ExecutableSearch.candidates(for: name, path: path) {
      do throws(StartError) {
        self.processID = try Self.start(candidate, arguments.words, mask: mask)
        return
      } catch {
        switch error.code {
        case ENOEXEC:
          let shell = Array("/bin/sh".utf8CString)
          self.processID = try Self.start(shell, [shell, candidate] + arguments.words.dropFirst(), mask: mask)
          return
        case EACCES: isDenied = true
        case ENOENT, ESTALE, ENOTDIR, ENODEV, ETIMEDOUT: failure = error.code
        default: throw error
        }
      }
    }
    throw StartError(code: isDenied ? EACCES : failure)
  }

  /// Sends a signal to the command alone.
  func send(_ signal: Int32) {
    kill(processID, signal)
  }

  /// The next thing that happened to the command, nil when nothing did.
  func nextChange() -> Change? {
    var status: Int32 = 0
    guard waitpid(processID, &status, WNOHANG | WUNTRACED | WCONTINUED) == processID else { return nil }
    // The layout of wait(2)'s status, from <bits/waitstatus.h>: the macros for it are not imported.
    if status == 0xffff { return .continued }
    let signal = status & 0x7f
    let code = (status >> 8) & 0xff
    switch signal {
    case 0: return .ended(.exited(code))
    case 0x7f: return .stopped(code)
    default: return .ended(.signalled(signal))
    }
  }

  private static func start(_ file: [CChar], _ words: [[CChar]], mask: sigset_t) throws(StartError) -> pid_t {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var mask = mask
    posix_spawnattr_setsigmask(&attributes, &mask)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var vector: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for word in vector { free(word) } }
    var processID: pid_t = 0
    let code = posix_spawn(&processID, file, nil, &attributes, &vector, environ)
    guard code == 0 else { throw StartError(code: code) }
    return processID
  }
}
