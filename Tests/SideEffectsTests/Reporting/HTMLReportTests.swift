import Foundation
import Testing

@testable import SideEffects

@Suite("A report as HTML")
struct HTMLReportTests {
  @Test("of a diff and of an audit reads as it was found right")
  func goldens() async throws {
    try Golden.expect(HTMLReport(try await ReportSamples.diff(), next: ReportTests.next).html(), is: "diff.html")
    try Golden.expect(HTMLReport(try await ReportSamples.audit(), next: ReportTests.next).html(), is: "audit.html")
  }

  @Test("of a plan reads as it was found right, and is the same bytes again")
  func plan() throws {
    let page = HTMLPlan(try PlanReportTests.plan(blindSpots: [PlanReportTests.spot])).html()
    try Golden.expect(page, is: "plan.html")
    #expect(page == HTMLPlan(try PlanReportTests.plan(blindSpots: [PlanReportTests.spot])).html())
  }

  @Test("holds hostile text as text: no element, no handler, no link of its own")
  func hostile() throws {
    let words = PlanReportTests.hostile + "\" onmouseover='x' <img src=x> javascript:1"
    let page = HTMLPlan(try PlanReportTests.plan(words)).html()
    #expect(page.components(separatedBy: "<script").count == 2 && page.components(separatedBy: "</script").count == 2)
    #expect(!page.contains("<img") && !page.contains("\" onmouseover") && !page.contains("href=\"javascript"))
    #expect(!page.unicodeScalars.contains { $0 == "\u{1b}" || $0 == "\u{202e}" })
    #expect(HTMLText.block("-a: 1\r\n+\ta: <2>\u{202e}\n") == "-a: 1&#13;\n+\ta: &lt;2&gt;\\u{202e}\n")
    #expect(HTMLText.link("javascript:alert(1)") == "<code>javascript:alert(1)</code>")
    #expect(HTMLText.link("https://a.example/?a=1&b=2").hasPrefix("<a href=\"https://a.example/?a=1&amp;b=2\""))
  }

  @Test("allows by its policy just its own style and script, and loads nothing")
  func policy() throws {
    let page = HTMLPlan(try PlanReportTests.plan()).html()
    for (content, name) in [(HTMLStyle.text, "style-src"), (HTMLScript.text, "script-src")] {
      let hash = String(decoding: Base64.encode(Digest(of: Array(content.utf8)).bytes), as: UTF8.self)
      #expect(page.contains("\(name) 'sha256-\(hash)'") && page.contains(">\(content)</s"))
    }
    #expect(page.contains("default-src 'none'"))
    for mark in [" src=", "<link", "url(", "@import", " style=", " onclick="] { #expect(!page.contains(mark), "\(mark)") }
  }

  @Test("never looks clean where something could not be looked at")
  func blind() throws {
    let page = HTMLPlan(PlanSamples.plan([], [], blindSpots: [PlanReportTests.spot])).html()
    #expect(page.contains("1 thing to check by hand:</strong>") && !page.contains("nothing is left to do"))
    let audit = Audit(before: "one", after: "two", entries: [], blindSpots: [PlanReportTests.spot])
    #expect(HTMLReport(audit).html().contains("<strong>1 blind spot: this audit cannot say that it is clean.</strong>"))
    #expect(!HTMLPlan(PlanSamples.plan([], [])).html().contains("class=\"banner\" role=\"note\"><strong>1 thing"))
  }

  @Test("draws two hundred changes by watch and kind, each counted, and says the same in words")
  func picture() throws {
    let watch = try PlanSamples.service(remedy: PlanReportTests.remedy)
    let entries = try (1...200).map { number in
      try PlanSamples.entry(watch, before: nil, after: PlanSamples.resource(Text("\(number)"), ["name": .text("<b>")]))
    }
    let picture = UpgradePicture(Audit(before: "one", after: "two", entries: entries, blindSpots: []))
    let figure = HTMLPicture.figure(picture)
    #expect(picture.groups.count == 1 && picture.groups.first?.marks.count == 200)
    #expect(figure.components(separatedBy: "class=\"mark stays\"").count == 33 && figure.contains(">and 168</text>"))
    #expect(figure.contains("service · webhook: 200 created; 200 stay.") && !figure.contains("<b>"))
    #expect(
      figure.contains("role=\"img\"")
        && HTMLPicture.figure(UpgradePicture(Audit(before: "a", after: "b", entries: [], blindSpots: []))).isEmpty)
  }

  @Test("joins kinds of which changed things hold the same by a line, and counts what did not change")
  func ties() throws {
    let watch = try PlanSamples.service(remedy: PlanReportTests.remedy)
    func entry(_ id: Text, _ kind: Text, _ ties: [Audit.Reference]) throws -> Audit.Entry {
      let schema = try PlanSamples.entry(watch, before: nil, after: PlanSamples.resource("1", [:])).change.schema
      return Audit.Entry(
        change: Change(what: .created(PlanSamples.resource(id, kind: kind)), schema: schema), coverage: .unknown, ties: ties)
    }
    let token = PlanSamples.resource("t", kind: "token")
    let other = PlanSamples.resource("o", kind: "other")
    let ties = [token, other].map { Audit.Reference(address: $0.address, name: $0.name, how: "the same secret") }
    let picture = UpgradePicture(
      Audit(before: "a", after: "b", entries: [try entry("h", "hook", ties), try entry("t", "token", [])], blindSpots: []))
    #expect(picture.lines == [UpgradePicture.Line(from: 0, to: 1)] && picture.tiedElsewhere == 1)
    #expect(HTMLPicture.figure(picture).components(separatedBy: "class=\"tie\"").count == 2)
  }

  @Test("has enough contrast for small text, light and dark (WCAG 2.2, 1.4.3)", arguments: [0, 1])
  func contrast(scheme: Int) throws {
    let roots = HTMLStyle.text.split(separator: ":root{").dropFirst().prefix(2).map { $0.prefix { $0 != "}" } }
    let colours = roots[scheme].split(separator: ";").reduce(into: [String: String]()) { found, pair in
      let parts = pair.split(separator: ":")
      if parts.count == 2, parts[0].hasPrefix("--") { found[String(parts[0].dropFirst(2))] = String(parts[1].dropFirst()) }
    }
    for paper in ["paper", "card", "warnpaper"] {
      for ink in ["ink", "soft", "link", "warn", "bad", "good"] {
        let (one, other) = (Self.luminance(try #require(colours[ink])), Self.luminance(try #require(colours[paper])))
        #expect((max(one, other) + 0.05) / (min(one, other) + 0.05) >= 4.5, "\(ink) on \(paper)")
      }
    }
  }

  /// The relative luminance of `rgb` or `rrggbb`.
  private static func luminance(_ colour: String) -> Double {
    let digits = colour.count == 3 ? colour.map { "\($0)\($0)" }.joined() : colour
    let parts = stride(from: 0, to: 6, by: 2).map { start in
      let value = Double(Int(digits.dropFirst(start).prefix(2), radix: 16) ?? 0) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }
}
