import SideEffects
import Testing

@Suite("What refers to what")
struct ReferenceSearchTests {
  private static let token = KindSchema(
    sort: .credential, level: .configuration, manifest: Digest(of: [1]), naturalKey: ["name"],
    attributes: ["value": .secret, "name": .value])

  /// A service's tokens and a machine's settings, before, after and now.
  private struct Stage {
    var before: [Resource] = [.sample("token-1001", watch: "service", kind: "token", ["name": .text("sync"), "value": .secret("a")])]
    var after: [Resource] = []
    var now: [Resource] = []
    var settings: [Resource] = [.sample("app.yaml token", watch: "machine", kind: "secret", [".": .secret("a")])]
    var settingsAfter: [Resource]?
    var completeness: Completeness = .complete(Evidence(reads: 1, items: 1))
    var services: Set<Text> = ["service"]
    var keysAreEqual = true

    func audit() async throws -> Audit {
      var builder = RollbackBuilder()
      func look(_ snapshot: inout SnapshotBuilder, _ tokens: [Resource], _ settings: [Resource], _ completeness: Completeness) {
        snapshot.look(tokens, watch: "service", kind: "token", schema: ReferenceSearchTests.token, completeness: completeness)
        snapshot.look(settings, watch: "machine", kind: "secret", schema: ReferenceSearchTests.token)
      }
      let complete = Completeness.complete(Evidence(reads: 1, items: 1))
      look(&builder.before, before, settings, complete)
      if var snapshot = builder.after {
        look(&snapshot, after, settingsAfter ?? settings, complete)
        builder.after = snapshot
      }
      look(&builder.now, now, settings, completeness)
      let audit = Classifier(configuration: nil, providers: [:], today: ClassifierTests.today)
        .classify(try await builder.compare(), restored: [])
      let table = ChunkTable([builder.now])
      return try await ReferenceSearch.complete(
        audit, in: builder.now.snapshot, owners: ["machine": "ops"], services: services, keysAreEqual: keysAreEqual
      ) { digest throws(Failure) in try await table.read(digest) }
    }

    func stale() async throws -> [String] { try await audit().stale.map { "\($0.holder.name): \($0.sentence)" } }
  }

  private static let gone = "app.yaml token: it holds the secret that the token token-1001 had, which service no longer has"

  @Test("is stale where it holds the secret of what is gone, and is its owner's to mend")
  func gone() async throws {
    let stage = Stage()
    #expect(try await stage.stale() == [Self.gone])
    #expect(try await stage.audit().stale.map(\.owner) == ["ops"])
  }

  @Test("names what took its place: the same thing with another secret, or another thing")
  func replaced() async throws {
    var stage = Stage()
    stage.after = [.sample("token-1001", watch: "service", kind: "token", ["name": .text("sync"), "value": .secret("b")])]
    stage.now = stage.after
    #expect(
      try await stage.stale() == ["app.yaml token: it holds the secret that the token token-1001 had, and service has replaced it"])
    stage.after = [.sample("token-2002", watch: "service", kind: "token", ["name": .text("sync"), "value": .secret("b")])]
    stage.now = stage.after
    #expect(
      try await stage.stale() == [
        "app.yaml token: it holds the secret that the token token-1001 had, and service has token-2002 in its place"
      ])
  }

  @Test("by an id is stale too, and by a short word that stands anywhere it is not")
  func ids() async throws {
    var stage = Stage()
    stage.settings = [.sample("app.yaml use", watch: "machine", kind: "secret", ["value": .text("token-1001")])]
    #expect(try await stage.stale() == ["app.yaml use: it holds the id token-1001 of the token token-1001, which service no longer has"])
    stage.before = [.sample("ci1", watch: "service", kind: "token")]
    stage.settings = [.sample("app.yaml use", watch: "machine", kind: "secret", ["value": .text("ci1")])]
    #expect(try await stage.stale() == [])
  }

  @Test("is nothing that two share where it is the id of neither, such as the name of a hash")
  func words() async throws {
    var stage = Stage()
    stage.before = [.sample("token-1001", watch: "service", kind: "token", ["name": .text("sha256-salted")])]
    stage.settings = [.sample("app.yaml hash", watch: "machine", kind: "secret", ["value": .text("sha256-salted")])]
    #expect(try await stage.audit().entries.map(\.ties.count) == [0])
    stage.settings = [.sample("app.yaml use", watch: "machine", kind: "secret", ["value": .text("token-1001")])]
    #expect(try await stage.audit().entries.flatMap(\.ties).map(\.how) == ["the id token-1001"])
  }

  @Test("is not said where the service was not read to its end")
  func incomplete() async throws {
    var stage = Stage()
    let because = Diagnostic("forbidden", "no")
    stage.completeness = .partial(Evidence(reads: 1, items: 1), NonEmpty(Gap(scope: .whole, because: because)))
    #expect(try await stage.stale() == [])
    stage.completeness = .failed(NonEmpty(because))
    #expect(try await stage.stale() == [])
  }

  @Test("is not said where another thing of that kind still has the secret, nor where all is back")
  func alive() async throws {
    var stage = Stage()
    stage.now = [.sample("token-3003", watch: "service", kind: "token", ["name": .text("other"), "value": .secret("a")])]
    #expect(try await stage.stale() == [])
    stage.now = stage.before
    #expect(try await stage.stale() == [])
  }

  @Test("is not said by fingerprints of different keys, nor of watches that issue nothing")
  func incomparable() async throws {
    var stage = Stage()
    stage.keysAreEqual = false
    #expect(try await stage.stale() == [])
    #expect(try await stage.audit().entries.allSatisfy(\.ties.isEmpty))
    stage = Stage()
    stage.services = []
    #expect(try await stage.stale() == [])
    #expect(try await stage.audit().entries.count == 1)
  }

  @Test("ties a change to what holds the same, changed or not, both ways")
  func ties() async throws {
    var stage = Stage()
    var audit = try await stage.audit()
    #expect(audit.entries.map { $0.ties.map { "\($0.how) \($0.name)" } } == [["the same secret app.yaml token"]])
    stage.settingsAfter = []
    audit = try await stage.audit()
    #expect(
      audit.entries.map { "\($0.change.resource.name) - \($0.ties.map(\.name.string))" }.sorted() == [
        "app.yaml token - [\"token-1001\"]", "token-1001 - [\"app.yaml token\"]",
      ])
    // The token is gone: what it had it no longer shares.
    let text = TextReport(audit).text()
    #expect(text.contains("shared the same secret with machine · secret app.yaml token"), "\(text)")
  }

  @Test("ties to at most twenty, of which a report shows three")
  func bounded() async throws {
    var stage = Stage()
    stage.settings = (100..<200).map { .sample(Text("app.yaml token \($0)"), watch: "machine", kind: "secret", [".": .secret("a")]) }
    let audit = try await stage.audit()
    #expect(audit.entries.map(\.ties.count) == [20])
    #expect(audit.stale.count == 100)
    let text = TextReport(audit).text()
    #expect(text.contains("and with 17 more"), "\(text)")
  }
}
