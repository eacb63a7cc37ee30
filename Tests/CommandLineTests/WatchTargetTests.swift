import Testing

@Suite("a watch of several repositories or references")
struct WatchTargetTests {
  private static let commit = "git -c commit.gpgsign=false commit -qam"

  /// Two clones, each with a branch of a release, a deployed revision and a tag.
  private func bench(_ with: String) throws -> Workbench {
    let bench = try Workbench("STORE\nwatches:\n  - {name: flags, provider: flag-files, with: {\(with), files: '*.yaml'}}\n")
    for name in ["code", "clones-a", "clones-b"] {
      try bench.makeRepository(name)
      try bench.git("git branch release-1 && git update-ref refs/deploy/eu HEAD && git tag v1.0", in: name)
    }
    return bench
  }

  @Test("is one watch for each of them, and a flip is told where it is")
  func references() async throws {
    let bench = try bench(#"repository: [code, "clones-*"], ref: [main, "release-*", "refs/deploy/*", "tags/v1.*"]"#)
    let before = try await bench.run("snapshot", "before")
    #expect(before.status == 0)
    for name in ["code", "clones-a", "clones-b"] {
      for reference in ["main", "release-1", "deploy/eu", "tags/v1.0"] {
        #expect(try before.output.contains(Regex("flags@\(name)@\(reference) · flag +2  complete")), "\(before.output)")
      }
    }
    try bench.git(
      "git checkout -q release-1 && sed -i s/false/true/ flags.yaml && \(Self.commit) 'flip it (#7)' && git checkout -q main",
      in: "clones-b")
    #expect(try await bench.run("snapshot", "after").status == 0)
    let diff = try await bench.run("diff", "before", "after")
    #expect(diff.status == 3)
    #expect(diff.output.contains("flags@clones-b@release-1 · flag"))
    #expect(try diff.output.contains(Regex("~ fast +false -> true .*#7")), "\(diff.output)")
    #expect(diff.output.split(separator: "\n").count { $0.contains("~ ") } == 1)
  }

  @Test("can be asked for by its name in the configuration, or by that of one target")
  func named() async throws {
    let bench = try bench(#"repository: ["code", "clones-a"]"#)
    let all = try await bench.run("snapshot", "all", "--watch", "flags")
    #expect(all.output.contains("flags@code · flag") && all.output.contains("flags@clones-a · flag"))
    let one = try await bench.run("snapshot", "one", "--watch", "flags@clones-a")
    #expect(!one.output.contains("flags@code") && one.output.contains("flags@clones-a · flag"))
    let none = try await bench.run("snapshot", "none", "--watch", "flags@clones-b")
    #expect(none.status == 64 && none.error.contains("no watch is called `flags@clones-b`"))
  }

  @Test("is never called clean where a reference or a repository came or went")
  func cameOrWent() async throws {
    let bench = try bench(#"repository: code, ref: "refs/deploy/*""#)
    #expect(try await bench.run("snapshot", "before").status == 0)
    try bench.git("git update-ref refs/deploy/us HEAD && git update-ref -d refs/deploy/eu")
    #expect(try await bench.run("snapshot", "after").status == 0)
    let diff = try await bench.run("diff", "before", "after")
    #expect(diff.status == 4)
    #expect(diff.output.contains("! flags@deploy/us · flag") && diff.output.contains("! flags@deploy/eu · flag"), "\(diff.output)")
  }

  @Test(
    "says which pattern finds nothing, and looks at the rest",
    arguments: [
      (#"repository: code, ref: "refs/none/*""#, "no-reference"), (#"repository: "none-*""#, "no-repository"),
      (#"repository: [code, none]"#, "not-a-repository"),
    ])
  func nothing(with: String, rule: String) async throws {
    let bench = try bench(with)
    let ended = try await bench.run("snapshot", "a", "-v")
    #expect(ended.status == 4)
    #expect(ended.error.contains("[\(rule)]"), "\(ended.error)")
  }

  @Test("reads submodules at the commit that is named for them, and one that is not there is a blind spot")
  func submodules() async throws {
    let bench = try bench(#"repository: code, ref: main, submodules: true"#)
    try bench.git(
      "git -c protocol.file.allow=always submodule add -q ../clones-a libs/a && git -c protocol.file.allow=always submodule add -q ../clones-b libs/b && \(Self.commit) more"
    )
    let before = try await bench.run("snapshot", "before")
    for name in ["flags", "flags@libs/a", "flags@libs/b"] { #expect(try before.output.contains(Regex("\(name) · flag +2  complete"))) }
    // The submodule moves on, which is no news until the repository names the new commit.
    try bench.git("sed -i s/false/true/ flags.yaml && \(Self.commit) flip", in: "code/libs/a")
    #expect(try await bench.run("snapshot", "unnamed").status == 0)
    #expect(try await bench.run("diff", "before", "unnamed").status == 0)
    try bench.git("\(Self.commit) 'name it' && rm -rf libs/b")
    #expect(try await bench.run("snapshot", "after").status == 4)
    let diff = try await bench.run("diff", "before", "after")
    #expect(diff.output.contains("flags@libs/a · flag") && diff.output.contains("! flags@libs/b · flag"), "\(diff.output)")
  }

  @Test("is planned, and put back on a branch of the repository that it was found in")
  func planned() async throws {
    let bench = try bench(#"repository: ["code", "clones-a"], ref: main"#)
    let flip = "cd clones-a && sed -i s/false/true/ flags.yaml && git -c user.name=n -c user.email=n@example.com commit -qam flip"
    #expect(try await bench.run("run", "--name", "up", "--", "sh", "-c", flip).output.contains("flags@clones-a · flag"))
    let plan = try await bench.run("plan", "--upgrade", "up")
    #expect(plan.output.contains("/clones-a at ") && plan.output.contains("-fast: true") && plan.output.contains("+fast: false"))
    let applied = try await bench.run("apply", "up", "--yes")
    #expect(applied.status == 0 || applied.status == 3, "\(applied.output)\(applied.error)")
    try bench.git("git show audit-residue/up:flags.yaml | grep -q 'fast: false'", in: "clones-a")
  }
}
