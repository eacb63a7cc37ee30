public import SideEffects
import Subprocess
import SystemPackage

/// Runs a program that prints a secret: `command: [pass, show, token]`.
///
/// No shell stands between. What the program writes to stderr is shown to nobody, since it may hold the secret too, and its arguments
/// are not repeated in messages for the same reason.
public struct CommandOutput: Sendable {
  private let timeLimit: Duration
  private let outputLimit: Int
  private let folder: String?

  /// - Parameters:
  ///   - folder: where the program runs, absolute, and what a relative path of it is seen from; this process's own, if left out.
  ///   - outputLimit: in bytes; more is taken for a mistake.
  public init(in folder: String? = nil, timeLimit: Duration = .seconds(10), outputLimit: Int = 64 << 10) {
    (self.folder, self.timeLimit, self.outputLimit) = (folder, timeLimit, outputLimit)
  }

  /// The first line of what the program prints, without its line break.
  ///
  /// The program gets no input and this process's environment and terminal. When its time is over it is ended, a second later killed.
  public func firstLine(of command: NonEmpty<Text>) async throws(Failure) -> Secret {
    // The sentence begins after the program's name, which whoever asks may show.
    func failure(_ sentence: String, _ advice: String) -> Failure { Failure("secret-unreadable", sentence, advice: advice) }
    switch await runWithinLimit(command) {
    case .tooLong:
      throw failure("did not end within \(timeLimit.components.seconds) s", "Run it by hand: it may wait for an answer to a question.")
    case .notFound:
      throw failure("can't be started: there is no such program", "Write its whole path, or check PATH.")
    case .tooMuch:
      throw failure("printed more than \(outputLimit) bytes", "Let it print the secret and nothing else.")
    case .broken:
      throw failure("could not be run", "Run it by hand to see why.")
    case .ended(let status, let output):
      guard status.isSuccess else {
        throw failure(
          "failed (\(Self.words(status)))", "Run it by hand to see why: what it says isn't repeated here, since it may hold the secret.")
      }
      let line = output.prefix { $0 != UInt8(ascii: "\n") }
      let secret = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      guard !secret.isEmpty else { throw failure("printed nothing on its first line", "Let it print the secret on the first line.") }
      return Secret(Array(secret))
    }
  }

  private enum End: Sendable {
    case ended(TerminationStatus, [UInt8])
    case notFound
    case tooMuch
    case tooLong
    case broken
  }

  private func runWithinLimit(_ command: NonEmpty<Text>) async -> End {
    await withTaskGroup(of: End.self) { group in
      group.addTask { await run(command) }
      group.addTask {
        try? await Task.sleep(for: timeLimit)
        return .tooLong
      }
      defer { group.cancelAll() }
      return await group.next() ?? .broken
    }
  }

  private func run(_ command: NonEmpty<Text>) async -> End {
    let name = command.first.string
    let path = name.hasPrefix("/") ? FilePath(name) : FilePath(folder ?? ".").appending(name)
    var options = PlatformOptions()
    options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(1))]
    do {
      let result = try await Subprocess.run(
        name.contains("/") ? .path(path) : .name(name), arguments: Arguments(command.rest.map(\.string)),
        workingDirectory: folder.map { FilePath($0) }, platformOptions: options,
        output: .bytes(limit: outputLimit), error: .discarded)
      return .ended(result.terminationStatus, result.standardOutput)
    } catch let error as SubprocessError {
      return error.code == .executableNotFound ? .notFound : error.code == .outputLimitExceeded ? .tooMuch : .broken
    } catch {
      return .broken
    }
  }

  private static func words(_ status: TerminationStatus) -> String {
    switch status {
    case .exited(let code): "exit status \(code)"
    case .signaled(let signal): "signal \(signal)"
    }
  }
}
