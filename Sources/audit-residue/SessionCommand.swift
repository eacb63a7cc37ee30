import ArgumentParser
import SideEffects

/// A command that does its work off the main thread and ends with a status of its own.
protocol SessionCommand: ParsableCommand, Sendable {
  var options: GlobalOptions { get }

  /// - Returns: The status of the process.
  func run(in session: Session) async throws(Stop) -> ExitStatus.Code
}

extension ExitStatus {
  /// A status of the process: one of ours, or a command's own.
  typealias Code = Int32

  /// Does something whose failure ends the command with this status.
  func unless<Value>(_ work: @autoclosure () async throws(Failure) -> Value) async throws(Stop) -> Value {
    do throws(Failure) {
      return try await work()
    } catch {
      throw Stop(error, self)
    }
  }
}
