/// Fixtures/servers/hostile.py, running for as long as this object lives.
public final class HostileServer: Sendable {
  /// One for all tests that need no other options; it ends with the process.
  public static let shared = Result { try HostileServer() }

  private let process: ServerProcess

  public var port: Int { process.port }

  /// Starts it on a free port; the arguments are explained in the script.
  public init(_ arguments: String...) throws { process = try ServerProcess("hostile.py", arguments) }

  /// Ends the server at once; its port stays free.
  public func stop() { process.stop() }

  public func url(_ path: String, scheme: String = "http") -> String { "\(scheme)://127.0.0.1:\(port)\(path)" }
}
