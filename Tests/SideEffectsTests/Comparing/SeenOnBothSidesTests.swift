import Testing

@testable import SideEffects

@Suite("A resource that both snapshots hold")
struct SeenOnBothSidesTests {
  enum Masked: String, CaseIterable {
    case none, both
    case value = "against a value"
    case nothing = "against nothing"
  }
  enum Shown: CaseIterable { case equal, replaced, appeared, vanished, reordered, otherUnicode, otherNumber }
  enum Told: String, CaseIterable { case same, other, untoldBefore, untoldAfter, untold }
  enum Listing: CaseIterable { case complete, gapHere, gapElsewhere, failed }

  static let scope = Scope([.init(list: "repository", id: "7")])
  static let schema = KindSchema(
    sort: .webhook, level: .configuration, manifest: Digest(of: [1]), naturalKey: [],
    attributes: ["url": .value, "events": .set, "order": .value, "size": .value, "secret": .secret, "used": .volatile])

  static func shown(_ shown: Shown) -> (before: [Text: Reading], after: [Text: Reading], word: String) {
    let base: [Text: Reading] = [
      "url": .text("é"), "events": .value(.set([.text("a"), .text("b")])), "order": .value(.list([.text("a"), .text("b")])),
      "size": .value(.scalar(.number("1"))),
    ]
    func with(_ name: Text, _ reading: Reading?) -> [Text: Reading] {
      var changed = base
      changed[name] = reading
      return changed
    }
    return switch shown {
    case .equal: (base, with("events", .value(.set([.text("b"), .text("a")]))), "equal")
    case .replaced: (base, with("url", .text("other")), "differ")
    case .appeared: (with("url", nil), base, "differ")
    case .vanished: (base, with("url", nil), "differ")
    case .reordered: (base, with("order", .value(.list([.text("b"), .text("a")]))), "differ")
    case .otherUnicode: (base, with("url", .text("e\u{301}")), "differ")
    case .otherNumber: (base, with("size", .value(.scalar(.number("1.0")))), "differ")
    }
  }

  static func masks(_ masked: Masked) -> [(before: Reading?, after: Reading?)] {
    switch masked {
    case .none: [(nil, nil), (.text("s"), .text("s"))]
    case .both: [(.withheld, .withheld)]
    case .value: [(.withheld, .text("s")), (.text("s"), .withheld)]
    case .nothing: [(.withheld, nil), (nil, .withheld)]
    }
  }

  static func times(_ told: Told) -> (before: Text?, after: Text?) {
    switch told {
    case .same: ("2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z")
    case .other: ("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z")
    case .untoldBefore: (nil, "2026-01-01T00:00:00Z")
    case .untoldAfter: ("2026-01-01T00:00:00Z", nil)
    case .untold: (nil, nil)
    }
  }

  static func completeness(_ listing: Listing) -> Completeness {
    let (evidence, because) = (Evidence(reads: 1, items: 1), Diagnostic("forbidden", "no"))
    return switch listing {
    case .complete: .complete(evidence)
    case .gapHere: .partial(evidence, NonEmpty(Gap(scope: scope, because: because)))
    case .gapElsewhere: .partial(evidence, NonEmpty(Gap(scope: Scope([.init(list: "repository", id: "8")]), because: because)))
    case .failed: .failed(NonEmpty(because))
    }
  }

  /// What is said of one address, in the words of the page.
  static func said(_ changes: [Change]) -> String {
    switch changes.map({ $0.isNotShown ? "updated (not shown)" : $0.word.string }) {
    case []: "nothing"
    case ["deleted", "created"]: "deleted and created"
    case let words: words.joined(separator: " + ")
    }
  }

  static func creationWord(_ told: Told) -> String {
    switch told {
    case .same: "same"
    case .other: "other"
    case .untoldBefore, .untoldAfter, .untold: "untold"
    }
  }

  static func changedWord(_ told: Told) -> String {
    switch told {
    case .same: "same"
    case .other, .untoldBefore: "moved"
    case .untoldAfter, .untold: "untold"
    }
  }

  /// One resource before and after, and what the page says of it.
  struct Case {
    let before: Resource
    let after: Resource
    let said: String?
  }

  static func cases(_ table: DesignTable, volatile: Text, hits: inout Set<Int>) -> [Case] {
    var cases: [Case] = []
    for creation in Told.allCases {
      for shown in Shown.allCases {
        for masked in Masked.allCases {
          for changed in Told.allCases {
            let attributes = Self.shown(shown)
            let wanted = table.answer([creationWord(creation), attributes.word, masked.rawValue, changedWord(changed)], hits: &hits)
            for mask in masks(masked) {
              var (old, new) = (attributes.before, attributes.after)
              (old["secret"], new["secret"]) = (mask.before, mask.after)
              (old["used"], new["used"]) = (.text("1"), .text(volatile))
              let (created, moved, id) = (times(creation), times(changed), Text("\(cases.count)"))
              cases.append(
                Case(
                  before: .sample(id, scope: scope, old, origin: Origin(at: created.before, changed: moved.before)),
                  after: .sample(id, scope: scope, new, origin: Origin(at: created.after, changed: moved.after)), said: wanted))
            }
          }
        }
      }
    }
    return cases
  }

  /// What is found of each; how lines come out of a store is tested elsewhere.
  static func compare(
    _ cases: [Case], reader: Reader = Reader(account: "admin"), before: Listing = .complete, after: Listing = .complete
  ) -> (changes: [Change], blindSpots: [BlindSpot]) {
    func observation(_ reader: Reader, _ listing: Listing) -> Observation {
      Observation(
        watch: "w", kind: "k", reader: reader, asked: Asked(provider: "p", settings: [:]), schema: schema,
        completeness: completeness(listing))
    }
    let pair = ObservationPair(before: observation(Reader(account: "admin"), before), after: observation(reader, after), keysAreEqual: true)
    var collector = ChangeCollector(pair)
    for sample in cases { collector.both(sample.before, sample.after) }
    let found = collector.finish()
    return (found.changes, found.blindSpots)
  }

  @Test("is said what the page says, in every combination, whatever else may be", arguments: ["1", "2"] as [Text], Listing.allCases)
  func everyCombination(volatile: Text, before: Listing) throws {
    let table = try DesignTable(page: "what-may-be-said.md", firstColumn: "time of creation")
    var hits: Set<Int> = []
    let cases = Self.cases(table, volatile: volatile, hits: &hits)
    table.expectAllHit(hits)
    #expect(cases.count == 5 * 7 * 7 * 5)
    for after in Listing.allCases {
      for reader in [Reader(account: "admin"), Reader(account: "other")] {
        let comparison = Self.compare(cases, reader: reader, before: before, after: after)
        let changes = Dictionary(grouping: comparison.changes) { $0.resource.address.id }
        for sample in cases {
          let said = Self.said(changes[sample.before.address.id] ?? [])
          #expect(
            said == sample.said, "\(sample.before.attributes) \(sample.before.origin) -> \(sample.after.attributes) \(sample.after.origin)")
        }
        #expect(comparison.blindSpots.allSatisfy { $0.unknown == 0 })
      }
    }
  }

  @Test("names what is masked on either side as not compared, beside what changed")
  func namesMasked() {
    let before = Resource.sample("1", ["url": .text("a"), "secret": .withheld])
    let after = Resource.sample("1", ["url": .text("b"), "secret": .text("s")])
    let comparison = Self.compare([Case(before: before, after: after, said: nil)])
    #expect(comparison.changes.first?.notCompared == ["secret"])
    #expect(comparison.changes.first?.attributes.map(\.name) == ["url"])
  }

  @Test("is one thing when its time of creation is spelled with and without a fraction")
  func spellings() async throws {
    for (a, b, said) in [
      ("2026-01-01T00:00:00Z", "2026-01-01T00:00:00.250Z", "nothing"), ("2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00", "nothing"),
      ("2026-01-01T00:00:00.250Z", "2026-01-01T00:00:00.251Z", "deleted and created"), ("41", "42", "deleted and created"),
    ] as [(Text, Text, String)] {
      var (before, after) = (SnapshotBuilder("before"), SnapshotBuilder("after"))
      before.look([.sample(origin: Origin(at: a))])
      after.look([.sample(origin: Origin(at: b))])
      #expect(Self.said(try await SnapshotDiff.compare(before, after).changes) == said)
    }
  }
}
