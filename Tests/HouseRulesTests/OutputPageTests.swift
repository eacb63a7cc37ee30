import Foundation
import SideEffects
import Testing

@testable import audit_residue

/// `docs/exit-statuses-and-json.md` against the tables that the program is made of.
@Suite("The page about exit statuses and JSON")
struct OutputPageTests {
  static let path = "docs/exit-statuses-and-json.md"

  @Test("has the statuses of each family of commands as the program has them", arguments: audit_residue.ExitStatus.Family.allCases)
  func statuses(family: audit_residue.ExitStatus.Family) throws {
    let rows = audit_residue.ExitStatus.rows(for: family).map {
      "| \($0.status == "own" ? $0.status : "`\($0.status)`") | \($0.meaning) |\n"
    }
    let table = "| status | meaning |\n|---|---|\n" + rows.joined()
    #expect(try Page(Self.path).part("statuses: \(family)") == table, "write between the marks of `statuses: \(family)`:\n\(table)")
  }

  @Test("names every field that a report writes, and no other")
  func fields() throws {
    let page = try Page(Self.path)
    let tables = try page.parts("fields: ").map { try page.part($0) }
    let documented = Set(tables.flatMap(Self.rows))
    let written = Self.written
    #expect(written.count > 40)
    let names = Set(documented.flatMap(Self.names))
    // The words of a field with few values are in its meaning.
    let words = Set(tables.flatMap { $0.matches(of: #/`([A-Za-z]+)`/#).map { String($0.output.1) } })
    #expect(written.subtracting(names.union(words)).sorted() == [], "say in \(Self.path) what they mean")
    #expect(names.subtracting(written).sorted() == [], "no report writes them")
  }

  @Test("names every outcome, and whether an audit with it is clean")
  func outcomes() throws {
    let section = try Page(Self.path).section("Outcomes")
    let rows = section.matches(of: #/(?m)^\| `([a-z-]+)` \| .* \| (yes|no) \|$/#).map { "\($0.output.1): \($0.output.2)" }
    #expect(rows == Outcome.allCases.map { "\($0.rawValue): \($0.isClean ? "yes" : "no")" })
  }

  /// The names of members in what makes JSON for people's programs.
  static let written: Set<String> = {
    let makers = Checkout.sources.filter { file in
      let isReport = file.path.hasPrefix("Sources/SideEffects/Reporting/") || file.path.hasPrefix("Sources/audit-residue/")
      // A plan's fields are on a page of their own, and held to it by a test of their own; those of SARIF are its standard's.
      let isElsewhere = ["PlanReport.swift", "StepFields.swift", "SARIFReport.swift"].contains(file.name)
      return isReport && !isElsewhere
        && ["JSONFields.object(", "SnapshotFields.object(", "Document.Member("].contains { file.text.contains($0) }
    }
    return Set(makers.flatMap { $0.text.matches(of: #/\("([A-Za-z]+)", /#).map { String($0.output.1) } })
  }()

  /// The first cells of a table, without their code marks.
  private static func rows(_ table: String) -> [String] {
    table.split(separator: "\n").compactMap { $0.firstMatch(of: #/^\| `([^`]+)` \|/#).map { String($0.output.1) } }
  }

  /// `changes[].attributes[].name` is made of `changes`, `attributes` and `name`.
  private static func names(_ path: String) -> [String] {
    path.split(separator: ".").map { String($0.replacing("[]", with: "")) }
  }
}
