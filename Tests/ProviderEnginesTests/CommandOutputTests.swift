import LoopbackServers
import ProviderEngines
import SideEffects
import Testing

@Suite("A command that prints a secret")
struct CommandOutputTests {
  private func secret(_ script: String, timeLimit: Duration = .seconds(10)) async throws(Failure) -> String {
    let secret = try await CommandOutput(timeLimit: timeLimit).firstLine(of: NonEmpty("sh", ["-c", Text(script)]))
    return secret.withBytes { String(decoding: $0, as: UTF8.self) }
  }

  private func refusal(_ script: String, timeLimit: Duration = .seconds(10)) async throws -> Diagnostic {
    do throws(Failure) {
      _ = try await secret(script, timeLimit: timeLimit)
    } catch {
      #expect(error.diagnostics.first.rule == "secret-unreadable")
      #expect(!error.diagnostics.first.advice.isEmpty)
      #expect(!"\(error)".contains("geheim"))
      return error.diagnostics.first
    }
    struct NotRefused: Error {}
    throw NotRefused()
  }

  @Test("gives its first line, without the line break")
  func firstLine() async throws {
    #expect(try await secret("printf 'token-1'") == "token-1")
    #expect(try await secret("printf 'token-2\\nuser: x\\n'") == "token-2")
    #expect(try await secret("printf ' with blanks \\r\\n'") == " with blanks ")
  }

  @Test("gets its arguments as they are, without a shell between")
  func noShell() async throws {
    let secret = try await CommandOutput().firstLine(of: NonEmpty("printf", ["%s", "$HOME;`id`"]))
    #expect(secret.withBytes { String(decoding: $0, as: UTF8.self) } == "$HOME;`id`")
    let whole = try await CommandOutput().firstLine(of: NonEmpty("/bin/echo", ["whole path"]))
    #expect(whole.withBytes { String(decoding: $0, as: UTF8.self) } == "whole path")
  }

  @Test("that fails says its status, and nothing of what it wrote")
  func fails() async throws {
    #expect(try await refusal("echo geheim; echo geheim >&2; exit 3").sentence == "failed (exit status 3)")
    #expect(try await refusal("kill -9 $$").sentence == "failed (signal 9)")
  }

  @Test("that prints nothing, or an empty line first, gives no secret")
  func empty() async throws {
    #expect(try await refusal("true").sentence == "printed nothing on its first line")
    #expect(try await refusal("printf '\\ngeheim\\n'").sentence == "printed nothing on its first line")
  }

  @Test("that prints without end is stopped")
  func endless() async throws {
    #expect(try await refusal("yes geheim").sentence == "printed more than 65536 bytes")
  }

  @Test(
    "that doesn't end is ended, and killed where it takes no notice",
    arguments: ["sleep 30", "trap '' TERM; sleep 30", "echo geheim; sleep 30 & sleep 30"])
  func tooLong(script: String) async throws {
    let start = ContinuousClock.now
    #expect(try await refusal(script, timeLimit: .seconds(1)).sentence == "did not end within 1 s")
    #expect(ContinuousClock.now - start < .seconds(25))
  }

  @Test("that leaves a process behind is not waited for longer than itself")
  func leftBehind() async throws {
    let start = ContinuousClock.now
    #expect(try await secret("sleep 30 & echo token") == "token")
    #expect(ContinuousClock.now - start < .seconds(25))
  }

  @Test("that does not exist is said")
  func missing() async throws {
    for name in ["no-such-program-4711", "/no/such/program"] as [Text] {
      let failure = await #expect(throws: Failure.self) { try await CommandOutput().firstLine(of: NonEmpty(name, ["geheim"])) }
      #expect(failure?.diagnostics.first.sentence == Text("can't be started: there is no such program"))
    }
  }
}
