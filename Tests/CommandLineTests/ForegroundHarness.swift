/// Does the same at a terminal twice, with the bare command and under `audit-residue run`, to compare what is seen.
struct ForegroundHarness {
  /// What a person at the terminal sees, and the status in the end.
  struct Seen: Equatable {
    var transcript: String
    var status: Int32
  }

  /// Words that make a command one that `audit-residue run` runs, silently: its one watch fails at once.
  let wrapper: [String]

  /// The same in a shell script.
  var wrapperText: String { wrapper.joined(separator: " ") }

  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(
      "audit-residue.yaml",
      """
      version: 1
      store: \(folder.path)/store
      watches:
        - {name: nothing, provider: kubernetes-feature-gates, with: {repository: /nonexistent}}
      """)
    wrapper = [BuiltProgram.path, "run", "-q", "-C", folder.path, "--"]
  }

  /// Runs a shell script directly on the terminal.
  func run(
    _ script: String, acting: (PseudoTerminal) async throws -> Void = { _ in }
  ) async throws -> (bare: Seen, wrapped: Seen) {
    try await both { wrapper in
      let terminal = try PseudoTerminal(wrapper + ["/bin/bash", "--norc", "--noprofile", "-c", script])
      try await acting(terminal)
      return Seen(status: try await terminal.end(), of: terminal)
    }
  }

  /// Types at an interactive shell with job control, in which `$W` stands before the command.
  func atShell(acting: (PseudoTerminal) async throws -> Void) async throws -> (bare: Seen, wrapped: Seen) {
    try await both { wrapper in
      let environment = ["W": wrapper.joined(separator: " ")]
      let terminal = try PseudoTerminal(["/bin/bash", "--norc", "--noprofile", "--noediting", "-i"], environment: environment)
      terminal.type("PS1=; echo shell ready\n")
      try await terminal.expect("shell ready\r\n")
      try await acting(terminal)
      terminal.type("exit 5\n")
      return Seen(status: try await terminal.end(), of: terminal)
    }
  }

  private func both(_ look: ([String]) async throws -> Seen) async throws -> (bare: Seen, wrapped: Seen) {
    (bare: try await look([]), wrapped: try await look(wrapper))
  }
}

extension ForegroundHarness.Seen {
  /// Process ids differ from run to run, and so does bash's idea of the current job; nothing else does.
  init(status: Int32, of terminal: PseudoTerminal) {
    let jobs = terminal.text.replacing(/\[1\] \d+/) { _ in "[1] PID" }.replacing("[1]-", with: "[1]+")
    self.init(transcript: jobs, status: status)
  }
}
