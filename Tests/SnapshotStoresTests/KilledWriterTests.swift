import Glibc
import SideEffects
import Testing

/// Real processes, killed where it hurts.
@Suite("A writer that is killed", .serialized)
struct KilledWriterTests {
  private static let resources = 1_500

  private static func microseconds(_ duration: Duration) -> Int {
    Int(duration.components.seconds * 1_000_000 + duration.components.attoseconds / 1_000_000_000_000)
  }

  /// The snapshot is not there, or it is there and whole; whichever, the next one can be taken.
  private static func expectWholeOrNone(_ folder: TemporaryFolder, _ name: Text, round: Int) async throws -> Bool {
    let store = try await StoreBackend.all[0].open(folder)
    let snapshot = try await store.snapshot(named: name)
    #expect(try await store.snapshots().contains { $0.name == name } == (snapshot != nil))
    if let snapshot {
      #expect(snapshot.observations.map(\.count) == [resources])
      #expect(try await StoreAnswers.resources(of: snapshot.observations[0], in: store).count == resources)
    }
    let next = Text("next-\(round)")
    try await store.commit(StoreSamples.snapshot(next, [try await StoreSamples.generated(50, in: store)]))
    #expect(try await store.snapshot(named: next) != nil)
    return snapshot != nil
  }

  @Test("at any of 80 moments of a write leaves the whole snapshot or none, and a store that works", .timeLimit(.minutes(10)))
  func writing() async throws {
    let folder = try TemporaryFolder()
    var kept = 0
    for part in 0..<8 {
      // Measured anew each time, since other tests and programs come and go.
      let measured = try ChildProcess(writer: ["write", folder.store, "measured-\(part)", "\(Self.resources)", "\(part + 80)"])
      measured.wait(for: "open")
      let start = ContinuousClock.now
      #expect(measured.end().status == 0)
      let length = ContinuousClock.now - start
      for round in stride(from: part, to: 72, by: 8) {
        // Other resources each time, or there would be nothing to put.
        let child = try ChildProcess(writer: ["write", folder.store, "killed-\(round)", "\(Self.resources)", "\(round)"])
        child.wait(for: "open")
        usleep(UInt32(Self.microseconds(length * round / 64)))
        child.kill()
        _ = child.end()
        let isThere = try await Self.expectWholeOrNone(folder, Text("killed-\(round)"), round: round)
        if round == 0 { #expect(!isThere) }
        if isThere { kept += 1 }
      }
    }
    for round in 72..<80 {
      // At the moment when it says that it has committed: then it must be there.
      let child = try ChildProcess(writer: ["write", folder.store, "killed-\(round)", "\(Self.resources)", "\(round)"])
      child.wait(forPrefix: "done ")
      child.kill()
      _ = child.end()
      #expect(try await Self.expectWholeOrNone(folder, Text("killed-\(round)"), round: round))
    }
    #expect(try await StoreBackend.all[0].open(folder).snapshots().count == 80 + 8 + kept + 8)
  }

  @Test("at any of 40 moments while it makes the store leaves a store or none, and never half of one", .timeLimit(.minutes(10)))
  func making() async throws {
    let start = ContinuousClock.now
    #expect(try ChildProcess(writer: ["open", try TemporaryFolder().store]).end().status == 0)
    let length = ContinuousClock.now - start
    for round in 0..<40 {
      let folder = try TemporaryFolder()
      let child = try ChildProcess(writer: ["open", folder.store])
      usleep(UInt32(Self.microseconds(length * round / 36)))
      child.kill()
      _ = child.end()
      _ = try await Self.expectWholeOrNone(folder, "none", round: round)
    }
  }

  @Test("while it forgets leaves the snapshot or not, and all others whole", .timeLimit(.minutes(10)))
  func forgetting() async throws {
    let folder = try TemporaryFolder()
    let store = try await StoreBackend.all[0].open(folder)
    for round in 0..<24 {
      try await store.commit(StoreSamples.snapshot(Text("n-\(round)"), [try await StoreSamples.generated(700, seed: round, in: store)]))
    }
    let child = try ChildProcess(writer: ["forget", folder.store, "n", "1"])
    child.wait(for: "open")
    let start = ContinuousClock.now
    _ = child.end()
    let length = ContinuousClock.now - start
    for round in 1..<23 {
      let name = Text("m-\(round)")
      try await store.commit(StoreSamples.snapshot(Text("\(name)-0"), [try await StoreSamples.generated(700, seed: round, in: store)]))
      // Days later, so that it sweeps as well.
      let child = try ChildProcess(
        writer: ["forget", folder.store, name.string, "1"], environment: ["CLOCK_OFFSET": "\(86_400 * 30 + round)"])
      child.wait(for: "open")
      usleep(UInt32(Self.microseconds(length * round / 20)))
      child.kill()
      _ = child.end()
    }
    let answers = try await StoreAnswers(store)
    #expect(answers.resources.allSatisfy { $0.count == 700 })
    #expect(answers.snapshots.count >= 23)
  }
}
