import Foundation
import SideEffects
import Testing

@Suite("A plan's page in a browser")
struct HTMLBrowserTests {
  /// Two kinds, so that there is something to filter; each name wants to be more than text and is long.
  private static func page() throws -> String {
    let watch = try PlanSamples.service(remedy: PlanReportTests.remedy)
    let other = try PlanSamples.service(kind: "grant", is: "credential", remedy: "created: {by hand: ask}")
    let name = Reading.text(Text(PlanReportTests.hostile + " https://a.example/" + String(repeating: "long", count: 60)))
    var entries = try (1...12).map { number in
      try PlanSamples.entry(watch, before: nil, after: PlanSamples.resource(Text("\(number)"), ["name": name, "note": name]), owner: "me")
    }
    let grant = PlanSamples.resource("g", kind: "grant")
    let schema = try PlanSamples.entry(other, before: nil, after: grant).change.schema
    entries.append(Audit.Entry(change: Change(what: .created(grant), schema: schema), coverage: .unknown, owner: "you"))
    let audit = Audit(before: "before", after: "after", entries: entries, blindSpots: [PlanReportTests.spot])
    return HTMLPlan(PlanSamples.plan([watch], entries, blindSpots: [PlanReportTests.spot]), picture: UpgradePicture(audit)).html()
  }

  @Test("remembers boxes, filters, prints all steps, fits a phone, and asks nothing of a network")
  func browser() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "plan-\(UUID().uuidString).html")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(try Self.page().utf8).write(to: file)
    let process = Process()
    let pipe = Pipe()
    process.executableURL = ConfigurationPageTests.folder.appending(path: "scripts/check-page")
    process.arguments = [file.path]
    process.standardOutput = pipe
    try process.run()
    let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    if process.terminationStatus == 77 { return print(said) }
    #expect(process.terminationStatus == 0, "\(said)")
  }
}
