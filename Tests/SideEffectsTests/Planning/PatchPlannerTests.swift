import SideEffects
import Testing

@Suite("The patches of a plan")
struct PatchPlannerTests {
  /// A repository with one file, as it is now.
  private struct OneFile: SourceReading {
    let path: Text
    let text: String?

    func file(_ path: Text, of watch: Watch) async throws(Failure) -> SourceFile {
      guard path == self.path, let text else { throw Failure("not-in-revision", "the file is not in abc") }
      return SourceFile(bytes: Array(text.utf8), repository: "/repository", revision: "abc")
    }
  }

  private static let fingerprinter = Fingerprinter(key: [1])

  private static func watch(_ path: Text) throws -> Watch {
    let yaml = """
      manifest: 1
      title: Files
      engine: git
      settings: {repository: {}, ref: {}}
      kinds:
        flag:
          list: {files: ["**/*"], read: suffix, items: "**"}
          id: "{@path} {@key}"
          name: "{@key}"
          value: "{.}"
          remedy: {updated: {do: patch}}

      """
    return Watch(
      name: "flags", provider: try ManifestReader.read(yaml, name: "files", file: "provider.yaml"),
      settings: ["repository": .text("/repository")])
  }

  private static func flags(_ path: Text, _ text: String, _ commit: Text) throws -> [Text: Resource] {
    let walk = try FileWalk(watch: try watch(path), fingerprinter: fingerprinter)
    let resources = walk.read(path.string, Array(text.utf8)).resources["flag"] ?? []
    return Dictionary(resources.map { ($0.name, $0.changed(by: commit)) }) { first, _ in first }
  }

  /// The plan of what changed between two texts, with the file as it is `now`.
  private func plan(_ path: Text, _ before: String, _ after: String, now: String?) async throws -> Plan {
    let watch = try Self.watch(path)
    let (old, new) = (try Self.flags(path, before, "c0ffee"), try Self.flags(path, after, "beef"))
    let entries = try Set(old.keys).union(new.keys).sorted().filter { old[$0]?.attributes != new[$0]?.attributes }.map {
      try PlanSamples.entry(watch, before: old[$0], after: new[$0])
    }
    let planner = PatchPlanner(watches: [watch.name: watch], source: OneFile(path: path, text: now), fingerprinter: Self.fingerprinter)
    let patches = await planner.patches(for: PlanSamples.audit(entries))
    return PlanSamples.plan([watch], entries, patches: patches)
  }

  /// The text after git has put in these patches, in this order.
  private func applied(_ patches: [PlannedPatch], to text: String, _ path: String) throws -> String {
    try GitApply.text(of: path, Array(text.utf8), after: patches.map { ($0.text, $0.needsUnidiffZero) })
  }

  private func patches(_ plan: Plan) -> [PlannedPatch] {
    plan.steps.compactMap { step in if case .patch(let patch) = step.remedy { patch } else { nil } }
  }

  @Test("set back flags on neighbouring lines, in any order and each without the other")
  func neighbours() async throws {
    let before = "top: 1\nhybrid:\n  enable: false\n  sync: off\n  rest: true\nlast: 2\n"
    let after = before.replacing("enable: false", with: "enable: true").replacing("sync: off", with: "sync: on")
    let plan = try await plan("flags.yaml", before, after, now: after)
    let patches = patches(plan)
    try #require(patches.count == 2)
    #expect(plan.steps.map(\.title) == ["Set the flag hybrid.enable back to false", "Set the flag hybrid.sync back to off"])
    #expect(try applied(patches, to: after, "flags.yaml") == before)
    #expect(try applied(patches.reversed(), to: after, "flags.yaml") == before)
    #expect(try applied([patches[1]], to: after, "flags.yaml") == after.replacing("sync: on", with: "sync: off"))
    let undo = plan.steps.compactMap { step in if case .patch(let patch)? = step.undo { patch } else { nil } }
    #expect(try applied(patches + undo, to: after, "flags.yaml") == after)
  }

  @Test("are made against the file as it is now, wherever the flag has moved in it")
  func moved() async throws {
    let (before, after) = ("{\"a\": {\"on\": false}}\n", "{\"a\": {\"on\": true}}\n")
    let now = "{\n  \"more\": [1, 2],\n  \"a\": {\n    \"on\": true\n  }\n}\n"
    let patches = patches(try await plan("flags.json", before, after, now: now))
    #expect(try applied(patches, to: now, "flags.json") == now.replacing("true", with: "false"))
  }

  @Test(
    "keep the quotes and the type of each format",
    arguments: [
      ("f.yaml", "a: 'on'\n", "a: 'off'\n"), ("f.toml", "a = \"off\"\n", "a = true\n"), ("f.properties", "a=true\n", "a=false\n"),
      (".env", "A=on\n", "A=off\n"),
    ])
  func formats(path: String, before: String, after: String) async throws {
    let plan = try await plan(Text(path), before, after, now: after)
    #expect(try applied(patches(plan), to: after, path) == before)
  }

  @Test("are not made where the file is gone, the flag is, or its value is another one; then the step is in words")
  func refused() async throws {
    let (before, after) = ("a: false\nb: 1\n", "a: true\nb: 1\n")
    for (now, reason) in [
      (nil, "can't be read as it is now"), ("b: 1\n", "no longer holds it"), ("a: off\n", "as it is now it is off"),
    ] as [(String?, String)] {
      let plan = try await plan("f.yaml", before, after, now: now)
      let words = try #require(plan.steps.first?.words)
      #expect(words.contains(reason), "\(words)")
      #expect(words.contains("In the flag a in f.yaml, line 1 set value to false."), "\(words)")
      #expect(words.contains("`git show beef`"), "\(words)")
    }
  }

  @Test("are not made where the value is back already; then another look is what is to be done")
  func done() async throws {
    let step = try await plan("f.yaml", "a: false\n", "a: true\n", now: "a: false\n").steps.first
    #expect(step?.words == "It is false already; look again: `audit-residue audit --before before --after after`")
    #expect(step?.undo == nil)
  }

  @Test(
    "are not made for a line that another step changes by hand",
    arguments: [
      (#"{"features":{"newUi":false}}"#, #"{"features":{"newUi":true,"more":true}}"#),
      (#"{"features":{"newUi":false,"more":true}}"#, #"{"features":{"newUi":true}}"#),
      // The comma after the value goes or comes with the last one.
      ("{\n  \"newUi\": false\n}", "{\n  \"newUi\": true,\n  \"more\": true\n}"),
      ("{\n  \"newUi\": false,\n  \"more\": true\n}", "{\n  \"newUi\": true\n}"),
    ])
  func byHand(before: String, after: String) async throws {
    let plan = try await plan("f.json", before + "\n", after + "\n", now: after + "\n")
    #expect(patches(plan).isEmpty)
    #expect(plan.steps.contains { $0.words?.contains("No patch is given: another step changes the same line.") == true })
  }

  @Test("are not made where what is done by hand leaves nothing to find the line by")
  func ambiguous() async throws {
    let before = "a:\n  on: true\nb:\n  on: false\n"
    let after = "a:\n  on: true\nb:\n  new: 1\n  on: true\n  more: 2\n"
    let plan = try await plan("f.yaml", before, after, now: after)
    #expect(patches(plan).isEmpty)
    #expect(plan.steps.contains { $0.words?.contains("the same line stands in the file more than once") == true })
  }

  @Test("apply after what is done by hand on the lines around them")
  func aroundByHand() async throws {
    let (before, after) = ("x: 1\na: false\nb: 1\nc: 2\nlast: 3\n", "x: 1\nnew: 7\na: true\nc: 2\nlast: 3\n")
    let plan = try await plan("f.yaml", before, after, now: after)
    let patches = patches(plan)
    try #require(patches.count == 1)
    #expect(try applied(patches, to: before.replacing("false", with: "true"), "f.yaml") == before)
    #expect(try applied(patches, to: after, "f.yaml") == after.replacing("true", with: "false"))
  }

  @Test("are not made where the line holds a secret, and no word of it is shown")
  func secret() async throws {
    let after = "{\"password\": \"hunter2-hunter2\", \"on\": true}\n"
    let plan = try await plan("f.json", after.replacing("true", with: "false"), after, now: after)
    #expect(plan.steps.first?.words?.contains("may hold a secret") == true)
    #expect(!PlanReport(plan).json().contains("hunter2"))
  }

  @Test("are not made where the flag turned into a text, which may be a secret")
  func text() async throws {
    let plan = try await plan("f.yaml", "a: false\n", "a: hunter2-hunter2\n", now: "a: hunter2-hunter2\n")
    let step = try #require(plan.steps.first)
    #expect(step.title == "Set the flag a back to false")
    #expect(step.words?.contains("a patch would show the value that it has") == true)
    #expect(!PlanReport(plan).json().contains("hunter2"))
  }

  @Test("are not made where a terminal would do more than show them")
  func escapes() async throws {
    let after = "x: \"\u{202e}abc\"\na: true\n"
    let patches = patches(try await plan("f.yaml", after.replacing("true", with: "false"), after, now: after))
    #expect(patches.count == 1)
    #expect(patches.first?.text.string.contains("\u{202e}") == false)
  }
}

extension Resource {
  fileprivate func changed(by commit: Text) -> Resource {
    Resource(address: address, name: name, attributes: attributes, origin: Origin(commit: commit), kept: kept, location: location)
  }
}
