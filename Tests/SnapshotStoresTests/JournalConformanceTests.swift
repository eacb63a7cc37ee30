import SideEffects
import Testing

@Suite("Any store: journals of plans")
struct JournalConformanceTests {
  private static func entry(_ event: JournalEntry.Event, plan: Text = "u", step: Text = "s-1", course: JournalEntry.Course = .remedy)
    -> JournalEntry
  {
    JournalEntry(plan: plan, step: step, course: course, event: event, at: Instant(seconds: 1_795_442_520, nanoseconds: 7))
  }

  /// One of each, with all that it can hold and with nothing of it.
  private static let events: [JournalEntry.Event] = [
    .intended(part: 0), .intended(part: 41), .taken(part: 0, status: nil), .taken(part: 1, status: 204),
    .refused(part: 2, because: "it said \"no\"\nand é\u{0}"), .unclear(part: 3, because: ""), .done(made: nil),
    .done(made: ResourceAddress(watch: "w", kind: "k", id: "i/\"1\"")),
    .done(made: ResourceAddress(watch: "w", kind: "k", id: "i", scope: Scope([.init(list: "l", id: "a"), .init(list: "m", id: "")]))),
    .proposed(commit: "0123456789012345678901234567890123456789", branch: "audit-residue/u"), .settled,
  ]

  @Test("each event of each course comes back as it was written, in the order of writing", arguments: StoreBackend.all)
  func roundTrip(backend: StoreBackend) async throws {
    let folder = try TemporaryFolder()
    let written = JournalEntry.Course.allCases.flatMap { course in Self.events.map { Self.entry($0, course: course) } }
    do {
      let store = try await backend.open(folder)
      for entry in written { try await store.write(entry) }
      #expect(try await store.journal(of: "u") == written)
    }
    #expect(try await backend.open(folder).journal(of: "u") == written)
  }

  @Test("the order is that of writing, not of steps or clocks, and a line that is written twice stands twice", arguments: StoreBackend.all)
  func order(backend: StoreBackend) async throws {
    let store = try await backend.open(try TemporaryFolder())
    let moments: [Int64] = [30, 10, 20, 10, 10]
    let written = zip(moments, ["c", "a", "b", "a", "a"] as [Text]).map { second, step in
      JournalEntry(plan: "u", step: step, course: .undo, event: .settled, at: Instant(seconds: second))
    }
    for entry in written { try await store.write(entry) }
    #expect(try await store.journal(of: "u") == written)
  }

  @Test("two plans have journals of their own, one without a line an empty one", arguments: StoreBackend.all)
  func twoPlans(backend: StoreBackend) async throws {
    let store = try await backend.open(try TemporaryFolder())
    for part in 0..<3 {
      for plan: Text in ["u", "U", "u%", "é", "e\u{301}"] { try await store.write(Self.entry(.intended(part: part), plan: plan)) }
    }
    for plan: Text in ["u", "U", "u%", "é", "e\u{301}"] {
      #expect(try await store.journal(of: plan) == (0..<3).map { Self.entry(.intended(part: $0), plan: plan) })
    }
    #expect(try await store.journal(of: "none").isEmpty)
    #expect(try await store.journal(of: "").isEmpty)
  }

  @Test("a line is there for another who has the store open, and for one who opens it while the writer lives", arguments: StoreBackend.all)
  func atOnce(backend: StoreBackend) async throws {
    let folder = try TemporaryFolder()
    let (writer, reader) = (try await backend.open(folder), try await backend.open(folder))
    #expect(try await reader.journal(of: "u").isEmpty)
    try await writer.write(Self.entry(.intended(part: 0)))
    #expect(try await reader.journal(of: "u") == [Self.entry(.intended(part: 0))])
    #expect(try await backend.open(folder).journal(of: "u") == [Self.entry(.intended(part: 0))])
  }

  @Test("lines that are written at once by several are all kept, each one's in its order", arguments: StoreBackend.all)
  func manyWriters(backend: StoreBackend) async throws {
    let folder = try TemporaryFolder()
    let steps: [Text] = ["a", "b", "c", "d"]
    try await withThrowingTaskGroup(of: Void.self) { group in
      for step in steps {
        group.addTask {
          let store = try await backend.open(folder)
          for part in 0..<25 { try await store.write(Self.entry(.intended(part: part), step: step)) }
        }
      }
      try await group.waitForAll()
    }
    let journal = try await backend.open(folder).journal(of: "u")
    for step in steps { #expect(journal.filter { $0.step == step }.map(\.event) == (0..<25).map { .intended(part: $0) }) }
    #expect(journal.count == 100)
  }

  @Test("plans are carried out by one at a time: the second is refused, and is free when the first is done", arguments: StoreBackend.all)
  func lock(backend: StoreBackend) async throws {
    let folder = try TemporaryFolder()
    let (one, other) = (try await backend.open(folder), try await backend.open(folder))
    let lock = try await one.lockJournal()
    for store in [one, other] {
      let failure = await #expect(throws: Failure.self) { _ = try await store.lockJournal() }
      #expect(failure?.diagnostics.first.rule == "apply-running")
      #expect(failure?.diagnostics.first.advice.isEmpty == false)
    }
    // Whoever only reads or takes a snapshot isn't kept from it.
    try await other.commit(StoreSamples.snapshot("meanwhile"))
    #expect(try await other.journal(of: "u").isEmpty)
    await lock.unlock()
    await lock.unlock()
    let second = try await other.lockJournal()
    let failure = await #expect(throws: Failure.self) { _ = try await one.lockJournal() }
    #expect(failure?.diagnostics.first.rule == "apply-running")
    await second.unlock()
  }

  @Test("a lock that nobody keeps is free, and those of two stores are apart", arguments: StoreBackend.all)
  func droppedLock(backend: StoreBackend) async throws {
    let (folder, another) = (try TemporaryFolder(), try TemporaryFolder())
    let (store, elsewhere) = (try await backend.open(folder), try await backend.open(another))
    do {
      let lock = try await store.lockJournal()
      let other = try await elsewhere.lockJournal()
      await other.unlock()
      _ = lock
    }
    await (try await store.lockJournal()).unlock()
  }
}
