import Documents
import SideEffects
import Testing

@Suite("A report as SARIF")
struct SARIFReportTests {
  private typealias Samples = PlanSamples

  private func run(_ audit: Audit) throws -> Document {
    let json = SARIFReport(audit, version: "1.2.3").json()
    let document = try #require(try DocumentFormat.json.read(Array(json.utf8)).first)
    #expect(document["version"]?.text == "2.1.0")
    return try #require(document["runs"]?.list?.first)
  }

  private func flag(_ name: Text, _ value: Bool, path: Text, line: Int) -> Resource {
    Resource(
      address: ResourceAddress(watch: "service", kind: "flag", id: name), name: name, attributes: ["active": .flag(value)],
      location: SourceLocation(path: path, line: line, bytes: nil))
  }

  @Test("shows each change that stands in a file at its line, with the same fingerprint on whichever line it stands")
  func places() throws {
    let watch = try Samples.service(kind: "flag", is: "flag", remedy: "updated: {by hand: x}")
    func results(_ line: Int) throws -> [Document] {
      let entries = [
        try Samples.entry(
          watch, before: flag("a b", false, path: "config/a b.yaml", line: 1), after: flag("a b", true, path: "config/a b.yaml", line: line)
        ),
        try Samples.entry(watch, before: nil, after: flag("abs", true, path: "/etc/x:y.conf", line: 3), coverage: .restored(by: "vm")),
        try Samples.entry(watch, before: nil, after: flag("odd", true, path: "c:d/e", line: 3)),
      ]
      return try #require(try run(Samples.audit(entries))["results"]?.list)
    }
    let found = try results(7)
    #expect(found.map { $0["ruleId"]?.text } == ["updated", "created", "created"])
    #expect(found.map { $0["level"]?.text } == ["warning", "note", "warning"])
    let places = found.map { $0["locations"]?.list?.first?["physicalLocation"] }
    #expect(
      places.map { $0?["artifactLocation"]?["uri"]?.text } == ["config/a%20b.yaml", "file:///etc/x:y.conf", "./c:d/e"])
    #expect(places.map { $0?["artifactLocation"]?["uriBaseId"]?.text } == ["%SRCROOT%", nil, "%SRCROOT%"])
    #expect(places[0]?["region"]?["startLine"]?.number == "7")
    #expect(found[0]["message"]?["text"]?.text == "flag a b: updated, active: false -> true")
    func fingerprint(_ result: Document) -> String? { result["partialFingerprints"]?["resource/v1"]?.text }
    #expect(try fingerprint(results(9)[0]) == fingerprint(found[0]))
    #expect(fingerprint(found[0]) != fingerprint(found[1]))
  }

  @Test("calls no run successful that could not look, and counts what stands in no file")
  func blind() throws {
    let watch = try Samples.service(remedy: "created: {by hand: x}")
    let spot = BlindSpot(watch: "w", kind: "flag", side: .both, because: Diagnostic("unparsable", "the file can't be read"), unknown: 0)
    let audit = Samples.audit([try Samples.entry(watch, before: nil, after: Samples.resource("1"))], blindSpots: [spot])
    let run = try run(audit)
    #expect(run["results"]?.list?.count == 0)
    let invocation = try #require(run["invocations"]?.list?.first)
    #expect(invocation["executionSuccessful"]?.boolean == false)
    let told = try #require(invocation["toolExecutionNotifications"]?.list)
    #expect(told.map { $0["descriptor"]?["id"]?.text } == ["unparsable", "not-in-a-file"])
    #expect(
      told.map { $0["message"]?["text"]?.text } == [
        "w · flag: the file can't be read", "1 change stands in no file and is not among the results",
      ])
  }
}
