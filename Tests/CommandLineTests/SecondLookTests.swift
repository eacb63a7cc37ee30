import Testing

@Suite("the snapshot after another one of the same repository")
struct SecondLookTests {
  private static let configuration = """
    STORE
    watches:
      - {name: files, provider: flag-files, with: {repository: code, ref: HEAD, files: '**/*.yaml'}}
      - name: words
        provider: pattern-flags
        with: {repository: code, ref: HEAD, files: '**/*.src', pattern: '(?m)^flag (?<name>\\w+) = (?<value>\\S+);'}

    """
  private static let commit = "git add --all && git -c commit.gpgsign=false commit -q --allow-empty -m change"

  /// All that a snapshot holds, without its name and time.
  private func held(_ bench: Workbench, _ name: String, _ more: String...) async throws -> [Substring] {
    _ = try await bench.run(["snapshot", name] + more)
    let output = try await bench.run(["show", name, "-v"] + more).output
    // Each store has a key of its own.
    return output.replacing(try Regex("fingerprint:[0-9a-f]+"), with: "fingerprint").split(separator: "\n").dropFirst().map { $0 }
  }

  @Test("holds what a first one would, whatever was changed in between", arguments: [1, 2])
  func same(seed: UInt64) async throws {
    var chance = Chance(seed: seed)
    let bench = try Workbench(Self.configuration)
    try bench.makeRepository()
    let names = ["a.yaml", "x/b.yaml", "x/broken.yaml", "a.src", "b.src", "x/c.src", "test/t.src", "lib/v.src"]
    for step in 0..<8 {
      for _ in 0...Int.random(in: 1...4, using: &chance) {
        let name = names.randomElement(using: &chance) ?? "a.yaml"
        let value = ["true", "false", "7", "\"text\""].randomElement(using: &chance) ?? "true"
        switch (Int.random(in: 0...6, using: &chance), name.hasSuffix(".src")) {
        case (0, _): try? bench.git("rm -rf \(name)")
        case (1, _): try bench.folder.write("code/.gitattributes", Bool.random(using: &chance) ? "lib/** linguist-vendored\n" : "\n")
        case (_, true): try bench.git("mkdir -p $(dirname \(name)); echo 'flag both = \(value);\nflag \(step % 3) = \(value);' > \(name)")
        case (_, false):
          try bench.git(
            "mkdir -p $(dirname \(name)); echo 'one: \(value)\ntwo: {three: \(value)\(name.contains("broken") ? "" : "}")' > \(name)")
        }
      }
      try bench.git(Self.commit)
      let again = try await held(bench, "s\(step)")
      let first = try await held(bench, "s\(step)", "--store", "fresh\(step)")
      #expect(again == first, "step \(step)")
    }
  }

  @Test("takes nothing over where a provider makes something of the reference's name")
  func byReference() async throws {
    let bench = try Workbench(
      "STORE\nproviders: [providers]\nwatches:\n  - {name: words, provider: own, with: {repository: code, ref: main}}\n")
    try bench.makeRepository()
    try Self.writeProvider(bench, value: "{value} at {ref}")
    try bench.git("echo 'flag a = true;' > a.src && \(Self.commit) && git branch other")
    _ = try await held(bench, "first", "--trust")
    let second = try await held(bench, "second", "--trust", "--with", "words.ref=other")
    #expect(second.contains { $0.contains("true at other") }, "\(second)")
  }

  private static func writeProvider(_ bench: Workbench, value: String) throws {
    let kinds = ["flag", "word"].map { kind in
      """
        \(kind):
          is: flag
          list: {files: ["**/*.src"], pattern: '(?m)^\(kind) (?<name>\\w+) = (?<value>\\S+);', let: {state: "\(value)"}}
          id: "{name}"
          value: "{state}"
          remedy: {updated: {do: patch}, created: {by hand: take it out}, deleted: {by hand: put it back}}

      """
    }
    try bench.write(
      provider: "own",
      "manifest: 1\ntitle: Own flags\nengine: git\nsettings: {repository: {}, ref: {}}\nkinds:\n" + kinds.joined())
  }

  @Test("knows what stood in tests from the start, also when a step is verified", arguments: ["pattern-flags", "own"])
  func verified(provider: String) async throws {
    let bench = try Workbench(
      provider == "own"
        ? "STORE\nproviders: [providers]\nwatches:\n  - {name: words, provider: own, with: {repository: code, ref: HEAD}}\n"
        : Self.configuration)
    try bench.makeRepository()
    if provider == "own" { try Self.writeProvider(bench, value: "{value}") }
    _ = try await bench.run("check", "--trust")
    try bench.git("mkdir tests && echo 'flag new = true;' > tests/t.src && echo 'flag old = true;' > a.src && \(Self.commit)")
    let add = "cd code && echo 'flag new = true;' >> a.src && git -c user.name=n -c user.email=e commit -qam add"
    #expect(try await bench.run("run", "--name", "up", "--", "sh", "-c", add).output.contains("+ new"))
    _ = try await bench.run("plan", "--upgrade", "up")
    #expect(try await bench.run("verify", "up").status == 3)
    try bench.git("echo 'flag old = true;' > a.src && \(Self.commit)")
    let done = try await bench.run("verify", "up")
    #expect(done.status == 0, "\(done.output)\(done.error)")
  }

  @Test("says that a flag is deleted only where it came to stand in nothing that is left out, at any look since the first")
  func movedAndBack() async throws {
    let bench = try Workbench(Self.configuration)
    try bench.makeRepository()
    func snapshot(_ name: String, flags: [String], tests: [String]) async throws {
      func text(_ names: [String]) -> String { names.map { "flag \($0) = true;\\n" }.joined() }
      try bench.git("mkdir -p tests; printf '\(text(flags))' > a.src; printf '\(text(tests))' > tests/t.src; \(Self.commit)")
      #expect(try await bench.run("snapshot", name).status == 0)
    }
    try await snapshot("one", flags: ["kept", "moved", "gone", "back"], tests: ["gone", "back"])
    try await snapshot("two", flags: ["kept", "moved", "gone", "back"], tests: ["gone", "moved"])
    try await snapshot("three", flags: ["kept", "moved", "gone", "back", "new"], tests: ["gone", "back"])
    #expect(try await bench.run("diff", "one", "three").output.contains("+ new"))
    try await snapshot("four", flags: ["kept"], tests: ["gone", "moved", "back"])
    for before in ["one", "two", "three"] {
      let text = try await bench.run("diff", before, "four").output
      // At the second look it stood there as well, so it has not come there since.
      #expect(text.contains("- gone") && text.contains("- moved") == (before == "two"), "\(before): \(text)")
      #expect(text.contains("left-out-by-name"), "\(before): \(text)")
    }
    // The test had it at first, lost it and got it again.
    #expect(!(try await bench.run("diff", "two", "four").output.contains("- back")))
    try await snapshot("five", flags: [], tests: ["gone", "moved", "back"])
    #expect(try await bench.run("diff", "four", "five").output.contains("- kept"))
  }

  @Test("reads no file again that did not change, also where flags stand in it")
  func unread() async throws {
    let bench = try Workbench(Self.configuration)
    try bench.makeRepository()
    try bench.git("echo 'flag a = true;' > a.src; echo 'flag b = true;' > b.src; \(Self.commit)")
    let first = try await held(bench, "first")
    try bench.git("echo 'flag a = false;' > a.src; \(Self.commit)")
    try bench.git("object=$(git rev-parse HEAD:b.src); rm -f .git/objects/${object%${object#??}}/${object#??}")
    let second = try await bench.run("snapshot", "second")
    #expect(second.status == 0, "\(second.error)")
    let diff = try await bench.run("diff", "first", "second")
    #expect(diff.output.split(separator: "\n").count { $0.contains("~ ") || $0.contains("- ") } == 1, "\(first)\(diff.output)")
    // In another store nobody knows what stood there.
    #expect(try await bench.run("snapshot", "first", "--store", "other").status == 4)
    // Nor where the last snapshot is one that says nothing about it.
    #expect(try await bench.run("forget", "second").status == 0)
    #expect(try await bench.run("snapshot", "third").status == 4)
  }
}

/// The same on every machine.
private struct Chance: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
