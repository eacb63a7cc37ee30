import Documents
import Foundation
import SideEffects
import Testing

@Suite("A plan's report")
struct PlanReportTests {
  private typealias Samples = PlanSamples

  static let remedy = """
    created: {do: "DELETE /hooks/{id}", beware: "all of it goes"}
    disable: {do: {call: "PATCH /hooks/{id}", body: {active: false}}}
    updated: {do: {call: "PUT /hooks/{id}", form: {note: "{@before.note}"}}}
    deleted: {do: {call: POST /hooks, body: {name: "{@before.name}", secret: "{@ask.secret}"}}, loses: [id, secret], open: "{base}/hooks"}
    """

  /// Names and values that want to be more than text.
  static let hostile =
    "</li><script>x</script> ``` `a` [l](javascript:1) **b** @team \u{1b}[2J\u{202e}\n# h\n- [x] done\n'; rm -rf ~; $(reboot) \\"

  static func plan(_ text: String = "ci", blindSpots: [BlindSpot] = []) throws -> Plan {
    let watch = try PlanSamples.service(remedy: remedy)
    let note = Reading.text(Text(text))
    let entries = [
      try PlanSamples.entry(
        watch, before: nil, after: PlanSamples.resource("1", ["name": note, "note": note], origin: Origin(by: Text(text))),
        owner: Text(text)),
      try PlanSamples.entry(
        watch, before: PlanSamples.resource("2", ["name": note, "note": note]),
        after: PlanSamples.resource("2", ["name": note, "note": .text("x")])),
      try PlanSamples.entry(watch, before: PlanSamples.resource("3", ["name": note]), after: nil),
      try PlanSamples.entry(
        watch, before: PlanSamples.resource("4", ["name": note, "secret": .secret("a")]),
        after: PlanSamples.resource("4", ["name": note, "secret": .secret("b")])),
    ]
    return PlanSamples.plan([watch], entries, blindSpots: blindSpots)
  }

  static let spot = BlindSpot(
    watch: "service", kind: "webhook", side: .after,
    because: Diagnostic("forbidden", "403: the token may not read it", advice: "give it the right"))

  @Test("in Markdown is a task list with the request to send")
  func markdown() throws {
    let shown = PlanMarkdown(try Self.plan()).text()
    #expect(shown.contains("# Plan: before -\\> after\n"))
    #expect(shown.contains("> This is a prediction"))
    #expect(shown.contains("- [ ] **1.** **Delete the webhook** `ci`\n\n  - It was not there before"))
    #expect(
      shown.contains(
        "  ```sh\n  curl -X DELETE \\\n    -u admin \\\n    -H 'X-Version: 2' \\\n    https://service.example/api/hooks/1\n  ```\n"))
    #expect(shown.contains("Put the secret in the place of {ask.…}."))
    #expect(shown.contains("<https://service.example/hooks>"))
  }

  @Test("as text has the same steps")
  func text() throws {
    let shown = PlanText(try Self.plan()).text()
    #expect(shown.hasPrefix("plan for before -> after\n\nThis is a prediction"))
    #expect(shown.contains("\n  1. Delete the webhook ci\n     why     It was not there before"))
    #expect(shown.contains("\n     milder  curl -X PATCH \\\n"))
    #expect(shown.contains("\n     do      curl -X DELETE \\\n"))
    #expect(shown.allSatisfy { $0 == "\n" || !$0.isNewline } && !shown.contains("\t"))
  }

  @Test("shows hostile text as text: no mark-up, no HTML, no task, no control character")
  func hostile() throws {
    let plan = try Self.plan(Self.hostile)
    let markdown = PlanMarkdown(plan).text()
    let text = PlanText(plan).text()
    for shown in [markdown, text] {
      #expect(!shown.unicodeScalars.contains { $0 == "\u{1b}" || $0 == "\u{202e}" })
      #expect(!shown.contains("\n# h") && !shown.contains("\n- [x]"))
    }
    let prose = Self.withoutCode(markdown)
    #expect(!prose.contains("<script"), "\(prose)")
    #expect(!prose.contains("[l](") && !prose.contains("**b**") && !prose.contains("@team"))
    #expect(prose.components(separatedBy: "- [ ] ").count - 1 == plan.steps.count)
  }

  /// Markdown without fenced blocks, code spans and escaped characters, as CommonMark reads them.
  private static func withoutCode(_ markdown: String) -> String {
    var prose = ""
    var fence: String?
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      let bare = line.drop { $0 == " " }
      let ticks = String(bare.prefix { $0 == "`" })
      if let open = fence {
        if ticks.count >= open.count, bare.dropFirst(ticks.count).allSatisfy({ $0 == " " }) { fence = nil }
      } else if ticks.count >= 3 {
        fence = ticks
      } else {
        prose += Self.withoutSpans(String(line)) + "\n"
      }
    }
    return prose
  }

  private static func withoutSpans(_ line: String) -> String {
    var (prose, rest) = ("", Substring(line))
    while let first = rest.first {
      if first == "\\" {
        prose += "·"
        rest = rest.dropFirst(2)
      } else if first == "`" {
        let ticks = rest.prefix { $0 == "`" }
        rest = rest.dropFirst(ticks.count)
        guard let end = rest.range(of: "(?<!`)\(ticks)(?!`)", options: .regularExpression) else { continue }
        rest = rest[end.upperBound...]
      } else {
        prose.append(first)
        rest = rest.dropFirst()
      }
    }
    return prose
  }

  @Test("has commands that a shell takes for one call of curl, with each argument as it is")
  func shell() throws {
    let plan = try Self.plan(Self.hostile)
    for step in plan.steps {
      guard let request = step.requests?.first else { continue }
      let arguments = try Self.run(PlanText(plan).text(), step: step.number)
      #expect(arguments.last == request.url.string)
      switch request.body {
      case .json(let json):
        let sent = try #require(arguments.firstIndex(of: "--data-raw").map { arguments[$0 + 1] })
        #expect(try DocumentFormat.json.read(Array(sent.utf8)).first?.canonicalJSON() == json.string)
      case .form(let fields):
        let sent = arguments.indices.filter { arguments[$0].hasPrefix("--data") }.map { arguments[$0 + 1] }
        #expect(sent.map { $0.removingPercentEncoding } == fields.map { "\($0.name)=\($0.value)" })
      case nil: #expect(!arguments.contains { $0.hasPrefix("--data") })
      }
    }
  }

  /// What a shell would call curl with for the `do` of a step.
  private static func run(_ report: String, step: Int) throws -> [String] {
    let lines = report.split(separator: "\n", omittingEmptySubsequences: false).drop { !$0.hasPrefix("  \(step). ") }
    let start = try #require(lines.firstIndex { $0.hasPrefix("     do ") || $0.hasPrefix("     do      ") })
    var command = String(lines[start].dropFirst(13))
    var next = start + 1
    while command.hasSuffix("\\") {
      command += "\n" + lines[next]
      next += 1
    }
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "curl() { for a in \"$@\"; do printf '%s\\0' \"$a\"; done; }; " + command]
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return output.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test("has the same bytes for the same plan, and holds no secret")
  func sameBytes() throws {
    let (first, second) = (try Self.plan(Self.hostile), try Self.plan(Self.hostile))
    for (a, b) in [
      (PlanReport(first).json(), PlanReport(second).json()), (PlanMarkdown(first).text(), PlanMarkdown(second).text()),
      (PlanText(first).text(), PlanText(second).text()),
    ] {
      #expect(a == b)
      #expect(!a.contains("hunter2"))
    }
  }

  @Test("without steps says so, and with a blind spot never that nothing is left")
  func empty() throws {
    let blind = PlanSamples.plan([], [], blindSpots: [Self.spot])
    for shown in [PlanText(blind).text(), PlanMarkdown(blind).text()] {
      #expect(!shown.contains("nothing is left to do"))
      #expect(shown.contains("does not say that nothing is left"))
      #expect(shown.contains("403: the token may not read it"))
    }
    #expect(PlanReport(blind).json().contains(#""complete": false"#))
    let watch = try Samples.service(remedy: Self.remedy)
    let unseen = Samples.plan([watch], [try Samples.entry(watch, before: nil, after: Samples.resource("1"), outcome: .blind)], now: "now")
    #expect(!unseen.isComplete)
    #expect(PlanText(unseen).text().contains("  ! the webhook 1 (service) was created by the upgrade, and can't be looked at now"))
    #expect(PlanMarkdown(unseen).text().contains("- [ ] The webhook 1"))
    let clean = PlanSamples.plan([], [])
    #expect(PlanText(clean).text().contains("No steps: nothing is left to do."))
  }

  @Test("of a plan after a rollback does not call it a prediction")
  func afterRollback() throws {
    let plan = PlanSamples.plan([], [], now: "now")
    for shown in [PlanText(plan).text(), PlanMarkdown(plan).text()] {
      #expect(!shown.contains("prediction"))
      #expect(shown.contains("after the rollback"))
    }
    #expect(PlanReport(plan).json().contains(#""prediction": false"#))
  }
}
