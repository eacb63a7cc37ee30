import Documents
import Testing

@testable import SideEffects

@Suite("A report")
struct ReportTests {
  static let next: Text = "audit-residue plan --upgrade 2026-11-23-1 --format markdown -o plan.md"

  @Test("of a diff reads as it was found right")
  func diff() async throws {
    let audit = try await ReportSamples.diff()
    try Golden.expect(TextReport(audit, next: Self.next).text(), is: "diff.txt")
    try Golden.expect(JSONReport(audit).json(), is: "diff.json")
    try Golden.expect(MarkdownReport(audit, next: Self.next).markdown(), is: "diff.md")
  }

  @Test("of an audit after a rollback reads as it was found right")
  func audit() async throws {
    let audit = try await ReportSamples.audit()
    try Golden.expect(TextReport(audit, next: Self.next).text(), is: "audit.txt")
    try Golden.expect(JSONReport(audit).json(), is: "audit.json")
    try Golden.expect(MarkdownReport(audit, next: Self.next).markdown(), is: "audit.md")
  }

  @Test("says that all is as before only where everything could be looked at")
  func clean() async throws {
    let clean = try await RollbackBuilder.compare([.sample("1")], [.sample("1")], [.sample("1")])
    let classifier = Classifier(configuration: nil, providers: [:], today: ClassifierTests.today)
    #expect(TextReport(classifier.classify(clean, restored: [])).text().contains("Now everything is as before."))
    var builder = RollbackBuilder()
    builder.before.look([.sample("1")])
    builder.after?.look([.sample("1")])
    builder.now.look([], completeness: .failed(NonEmpty(Diagnostic("forbidden", "403"))))
    let blind = TextReport(classifier.classify(try await builder.compare(), restored: [])).text()
    #expect(!blind.contains("everything is as before"))
    #expect(blind.contains("1 blind spot: this audit cannot say that it is clean."))
  }

  @Test("puts blind spots of one watch that say the same into one row, with the code, and counts each")
  func grouped() throws {
    func spot(_ watch: Text, _ kind: Text, _ code: Text = "forbidden", unknown: Int = 0, advice: String = "give it the right") -> BlindSpot
    {
      BlindSpot(watch: watch, kind: kind, side: .both, because: Diagnostic(code, "403", advice: advice), unknown: unknown)
    }
    let spots = [
      spot("a", "webhook", unknown: 1), spot("b", "flag"), spot("b", "parameter", unknown: 2), spot("b", "token", "not-listable"),
      spot("b", "webhook", unknown: 1),
    ]
    let audit = Audit(before: "one", after: "two", entries: [], blindSpots: spots)
    #expect(
      TextReport(audit).text() == """
        one -> two

        No changes in what could be compared.

        5 blind spots: this audit cannot say that it is clean.
          ! a · webhook                   403; of 1 resource nothing can be said  [forbidden]
                                          give it the right
          ! b · flag, parameter, webhook  403; of 3 resources nothing can be said  [forbidden]
                                          give it the right
          ! b · token                     403  [not-listable]
                                          give it the right

        """)
    let markdown = MarkdownReport(audit).markdown()
    #expect(
      markdown.contains("- **b · flag, parameter, webhook** (`forbidden`): 403; of 3 resources nothing can be said — give it the right\n"))
    #expect(JSONReport(audit).json().split(separator: "\"kind\"").count == 6)

    let many = (1...20).map { spot("b", Text("kind-number-\($0)"), advice: "") }
    let lines = TextReport(Audit(before: "one", after: "two", entries: [], blindSpots: many)).text().split(separator: "\n").dropFirst(3)
    #expect(lines.first == "  ! b · kind-number-1, kind-number-2, kind-number-3, kind-number-4, kind-number-5, kind-number-6,")
    #expect(lines.dropFirst().first?.hasPrefix("    kind-number-7, ") == true)
    #expect(lines.last == "      403  [forbidden]")
    #expect(lines.count == 5)
  }

  @Test("is the same, byte for byte, for the same audit")
  func sameBytes() async throws {
    let (one, other) = (try await ReportSamples.audit(), try await ReportSamples.audit())
    #expect(TextReport(one).text() == TextReport(other).text())
    #expect(JSONReport(one).json() == JSONReport(other).json())
    #expect(MarkdownReport(one).markdown() == MarkdownReport(other).markdown())
  }

  @Test("as text moves no cursor and turns no direction, whatever names say", arguments: [true, false])
  func terminal(now: Bool) async throws {
    let audit = try await ReportSamples.hostileAudit(now: now)
    #expect(audit.entries.count == ReportSamples.hostile.count)
    for text in [TextReport(audit).text(), MarkdownReport(audit).markdown()] {
      let unfit = text.unicodeScalars.filter { scalar in
        switch scalar.properties.generalCategory {
        case .control: scalar != "\n"
        case .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
      }
      #expect(unfit.isEmpty, "\(unfit)")
    }
    #expect(try DocumentFormat.json.read(Array(JSONReport(audit).json().utf8)).count == 1)
  }

  @Test("as Markdown holds no markup of a name: outside of code spans every special character is escaped", arguments: [true, false])
  func markdown(now: Bool) async throws {
    let lines = MarkdownReport(try await ReportSamples.hostileAudit(now: now)).markdown().split(
      separator: "\n", omittingEmptySubsequences: false)
    var columns = 0
    for line in lines {
      let bare = Self.withoutCode(String(line))
      #expect(!bare.contains("<") || bare.replacing("<br>", with: "").firstIndex(of: "<") == nil, "\(line)")
      #expect(!bare.contains("["), "\(line)")
      #expect(!bare.contains("]("), "\(line)")
      #expect(!bare.contains("`"), "\(line)")
      guard line.hasPrefix("|") else {
        columns = 0
        continue
      }
      // Each row has as many cells as its head.
      let cells = Self.cells(String(line))
      if columns == 0 { columns = cells }
      #expect(cells == columns, "\(line)")
    }
  }

  /// A line without escaped characters and code spans (CommonMark 0.31, sections 2.4 and 6.1).
  static func withoutCode(_ line: String) -> String {
    var (bare, rest) = ("", Substring(line))
    while let first = rest.first {
      if first == "\\" {
        rest = rest.dropFirst(2)
      } else if first == "`" {
        let fence = rest.prefix { $0 == "`" }
        rest = rest.dropFirst(fence.count)
        var (body, closed) = (rest, false)
        while let next = body.firstIndex(of: "`") {
          let run = body[next...].prefix { $0 == "`" }
          body = body[run.endIndex...]
          if run.count == fence.count {
            closed = true
            break
          }
        }
        if closed { rest = body } else { bare += fence }
      } else {
        bare.append(first)
        rest = rest.dropFirst()
      }
    }
    return bare
  }

  /// The cells of a table's row: a bar ends one, in code too, unless a backslash that is no escaped one itself stands before it (cmark-gfm).
  static func cells(_ line: String) -> Int {
    var (count, rest) = (0, Substring(line))
    while let first = rest.first {
      if first == "|" { count += 1 }
      rest = rest.dropFirst(first == "\\" ? 2 : 1)
    }
    return count - 1
  }
}
