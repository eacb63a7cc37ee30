import Glibc

/// Fixtures/servers/rabbitmq, running for as long as this object lives.
final class RabbitMQServer {
  static let isInstalled = access("/usr/lib/rabbitmq/bin/rabbitmq-server", X_OK) == 0

  /// Such as `http://127.0.0.1:41234`.
  let url: String
  private let folder: TemporaryFolder
  private let process: pid_t
  /// The server ends when this end of a pair of sockets is closed, even if the test's process is killed.
  private var standardInput: Int32

  init() async throws {
    folder = try TemporaryFolder()
    let script = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined() + "/Fixtures/servers/rabbitmq"
    var ends: [Int32] = [-1, -1]
    // Not for the children that other tests start meanwhile: they would keep the server alive.
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      throw ProgramRun.Failure(description: "socketpair: \(errno)")
    }
    defer { close(ends[0]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, folder.path + "/told", O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, folder.path + "/error", O_WRONLY | O_CREAT, 0o600)
    let command = [script, folder.path + "/data"]
    var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process = pid_t()
    guard posix_spawn(&process, script, &actions, nil, &words, environ) == 0 else {
      throw ProgramRun.Failure(description: "can't start \(script)")
    }
    (self.process, standardInput) = (process, ends[1])
    let (told, error) = (folder.path + "/told", folder.path + "/error")
    var url = ""
    try await eventually("RabbitMQ answers", within: .seconds(180)) {
      if waitpid(process, nil, WNOHANG) != 0 { throw ProgramRun.Failure(description: Files.text(error) ?? "") }
      let text = Files.text(told) ?? ""
      guard text.hasSuffix("READY\n"), let line = text.split(separator: "\n").first(where: { $0.hasPrefix("URL=") }) else { return false }
      url = String(line.dropFirst(4))
      return true
    }
    self.url = url
  }

  deinit { stop() }

  /// Ends the server and waits for it: from then on nothing answers at its URL.
  func stop() {
    guard standardInput >= 0 else { return }
    close(standardInput)
    standardInput = -1
    waitpid(process, nil, 0)
  }
}
