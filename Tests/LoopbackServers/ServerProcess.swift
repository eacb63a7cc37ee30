import Glibc

/// A script of Fixtures/servers that prints its port first, running for as long as this object lives.
///
/// Started with posix_spawn: Foundation's `Process` waits on threads that the tests' tasks need.
public final class ServerProcess: Sendable {
  public let port: Int
  private let process: pid_t
  /// The server ends when this end of a pipe is closed, even if the test's process is killed.
  private let standardInput: Int32

  /// Starts it; the arguments are explained in the script.
  public init(_ name: String, _ arguments: [String]) throws {
    let script = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined() + "/Fixtures/servers/\(name)"
    let (input, output) = (try Self.pipe(), try Self.pipe())
    defer {
      close(input.read)
      close(output.read)
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input.read, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output.write, STDOUT_FILENO)
    var words: [UnsafeMutablePointer<CChar>?] = (["python3", script, "--until-stdin-ends"] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process = pid_t()
    let result = posix_spawnp(&process, "python3", &actions, nil, &words, environ)
    close(output.write)
    (self.process, standardInput) = (process, input.write)
    var line = ""
    var byte: UInt8 = 0
    while result == 0, read(output.read, &byte, 1) == 1, byte != UInt8(ascii: "\n") { line.unicodeScalars.append(Unicode.Scalar(byte)) }
    port = Int(line) ?? 0
    guard port > 0 else { throw NotStarted() }
  }

  deinit {
    stop()
    close(standardInput)
  }

  /// Ends the server at once; its port stays free.
  public func stop() {
    var status: Int32 = 0
    // Not reaped yet, so the number still belongs to it.
    guard waitpid(process, &status, WNOHANG) == 0 else { return }
    kill(process, SIGKILL)
    waitpid(process, &status, 0)
  }

  private struct NotStarted: Error {}

  /// Both ends close by themselves in children.
  private static func pipe() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    // From the start, since another test may start a child at any moment.
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else { throw NotStarted() }
    return (ends[0], ends[1])
  }
}
