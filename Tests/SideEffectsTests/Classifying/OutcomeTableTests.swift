import Testing

@testable import SideEffects

@Suite("What became of an attribute")
struct OutcomeTableTests {
  static func words(_ history: History) -> (times: String, now: String) {
    switch history {
    case .changed(let now): ("changed", word(now))
    case .unchanged(let now): ("unchanged", word(now))
    case .afterUnknown(let now): ("after unknown", word(now))
    case .beforeUnknown: ("before unknown", "unknown")
    }
  }

  static func word(_ now: History.Now) -> String {
    switch now {
    case .asBefore: "as before"
    case .asAfter: "as after"
    case .neither: "neither"
    case .unknown: "unknown"
    }
  }

  static func word(_ now: History.Later) -> String {
    switch now {
    case .same: "same"
    case .other: "other"
    case .unknown: "unknown"
    }
  }

  static func word(_ relation: Relation) -> String {
    switch relation {
    case .equal: "equal"
    case .differ: "differ"
    case .unknown: "unknown"
    }
  }

  /// The word of a resource with this attribute alone; the names of both enumerations are the page's.
  static func word(_ outcome: AttributeOutcome) -> String { Outcome(of: [outcome]).rawValue }

  static let histories: [History] =
    History.Now.allCases.map { .changed(now: $0) } + History.Later.allCases.flatMap { [.unchanged(now: $0), .afterUnknown(now: $0)] } + [
      .beforeUnknown
    ]

  @Test("follows from how each two of three looks compare, as the page says, in every combination")
  func relations() throws {
    let table = try DesignTable(page: "what-may-be-said.md", firstColumn: "before : after")
    var hits: Set<Int> = []
    for beforeAfter in Relation.allCases {
      for beforeNow in Relation.allCases {
        for afterNow in Relation.allCases {
          let wanted = table.answer([beforeAfter, beforeNow, afterNow].map(Self.word), hits: &hits)
          let (times, now) = Self.words(History(beforeAfter: beforeAfter, beforeNow: beforeNow, afterNow: afterNow))
          #expect((times == "before unknown" ? times : "\(times), \(now)") == wanted, "\(beforeAfter) \(beforeNow) \(afterNow)")
        }
      }
    }
    table.expectAllHit(hits)
  }

  @Test("is what the page says, for every history, covered or not")
  func outcomes() throws {
    let table = try DesignTable(page: "what-may-be-said.md", firstColumn: "before and after")
    var hits: Set<Int> = []
    for history in Self.histories {
      for isCovered in [true, false] {
        let (times, now) = Self.words(history)
        let wanted = table.answer([times, now, isCovered ? "yes" : "no"], hits: &hits)
        #expect(Self.word(AttributeOutcome(history, isCovered: isCovered)) == wanted, "\(history)")
      }
    }
    table.expectAllHit(hits)
  }

  @Test("adds up to what the page says of a resource, for every set of outcomes")
  func resources() throws {
    let table = try DesignTable(page: "what-may-be-said.md", firstColumn: "reverted")
    let columns: [AttributeOutcome] = [.reverted, .residue, .diverged, .changedCauseUnknown, .collateral, .since, .blind, .asBefore]
    #expect(columns.count + 1 == AttributeOutcome.allCases.count)
    var hits: Set<Int> = []
    for bits in 0..<(1 << columns.count) {
      let parts = Set(columns.indices.filter { bits >> $0 & 1 == 1 }.map { columns[$0] })
      let wanted = table.answer(columns.map { parts.contains($0) ? "yes" : "no" }, hits: &hits)
      #expect(Outcome(of: parts).rawValue == wanted, "\(parts)")
      #expect(Outcome(of: parts.union([.untouched])).rawValue == wanted, "\(parts) and untouched")
    }
    table.expectAllHit(hits)
  }

  @Test("leaves an audit clean only where it came back, is as before, or was never touched")
  func clean() {
    #expect(Outcome.allCases.filter(\.isClean) == [.untouched, .asBefore, .reverted])
  }
}
