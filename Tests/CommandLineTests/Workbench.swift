import Glibc

/// A user's machine in a folder: a configuration, a store, a home, a repository with flags, and the built program.
final class Workbench {
  let folder: TemporaryFolder
  var path: String { folder.path }

  /// - Parameter configuration: `audit-residue.yaml`; nil for none. Two words stand for what the tests share: `STORE` for the line of the store,
  ///   `GATES` for a watch of the flags in `code/flags.yaml`.
  init(_ configuration: String? = "STORE\nwatches:\n  GATES\n") throws {
    folder = try TemporaryFolder()
    for name in ["home", "tmp"] { mkdir("\(path)/\(name)", 0o700) }
    if let configuration { try configure(configuration) }
  }

  func configure(_ configuration: String) throws {
    let whole =
      "version: 1\n"
      + configuration.replacing("STORE\n", with: "store: store\n")
      .replacing("GATES", with: #"- {name: gates, provider: flag-files, with: {repository: code, files: "*.yaml"}}"#)
    try folder.write("audit-residue.yaml", whole)
    if configuration.contains("GATES") { try makeRepository() }
  }

  /// A repository with one commit; its flags can be edited in the work tree.
  func makeRepository(_ name: String = "code", flags: String = "fast: false\nslow: true\n") throws {
    guard Files.bytes("\(path)/\(name)/.git/HEAD") == nil else { return }
    mkdir("\(path)/\(name)", 0o700)
    try folder.write("\(name)/flags.yaml", flags)
    try self.git("git init -q --initial-branch=main . && git add . && git commit -qm flags", in: name)
  }

  /// Runs a script in a repository, whose author and times are always the same.
  func git(_ script: String, in name: String = "code") throws {
    let environment = [
      "GIT_AUTHOR_NAME": "A. Author", "GIT_AUTHOR_EMAIL": "a@example.com", "GIT_COMMITTER_NAME": "A. Author",
      "GIT_COMMITTER_EMAIL": "a@example.com",
      "GIT_AUTHOR_DATE": "2026-05-01T10:00:00Z", "GIT_COMMITTER_DATE": "2026-05-01T10:00:00Z", "GIT_CONFIG_GLOBAL": "/dev/null",
    ]
    let run = try ProgramRun(["/bin/sh", "-c", script], in: "\(path)/\(name)", environment: self.environment.merging(environment) { $1 })
    guard run.wait() == 0 else { throw ProgramRun.Failure(description: "no repository: \(run.error)") }
  }

  /// A provider of the tests: hooks with a URL and a secret, in pages told by Link.
  func makeProvider(_ name: String = "things", kinds: [String] = ["hook"]) throws {
    let declared = kinds.map { kind in
      """
        \(kind):
          is: webhook
          list: {call: GET /\(kind)s}
          id: "{id}"
          name: "{name}"
          attributes: {values: [url, active], sets: [events], secret: [secret]}
          remedy:
            created: {do: "DELETE /\(kind)s/{id}"}
            updated: {by hand: put it back}
            deleted: {by hand: make it again}

      """
    }
    try write(
      provider: name,
      """
      manifest: 1
      title: Things
      settings:
        base: {}
        owner: {default: ""}
        token: {default: ""}
      request:
        base: "{base}"
        auth: {bearer: "{token}"}
        pages: link
      kinds:

      """ + declared.joined())
  }

  /// Writes the manifest of a provider of the user's own.
  func write(provider name: String, _ manifest: String) throws {
    mkdir("\(path)/providers", 0o700)
    mkdir("\(path)/providers/\(name)", 0o700)
    try folder.write("providers/\(name)/provider.yaml", manifest)
  }

  var environment: [String: String] {
    ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "\(path)/home", "TMPDIR": "\(path)/tmp", "LC_ALL": "C"]
  }

  /// Runs the built program to its end.
  func run(_ words: String..., environment: [String: String] = [:], in subfolder: String = "") async throws -> ProgramRun.Ended {
    try await start(words, environment: environment, in: subfolder).end()
  }

  func start(_ words: [String], environment: [String: String] = [:], in subfolder: String = "") throws -> ProgramRun {
    try ProgramRun([BuiltProgram.path] + words, in: "\(path)/\(subfolder)", environment: self.environment.merging(environment) { $1 })
  }

  /// A script that can be given to `run`.
  func script(_ name: String, _ body: String) throws {
    try folder.write(name, "#!/bin/sh\n\(body)\n", mode: 0o700)
  }

  /// The script of an upgrade that turns a flag on.
  func upgrade(and then: String = "") throws {
    try script("upgrade.sh", "sed -i 's/fast: false/fast: true/' code/flags.yaml\n\(then)")
  }
}

extension ProgramRun.Ended {
  /// What differs from one run to the next is named: times, durations, ids of commits, this folder, ports.
  func steady(_ bench: Workbench) -> String { output.steady(bench) }
}

extension String {
  func steady(_ bench: Workbench) -> String {
    replacing(bench.path, with: "HERE")
      .replacing(#/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/#) { _ in "TIME" }
      .replacing(#/\d{4}-\d\d-\d\d-(\d)/#) { "DAY-\($0.1)" }
      .replacing(#/   \d+ s\n/#) { _ in "   0 s\n" }
      .replacing(#/127\.0\.0\.1:\d+/#) { _ in "SERVER" }
      .replacing(#/at [0-9a-f]{8}/#) { _ in "at COMMIT" }
  }
}

extension Workbench {
  func run(_ words: [String], environment: [String: String] = [:], in subfolder: String = "") async throws -> ProgramRun.Ended {
    try await start(words, environment: environment, in: subfolder).end()
  }
}
