import SideEffects
import Testing

@Suite("A patch of a flag that one of two lists holds")
struct ListMoveTests {
  private struct OneFile: SourceReading {
    let text: String
    func file(_ path: Text, of watch: Watch) async throws(Failure) -> SourceFile {
      SourceFile(bytes: Array(text.utf8), repository: "/repository", revision: "abc")
    }
  }

  private static let path: Text = "gates.json"
  private static let fingerprinter = Fingerprinter(key: [1])

  private static func watch(name: String = "name") throws -> Watch {
    let yaml = """
      manifest: 1
      title: Gates
      engine: git
      settings: {repository: {}}
      kinds:
        flag:
          list:
            - {files: ["**"], read: json, items: "sets[*].on[*]", let: {state: "true"}}
            - {files: ["**"], read: json, items: "sets[*].off[*]", let: {state: "false"}}
          id: "{\(name)}"
          name: "{\(name)}"
          value: "{state|json}"
          remedy: {updated: {do: patch, by hand: do it yourself}}

      """
    return Watch(
      name: "flags", provider: try ManifestReader.read(yaml, name: "gates", file: "provider.yaml"),
      settings: ["repository": .text("/repository")])
  }

  /// The file as programs write it, names sorted.
  private static func file(_ values: [String: Bool], newline: String = "\n") -> String {
    func list(_ value: Bool) -> String {
      let items = values.filter { $0.value == value }.keys.sorted().map { "        {\n          \"name\": \"\($0)\"\n        }" }
      return items.isEmpty ? "[]" : "[\n" + items.joined(separator: ",\n") + "\n      ]"
    }
    let text =
      "{\n  \"sets\": [\n    {\n      \"off\": \(list(false)),\n      \"on\": \(list(true)),\n      \"version\": \"\"\n    }\n  ]\n}\n"
    return text.replacing("\n", with: newline)
  }

  private static func flags(_ text: String, name: String = "name") throws -> [Text: Resource] {
    let walk = try FileWalk(watch: try watch(name: name), fingerprinter: fingerprinter)
    let resources = walk.read(path.string, Array(text.utf8)).resources["flag"] ?? []
    return Dictionary(resources.map { ($0.name, $0) }) { first, _ in first }
  }

  private static func values(_ text: String) throws -> [String: Bool] {
    Dictionary(uniqueKeysWithValues: try flags(text).map { ($0.key.string, $0.value.attributes["value"] == .flag(true)) })
  }

  private struct Patch {
    let name: String
    let forward: PlannedPatch
    let back: PlannedPatch
  }

  /// In the order of the plan's steps; one that has none is left out.
  private func patches(_ before: String, _ after: String, name: String = "name") async throws -> [Patch] {
    let watch = try Self.watch(name: name)
    let (old, new) = (try Self.flags(before, name: name), try Self.flags(after, name: name))
    let changed = new.keys.sorted().filter { old[$0]?.attributes != new[$0]?.attributes }
    let entries = try changed.map { try PlanSamples.entry(watch, before: old[$0], after: new[$0]) }
    let planner = PatchPlanner(watches: [watch.name: watch], source: OneFile(text: after), fingerprinter: Self.fingerprinter)
    let patches = await planner.patches(for: PlanSamples.audit(entries))
    return PlanSamples.plan([watch], entries, patches: patches).steps.compactMap { step in
      guard case .patch(let forward) = step.remedy, case .patch(let back)? = step.undo else { return nil }
      return Patch(name: step.name.string, forward: forward, back: back)
    }
  }

  private func apply(_ patch: PlannedPatch, to text: String) throws -> String {
    try GitApply.text(of: Self.path.string, Array(text.utf8), after: [(patch.text, patch.needsUnidiffZero)])
  }

  @Test("is shown whole: out of the one list, and in where it is sorted in the other")
  func shown() async throws {
    let before = Self.file(["A": false, "B": false, "C": true, "D": false])
    let after = Self.file(["A": false, "B": true, "C": true, "D": false])
    let patch = try #require(try await patches(before, after).first)
    #expect(try apply(patch.forward, to: after) == before)
    #expect(try apply(patch.back, to: before) == after)
  }

  @Test(
    "puts back each of several alone, and all of them in the plan's order, also where they stand side by side",
    arguments: [1, 2, 3, 4, 5, 6])
  func several(seed: Int) async throws {
    var before: [String: Bool] = [:]
    for number in 0..<14 { before["Gate\(Character(UnicodeScalar(UInt8(65 + number))))"] = (number * seed * 7 + number) % 3 == 0 }
    (before["AlwaysOn"], before["ZLastOn"], before["AlwaysOff"], before["ZLastOff"]) = (true, true, false, false)
    var now = before
    for (index, name) in before.keys.sorted().enumerated() where name.hasPrefix("Gate") && (index + seed) % 3 != 0 { now[name]?.toggle() }
    let (old, new) = (Self.file(before), Self.file(now))
    let made = try await patches(old, new)
    #expect(made.count == before.count { now[$0.key] != $0.value })
    var all = new
    for patch in made {
      let alone = try apply(patch.forward, to: new)
      var expected = now
      expected[patch.name] = before[patch.name]
      #expect(try Self.values(alone) == expected, "\(patch.name)")
      #expect(try Self.values(try apply(patch.back, to: alone)) == now, "\(patch.name)")
      all = try apply(patch.forward, to: all)
    }
    #expect(try Self.values(all) == before)
  }

  @Test("keeps the ends of lines")
  func lineEnds() async throws {
    let before = Self.file(["A": false, "B": false, "C": true], newline: "\r\n")
    let after = Self.file(["A": false, "B": true, "C": true], newline: "\r\n")
    let patch = try #require(try await patches(before, after).first)
    #expect(try Self.values(try apply(patch.forward, to: after)) == ["A": false, "B": false, "C": true])
    #expect(
      try apply(patch.forward, to: after).split(separator: "\n", omittingEmptySubsequences: false).dropLast().allSatisfy {
        $0.hasSuffix("\r")
      })
  }

  @Test("is not made where no line that may be shown says where the item goes in")
  func noContext() async throws {
    func file(_ off: String, _ on: String) -> String { "{\"sets\": [{\n\"off\": [\n\(off)\n],\n\"on\": [\n\(on)\n]\n}]}\n" }
    let after = file(#""A","# + "\n" + #""C""#, #""B","# + "\n" + #""D""#)
    #expect(try await patches(file(#""A","# + "\n" + #""B","# + "\n" + #""C""#, #""D""#), after, name: ".").isEmpty)
  }

  @Test(
    "is not made where the item may hold a secret besides its name",
    arguments: [#""token": "geheim""#, #""note": "any text""#, #""n": 1"#])
  func secret(member: String) async throws {
    let before = Self.file(["A": false, "B": false, "C": true]).replacing("\"B\"", with: "\"B\",\n          \(member)")
    let after = Self.file(["A": false, "B": true, "C": true]).replacing("\"B\"", with: "\"B\",\n          \(member)")
    let made = try await patches(before, after)
    // A number is shown.
    #expect(made.count == (member.contains("1") ? 1 : 0))
  }

  @Test(
    "is not made where items share a line, or the other list is empty",
    arguments: [
      (
        #"{"sets": [{"off": [{"name": "A"}, {"name": "B"}], "on": [{"name": "C"}]}]}"#,
        #"{"sets": [{"off": [{"name": "A"}], "on": [{"name": "B"}, {"name": "C"}]}]}"#
      ),
      (file(["A": false]), file(["A": true])),
    ])
  func refused(before: String, after: String) async throws {
    #expect(try await patches(before, after).isEmpty)
  }
}
