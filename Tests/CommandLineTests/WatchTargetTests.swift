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

  @Test("is no other watch where a list names one repository and one reference")
  func listOfOne() async throws {
    let bench = try bench(#"repository: [code], ref: [main]"#)
    try bench.folder.write("code/flags.yaml", "fast: true\nslow: true\n")
    let seen = try await bench.run("snapshot", "a")
    #expect(try seen.status == 0 && seen.output.contains(Regex("flags · flag +2  complete")), "\(seen.output)")
    // What is not committed is not on the branch.
    try bench.git("git update-ref refs/heads/other HEAD && \(Self.commit) flip && git update-ref refs/heads/main refs/heads/other")
    #expect(try await bench.run("snapshot", "b").status == 0)
    #expect(try await bench.run("diff", "a", "b").status == 0)
  }

  @Test("is looked at where only the provider says which repository, and where that is a list of references")
  func defaults() async throws {
    let bench = try Workbench(
      "STORE\nproviders: [providers]\nwatches:\n  - {name: flags, provider: own, with: {ref: [main, \"release-*\"]}}\n")
    try bench.makeRepository()
    try bench.git("git branch release-1")
    try bench.write(
      provider: "own",
      """
      manifest: 1
      title: Own flags
      engine: git
      settings: {repository: {default: code}, ref: {}}
      kinds:
        flag:
          list: {files: ["*.yaml"], pattern: '(?m)^(?<name>\\w+): (?<value>\\w+)'}
          id: "{name}"
          value: "{value}"
          remedy: {updated: {do: patch}, created: {by hand: take it out}, deleted: {by hand: put it back}}

      """)
    let seen = try await bench.run("snapshot", "a", "--trust")
    for name in ["flags@main", "flags@release-1"] {
      #expect(try seen.output.contains(Regex("\(name) · flag +2  complete")), "\(seen.output)\(seen.error)")
    }
  }

  @Test("is looked at as it is after an upgrade, which makes branches and names other commits of submodules")
  func duringRun() async throws {
    let bench = try bench(#"repository: code, ref: [main, "release-*"], submodules: true"#)
    try bench.git("git -c protocol.file.allow=always submodule add -q ../clones-a libs/a && \(Self.commit) more")
    let flip = "sed -i s/false/true/ flags.yaml && git -c user.name=n -c user.email=n@example.com commit -qam flip"
    let ended = try await bench.run(
      "run", "--name", "up", "--", "sh", "-c",
      "cd code/libs/a && \(flip) && cd ../.. && git -c user.name=n -c user.email=e commit -qam 'name it' && git branch release-2")
    #expect(try ended.output.contains(Regex("flags@libs/a@main · flag[^~]*~ fast +false -> true")), "\(ended.output)")
    #expect(ended.output.contains("! flags@release-2 · flag"), "\(ended.output)")
  }

  @Test("says of one repository of several that it can't be read, and reads the others")
  func oneOfSeveral() async throws {
    let bench = try bench(#"repository: "clones-*", ref: "release-*""#)
    try bench.git("git branch -D -q release-1", in: "clones-b")
    let without = try await bench.run("snapshot", "a")
    #expect(without.status == 0 && without.output.contains("flags@clones-a@release-1"), "\(without.error)")
    try bench.git("rm -r .git/objects .git/refs", in: "clones-b")
    let broken = try await bench.run("snapshot", "b")
    #expect(broken.status == 4)
    #expect(
      broken.output.contains("flags@clones-a@release-1") && broken.output.contains("flags@clones-b · flag"),
      "\(broken.output)\(broken.error)")
    #expect(try await bench.run("diff", "a", "b").output.contains("! flags@clones-b · flag"))
  }

  @Test("tells of a repository that is named by itself, and of a target that the upgrade took away")
  func namedByItself() async throws {
    let bench = try bench(#"repository: [code, clones-a], ref: "release-*""#)
    try bench.git("git branch -D -q release-1", in: "clones-a")
    let seen = try await bench.run("snapshot", "a", "-v")
    #expect(seen.status == 4 && seen.error.contains("[no-reference]"), "\(seen.error)")
    #expect(
      seen.output.contains("flags@code@release-1 · flag") && seen.output.contains("flags@clones-a@release-* · flag"), "\(seen.output)")
    let gone = try await bench.run(
      "run", "--name", "up", "--watch", "flags@code@release-1", "--", "git", "-C", "code", "branch", "-D", "release-1")
    #expect(gone.output.contains("! flags@code@release-1 · flag"), "\(gone.output)\(gone.error)")
    let byHand = try await bench.run("begin", "hand", "--watch", "flags@code")
    #expect(byHand.status == 64, "\(byHand.error)")
  }

  @Test("tells which submodules can't be known: in conflict, below a tree that is lost, or through a link")
  func unknownSubmodules() async throws {
    let bench = try bench("repository: code, submodules: true")
    let add = "git -c protocol.file.allow=always submodule add -q"
    try bench.git("\(add) ../clones-b vendor/b && \(Self.commit) inner", in: "clones-a")
    try bench.git("\(add) ../clones-a libs/a && \(add) ../clones-b other/b && \(Self.commit) more")
    try bench.git(
      "object=$(git rev-parse HEAD:vendor); rm -f $(git rev-parse --git-dir)/objects/${object%${object#??}}/${object#??}", in: "code/libs/a"
    )
    let lost = try await bench.run("snapshot", "a", "--with", "flags.ref=main")
    #expect(lost.output.contains("flags@libs/a · flag") && lost.output.contains("flags@libs/a/* · flag"), "\(lost.output)\(lost.error)")
    // Two branches that both moved it.
    try bench.git(
      "base=$(git -C other/b rev-parse HEAD); for b in one two; do git checkout -q main; git checkout -q -b $b; git -C other/b checkout -q $base; git -C other/b commit -q --allow-empty -m $b; git add other/b; \(Self.commit) $b; done; git merge -q one || true"
    )
    let conflict = try await bench.run("snapshot", "b", "-v")
    #expect(conflict.error.contains("[merge-conflict]") && conflict.output.contains("flags · flag"), "\(conflict.error)")
    try bench.git("git reset -q --hard && mv other ../elsewhere && ln -s ../elsewhere other")
    #expect(try await bench.run("snapshot", "c", "-v").error.contains("[submodule-outside]"))
  }

  @Test("may have repositories that hold none of its files, as long as one of them holds some")
  func noFiles() async throws {
    let bench = try bench("repository: code, ref: main, submodules: true")
    try bench.git("echo 'deep: true' > inner.yml && git add . && \(Self.commit) inner", in: "clones-a")
    try bench.git("git -c protocol.file.allow=always submodule add -q ../clones-a libs/a && \(Self.commit) more")
    func configure(_ files: String) throws {
      try bench.configure(
        "STORE\nwatches:\n  - {name: flags, provider: flag-files, with: {repository: code, ref: main, submodules: true, files: '\(files)'}}\n"
      )
    }
    try configure("*.yml")
    let seen = try await bench.run("snapshot", "a")
    #expect(try seen.status == 0 && seen.output.contains(Regex("flags · flag +0  complete")), "\(seen.output)\(seen.error)")
    try configure("*.none")
    #expect(try await bench.run("snapshot", "b").status == 4)
  }

  @Test("tells of submodules that were named then and are not now")
  func submoduleGone() async throws {
    let bench = try bench("repository: code, ref: main, submodules: true")
    try bench.git("git -c protocol.file.allow=always submodule add -q ../clones-a libs/a && \(Self.commit) more && git tag then")
    try bench.git("git rm -q --cached libs/a && \(Self.commit) 'take it out'")
    let audit = try await bench.run("audit", "--since", "1h", "--since-revision", "flags=then")
    #expect(audit.output.contains("! flags@libs/a · flag"), "\(audit.output)")
  }

  @Test("belongs to its watch, whatever its name begins with")
  func strangeName() async throws {
    let bench = try bench(#"repository: code, ref: "*""#)
    try bench.git("git branch \"$(printf '\\314\\201x')\"")
    let seen = try await bench.run("snapshot", "a", "--watch", "flags")
    #expect(seen.output.split(separator: "\n").count { $0.contains("complete") } == 3, "\(seen.output)")
  }

  @Test("tells a branch and a tag of one name apart, and refuses a repository that is named in two ways")
  func alike() async throws {
    let bench = try bench(#"repository: code, ref: ["tags/v1.*", "ma*", main]"#)
    try bench.git("git branch tags/v1.0 && git tag main")
    let seen = try await bench.run("snapshot", "a")
    // git takes the plain name for the tag.
    for name in ["refs/heads/tags/v1.0", "refs/tags/v1.0", "refs/heads/main", "refs/tags/main"] {
      #expect(try seen.output.contains(Regex("flags@\(name) · flag +2  complete")), "\(seen.output)")
    }
    try bench.git(
      "git -c protocol.file.allow=always submodule add -q ../clones-a libs/a && \(Self.commit) more && git branch -D -q tags/v1.0")
    try bench.configure(
      "STORE\nwatches:\n  - {name: flags, provider: flag-files, with: {repository: [code, code/libs/a], submodules: true, files: '*.yaml'}}\n"
    )
    let refused = try await bench.run("snapshot", "b", "-v")
    #expect(refused.status == 4 && refused.error.contains("[same-target]"), "\(refused.error)")
  }

  @Test("never passes over a folder that can't be listed, or a name that is no text")
  func unreadable() async throws {
    let bench = try bench(#"repository: "clones-*", ref: "release-?""#)
    try bench.git("git update-ref \"$(printf 'refs/heads/release-\\351')\" HEAD", in: "clones-a")
    let seen = try await bench.run("snapshot", "a", "-v")
    #expect(seen.status == 4)
    #expect(seen.error.contains("[reference-not-utf8]") && seen.output.contains("flags@clones-b@release-1"), "\(seen.error)")
    try bench.git(
      "mkdir ../x && ln -s loop ../x/loop && git init -q ../x/good && git init -q \"../x/$(printf 'b\\351')\" && git init -q \"../x/$(printf 'b\\350')\" && mkdir \"../x/$(printf 'c\\351')\""
    )
    try bench.configure(
      "STORE\nwatches:\n  - {name: flags, provider: flag-files, with: {repository: [\"x/good\", \"x/b?\", \"x/loop/*\", \"x/loop/a*\"], files: '*.yaml'}}\n"
    )
    let found = try await bench.run("snapshot", "b", "-v")
    #expect(found.error.contains("x/b\\350") && found.error.contains("x/b\\351") && found.error.contains("[path-not-utf8]"))
    #expect(found.error.contains("[unreadable-folder]"), "\(found.error)")
    #expect(found.output.contains("flags@x/good") && !found.output.contains("flags@x/c"), "\(found.output)")
  }

  @Test("reads submodules of submodules, and goes back to what each was named at")
  func nested() async throws {
    let bench = try bench("repository: code, ref: main, submodules: true")
    let add = "git -c protocol.file.allow=always submodule add -q"
    try bench.git("\(add) ../clones-b inner && \(Self.commit) inner", in: "clones-a")
    try bench.git(
      "\(add) ../clones-a libs/a && git -c protocol.file.allow=always submodule -q update --init --recursive && \(Self.commit) more && git tag then"
    )
    let seen = try await bench.run("snapshot", "a")
    for name in ["flags", "flags@libs/a", "flags@libs/a/inner"] {
      #expect(try seen.output.contains(Regex("\(name) · flag +2  complete")), "\(seen.output)")
    }
    try bench.git("sed -i s/false/true/ flags.yaml && \(Self.commit) flip", in: "code/libs/a/inner")
    try bench.git("\(Self.commit) 'name it'", in: "code/libs/a")
    try bench.git("\(Self.commit) 'name it'")
    let audit = try await bench.run("audit", "--since", "1h", "--since-revision", "flags=then")
    #expect(audit.output.contains("flags@libs/a/inner · flag"), "\(audit.output)")
    #expect(try audit.output.contains(Regex("~ fast +false -> true")), "\(audit.output)")
    #expect(audit.output.split(separator: "\n").count { $0.contains("~ ") } == 1)
    // A revision that is given for one counts for those in it, and also where nothing is known of the repository above.
    let given = try await bench.run("audit", "--since", "1h", "--since-revision", "flags@libs/a=HEAD~1", "--since-revision", "flags=main")
    #expect(given.output.contains("~ fast") && given.output.contains("as you say"), "\(given.output)")
    let lost = try await bench.run("audit", "--since", "1h", "--since-revision", "flags@libs/a=HEAD", "--since-revision", "flags=none")
    #expect(!lost.output.contains("no such submodule"), "\(lost.output)")
  }

  @Test("has an owner, and is put back for each reference on a branch of its own, also where one is asked for by the watch's name")
  func branches() async throws {
    let bench = try Workbench(
      "STORE\nwatches:\n  - {name: flags, provider: flag-files, owner: gate-keepers, with: {repository: code, ref: [main, 'si#de', si-de, main/x], files: '*.yaml'}}\n"
    )
    try bench.makeRepository()
    try bench.git(
      "git tag main/x && for b in si#de si-de; do git checkout -q --orphan $b && \(Self.commit) $b; done && git checkout -q main")
    let flip = "sed -i s/false/true/ flags.yaml && git -c user.name=n -c user.email=n@example.com commit -qam flip"
    let ended = try await bench.run(
      "run", "--name", "up", "--", "sh", "-c",
      "cd code && \(flip) && git checkout -q si#de && \(flip) && git checkout -q si-de && \(flip) && git checkout -q main && git tag -f main/x"
    )
    #expect(ended.output.contains("flags@main · flag") && ended.output.contains("flags@si#de · flag"), "\(ended.output)\(ended.error)")
    #expect(try await bench.run("plan", "--upgrade", "up").output.contains("gate-keepers"))
    let applied = try await bench.run("apply", "up", "--yes", "--watch", "flags")
    // No branch can lie below another one.
    for name in ["main", "main-x-*", "si-de", "si-de-*"] {
      try bench.git(
        "git show $(git for-each-ref --format='%(refname)' 'refs/heads/audit-residue/up@\(name)'):flags.yaml | grep 'fast: false'")
    }
    #expect(applied.output.contains("the branch audit-residue/up@main of"), "\(applied.output)\(applied.error)")
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
    try bench.git("git show audit-residue/up@clones-a:flags.yaml | grep -q 'fast: false'", in: "clones-a")
  }
}
