import SideEffects
import Testing

@Suite("A resource that one snapshot holds")
struct SeenOnOneSideTests {
  enum Listing: String, CaseIterable {
    case complete
    case elsewhere = "gap elsewhere"
    case above = "gap above it"
    case failed
  }
  enum Rights: CaseIterable { case equal, more, less, other, equalOfOther, moreOfOther, untoldSame, untoldOther, nowUntold, nowTold }

  static let scope = Scope([.init(list: "account", id: "a"), .init(list: "repository", id: "7")])
  static let secretID = "fingerprint:" + String(repeating: "0", count: 64)

  static func completeness(_ listing: Listing) -> Completeness {
    let (evidence, because) = (Evidence(reads: 1, items: 1), Diagnostic("forbidden", "no"))
    let elsewhere = Gap(scope: Scope([.init(list: "account", id: "a"), .init(list: "repository", id: "8")]), because: because)
    return switch listing {
    case .complete: .complete(evidence)
    case .elsewhere: .partial(evidence, NonEmpty(elsewhere))
    case .above: .partial(evidence, NonEmpty(elsewhere, [Gap(scope: Scope([scope.steps[0]]), because: because)]))
    case .failed: .failed(NonEmpty(because))
    }
  }

  /// The reader who saw it, and the reader who did not.
  static func readers(_ rights: Rights) -> (saw: Reader, other: Reader, reaches: Bool) {
    switch rights {
    case .equal: (Reader(account: "a", rights: .told(["r"])), Reader(account: "a", rights: .told(["r"])), true)
    case .more: (Reader(account: "a", rights: .told(["r"])), Reader(account: "a", rights: .told(["r", "w"])), true)
    case .equalOfOther: (Reader(account: "a", rights: .told(["r"])), Reader(account: "b", rights: .told(["r"])), false)
    case .moreOfOther: (Reader(account: "a", rights: .told(["r"])), Reader(account: "b", rights: .told(["r", "w"])), false)
    case .less: (Reader(account: "a", rights: .told(["r", "w"])), Reader(account: "a", rights: .told(["r"])), false)
    case .other: (Reader(account: "a", rights: .told(["r"])), Reader(account: "a", rights: .told(["w"])), false)
    case .untoldSame: (Reader(account: "a"), Reader(account: "a"), true)
    case .untoldOther: (Reader(account: "a"), Reader(account: "b"), false)
    case .nowUntold: (Reader(account: "a", rights: .told(["r"])), Reader(account: "a"), false)
    case .nowTold: (Reader(account: "a"), Reader(account: "a", rights: .told(["r"])), false)
    }
  }

  /// How the other side's manifest lists, beside that of the side which saw it.
  enum Lists: CaseIterable { case sameManifest, sameInOtherManifest, other, untold }

  static func schemas(_ lists: Lists) -> (saw: KindSchema, other: KindSchema, alike: String) {
    func schema(_ manifest: UInt8, _ listing: UInt8?) -> KindSchema {
      KindSchema(
        sort: .webhook, level: .configuration, manifest: Digest(of: [manifest]), naturalKey: [], attributes: [:],
        listing: listing.map { Digest(of: [$0]) })
    }
    return switch lists {
    case .sameManifest: (schema(1, nil), schema(1, 1), "yes")
    case .sameInOtherManifest: (schema(1, 1), schema(2, 1), "yes")
    case .other: (schema(1, 1), schema(2, 2), "no")
    case .untold: (schema(1, nil), schema(2, nil), "no")
    }
  }

  /// What is said of the one resource, in the words of the page; its blind spot is the one that counts it.
  static func said(_ comparison: Comparison) -> String {
    if let change = comparison.changes.first { return change.word.string }
    let counting = comparison.blindSpots.filter { $0.unknown == 1 }
    guard counting.count == 1, let spot = counting.first, comparison.blindSpots.allSatisfy({ $0.unknown < 2 }) else {
      return "counted \(counting.count) times"
    }
    return "unknown: " + (spot.code == "forbidden" ? "the gap" : spot.code.string)
  }

  @Test("is said what the page says, in every combination")
  func everyCombination() async throws {
    let table = try DesignTable(page: "what-may-be-said.md", firstColumn: "present")
    var hits: Set<Int> = []
    for present in ["before", "after"] {
      for isAsked in [true, false] {
        for listing in Listing.allCases {
          for rights in Rights.allCases {
            for lists in Lists.allCases {
              for (id, key, underOtherKey) in [
                ("1", "key-1", "no"), ("1", "key-2", "no"), (Self.secretID, "key-1", "no"), (Self.secretID, "key-2", "yes"),
              ] {
                let (readers, schemas) = (Self.readers(rights), Self.schemas(lists))
                let reader = readers.reaches ? "reaches as far" : "may see less"
                let wanted = table.answer(
                  [present, isAsked ? "yes" : "no", listing.rawValue, schemas.alike, reader, underOtherKey], hits: &hits)
                // Where it is listed, how complete that list is must not matter.
                for own in Listing.allCases where own == .complete || own == .elsewhere {
                  var saw = SnapshotBuilder(Text(present))
                  let asked = Asked(provider: "p", settings: [:], constants: ["account": ["a", "b"]])
                  saw.look(
                    [.sample(Text(id), scope: Self.scope)], reader: readers.saw, asked: asked, schema: schemas.saw,
                    completeness: Self.completeness(own))
                  var other = SnapshotBuilder("other", key: Text(key))
                  let askedThere = Asked(provider: "p", settings: [:], constants: ["account": isAsked ? ["a", "b"] : ["b"]])
                  other.look(
                    [], reader: readers.other, asked: askedThere, schema: schemas.other, completeness: Self.completeness(listing))
                  let comparison = try await present == "before" ? SnapshotDiff.compare(saw, other) : SnapshotDiff.compare(other, saw)
                  #expect(
                    Self.said(comparison) == wanted, "\(present), asked \(isAsked), \(listing), \(lists), \(rights), id \(id), \(key)")
                }
              }
            }
          }
        }
      }
    }
    table.expectAllHit(hits)
  }

  static let schema = KindSchema(
    sort: .webhook, level: .configuration, manifest: Digest(of: [1]), naturalKey: [], attributes: ["url": .value])

  @Test("is compared at all only where the page says so")
  func comparability() async throws {
    let table = try DesignTable(page: "what-may-be-said.md", firstColumn: "provider and settings")
    var hits: Set<Int> = []
    let asked: [(Asked, String)] = [
      (Asked(provider: "p", settings: ["owner": "acme"]), "equal"),
      (Asked(provider: "p", settings: ["owner": "acme"], revision: "8335e368"), "equal"),
      (Asked(provider: "q", settings: ["owner": "acme"]), "other"), (Asked(provider: "p", settings: ["owner": "other"]), "other"),
      (Asked(provider: "p", settings: [:]), "other"), (Asked(provider: "p", settings: ["owner": "acme", "region": "eu"]), "other"),
    ]
    let own = Diagnostic("not-shown", "each sees its own webhooks")
    for (question, word) in asked {
      for (account, accounts) in [("admin", "equal"), ("auditor", "other")] as [(Text, String)] {
        for (before, after) in [([], []), ([own], []), ([], [own]), ([own], [own])] as [([Diagnostic], [Diagnostic])] {
          var (old, new) = (SnapshotBuilder("before"), SnapshotBuilder("after"))
          let rights = Reader.Rights.told(["all"])
          let (one, two) = (Resource.sample("1", ["url": .text("a")]), Resource.sample("1", ["url": .text("b")]))
          old.look([one], reader: Reader(account: "admin", rights: rights), asked: asked[0].0, schema: Self.schema, standing: before)
          new.look([two], reader: Reader(account: account, rights: rights), asked: question, schema: Self.schema, standing: after)
          let comparison = try await SnapshotDiff.compare(old, new)
          let isOwn = before.isEmpty && after.isEmpty ? "no" : "yes"
          let wanted = table.answer([word, accounts, isOwn], hits: &hits)
          let counting = comparison.blindSpots.first { $0.unknown == 2 }
          #expect((comparison.changes.isEmpty ? "no: \(counting?.code ?? "")" : "yes") == wanted)
        }
      }
    }
    table.expectAllHit(hits)
  }
}
