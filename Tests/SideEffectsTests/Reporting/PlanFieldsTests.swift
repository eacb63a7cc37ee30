import Documents
import Foundation
import SideEffects
import Testing

@Suite("The page about plans")
struct PlanFieldsTests {
  private static let page = (try? String(contentsOf: ConfigurationPageTests.folder.appending(path: "docs/plan.md"), encoding: .utf8)) ?? ""

  /// The fields that the page's tables name: rows that begin with a path in backticks.
  static var told: Set<String> {
    Set(
      page.split(separator: "\n").compactMap { line in
        guard line.hasPrefix("| `"), let end = line.dropFirst(3).firstIndex(of: "`") else { return nil }
        return String(line.dropFirst(3)[..<end])
      })
  }

  /// Every path of a document; attributes by their names and lists by `[]`.
  private static func paths(_ document: Document, _ prefix: String = "") -> Set<String> {
    var found: Set<String> = []
    for member in document.members ?? [] {
      let path = prefix.isEmpty ? member.key : "\(prefix).\(member.key)"
      found.insert(path)
      if member.key != "attributes" { found.formUnion(paths(member.value, path)) }
    }
    for element in document.list ?? [] { found.formUnion(paths(element, prefix + "[]")) }
    return found
  }

  /// A plan with all that a step can hold.
  private static func written() throws -> Set<String> {
    let watch = try PlanSamples.service(remedy: PlanReportTests.remedy)
    let other = try PlanSamples.service(kind: "grant", is: "credential", remedy: "created: {never: shown once}\ndeleted: {by hand: ask}")
    let tokens = Watch(
      name: "tokens",
      provider: try ManifestReader.read(
        other.provider.text.replacing("auth: {basic: \"{user}:{password}\"}", with: "auth: {headers: {X-Token: \"{password}\"}}").replacing(
          "created: {never: shown once}", with: "created: {do: \"DELETE /x/{id}\", loses: [id]}"
        ).replacing("deleted: {by hand: ask}", with: "deleted: {by hand: ask, open: \"{base}/x\"}"), name: "tokens", file: "p"),
      settings: watch.settings)
    let scope = Scope([.init(list: "account", id: "1")])
    let inside = Resource(
      address: ResourceAddress(watch: "tokens", kind: "grant", id: "t", scope: scope), name: "t",
      attributes: ["id": .text("t"), "secret": .secret("a")])
    let hook = PlanSamples.resource("1", ["name": .text("n"), "secret": .secret("a")])
    let patch = try PatchMaker.patch(of: "f.yaml", content: Array("a: true\n".utf8), replacing: 3..<7, with: Array("false".utf8))
    let planned = PlannedPatch(patch, repository: "/r", revision: "c").orReverting("d")
    let flags = try ManifestReader.read(
      "manifest: 1\ntitle: F\nengine: git\nsettings: {repository: {}}\nkinds:\n  flag:\n    list: {files: [\"*\"], read: yaml, items: \"**\"}\n    id: \"{@key}\"\n    value: \"{.}\"\n    remedy: {updated: {do: patch}}\n",
      name: "f", file: "p")
    let flagWatch = Watch(name: "flags", provider: flags, settings: ["repository": .text("/r")])
    func flag(_ value: Bool) -> Resource {
      Resource(address: ResourceAddress(watch: "flags", kind: "flag", id: "a"), name: "a", attributes: ["value": .flag(value)])
    }
    let entries = [
      try PlanSamples.entry(watch, before: nil, after: hook, owner: "me"), try PlanSamples.entry(tokens, before: nil, after: inside),
      try PlanSamples.entry(tokens, before: PlanSamples.resource("u", kind: "grant", watch: "tokens"), after: nil),
      try PlanSamples.entry(
        watch, before: PlanSamples.resource("2", ["note": .text("a")]), after: PlanSamples.resource("2", ["note": .text("b")])),
      try PlanSamples.entry(watch, before: PlanSamples.resource("3", ["name": .text("a")]), after: nil),
      try PlanSamples.entry(flagWatch, before: flag(false), after: flag(true)),
    ]
    let never = try PlanSamples.service(remedy: "created: {never: shown once}")
    let several = try PlanSamples.service(
      remedy:
        "created: {do: [{call: \"POST /hooks/{id}/stop\", done: {active: false}}, \"DELETE /hooks/{id}\"], done: {active: [false, null]}}")
    let ground = PlanGround(
      store: "k", watches: [.init(name: "service", provider: "p", manifest: Digest(of: []), account: "bot", resources: ["hook": 2])])
    let all = [
      PlanSamples.plan(
        [watch, tokens, flagWatch], entries,
        patches: FlagPatches([flag(true).address: .success(FlagPatch(forward: planned, back: planned))]), blindSpots: [PlanReportTests.spot]
      ),
      PlanSamples.plan([never], [try PlanSamples.entry(never, before: nil, after: hook, outcome: .residue, now: hook)], now: "now"),
      Planner(watches: [several.name: several]).plan(
        PlanSamples.audit([try PlanSamples.entry(several, before: nil, after: hook)], now: nil, blindSpots: []), name: "u",
        seen: PlanSamples.seen, ground: ground),
    ]
    var paths: Set<String> = []
    for plan in all {
      let document = try #require(try DocumentFormat.json.read(Array(PlanReport(plan).json().utf8)).first)
      paths.formUnion(Self.paths(document))
    }
    return paths.union(["upgrade"])
  }

  @Test("names every field that is written, and no other")
  func fields() throws {
    // What a remedy and an expectation look like is told once.
    let once = try Self.written().map { path in
      path.replacing(#/^steps\[\]\.(do|first|undo)\.requests\[\]\.done\..*/#, with: "steps[].do.requests[].done").replacing(
        #/^steps\[\]\.(precondition|check\.expect)\.where\..*/#, with: "steps[].precondition.where"
      ).replacing(
        #/^steps\[\]\.(do|first|undo)\./#, with: "steps[].do."
      ).replacing(
        #/^steps\[\]\.(precondition|check\.expect)\./#, with: "steps[].precondition.")
    }.filter { !$0.hasPrefix("blindSpots[].") }
    #expect(Set(once).subtracting(Self.told).sorted() == [])
    #expect(Self.told.subtracting(once).sorted() == [])
  }
}
