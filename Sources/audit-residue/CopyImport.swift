import SideEffects

/// Brings copies back into a store: each file is read and checked whole before anything of it is kept.
struct CopyImport: Sendable {
  /// What a file holds.
  enum Content: Sendable {
    case snapshot(SnapshotRecord)
    case upgrade(Upgrade)
  }

  /// What became of it.
  enum Outcome: Sendable {
    case imported
    /// An upgrade whose record in the store knew less.
    case completed
    case alreadyThere
  }

  let store: any SnapshotStore

  /// Reads a file to its end and keeps nothing.
  ///
  /// Fails with the rules `unreadable-file`, `file-damaged`, `newer-version` and `wrong-name`.
  static func check(_ path: String) async throws(Failure) -> Content {
    let file = try InputFile(path)
    let head = file.head()
    return try await placing(path) { () async throws(Failure) -> Content in
      if UpgradeFile.isHead(head) {
        let upgrade = try await UpgradeFile.read(from: { () throws(Failure) in try file.next() })
        try check(name: upgrade.name)
        return .upgrade(upgrade)
      }
      let record = try await SnapshotFile.read(from: { () throws(Failure) in try file.next() }, put: { _ in })
      try check(name: record.snapshot.name)
      return .snapshot(record)
    }
  }

  /// Keeps what a checked file holds; what the store has already under its name stays as it is.
  ///
  /// Fails with `name-taken` where that is something else, and as `check` does where the file has changed since.
  func bring(_ content: Content, from path: String) async throws(Failure) -> Outcome {
    try await Self.placing(path) { () async throws(Failure) -> Outcome in
      switch content {
      case .snapshot(let record): return try await bring(record, from: path)
      case .upgrade(let upgrade): return try await bring(upgrade)
      }
    }
  }

  private func bring(_ record: SnapshotRecord, from path: String) async throws(Failure) -> Outcome {
    let name = record.snapshot.name
    if let there = try await store.snapshots().first(where: { $0.name == name }) {
      guard there.digest == record.digest else {
        throw Failure(
          "name-taken",
          "the store has another snapshot `\(name)`, taken at \(there.began.rfc3339), and this one was taken at \(record.snapshot.began.rfc3339)",
          advice: "Import it into a store of its own with --store, or remove the other with `audit-residue forget \(name)`.")
      }
      return .alreadyThere
    }
    let file = try InputFile(path)
    var waiting: [Chunk] = []
    var waitingBytes = 0
    let again = try await SnapshotFile.read(
      from: { () throws(Failure) in try file.next() },
      put: { chunk async throws(Failure) in
        waiting.append(chunk)
        waitingBytes += chunk.lines.count
        guard waitingBytes >= Self.bytesInCommit else { return }
        try await store.put(waiting)
        (waiting, waitingBytes) = ([], 0)
      })
    guard again.digest == record.digest else {
      throw Failure("file-damaged", "it changed while it was read", advice: "Import it again.")
    }
    try await store.put(waiting)
    try await store.commit(again.snapshot)
    return .imported
  }

  private func bring(_ upgrade: Upgrade) async throws(Failure) -> Outcome {
    guard let there = try await store.upgrades().first(where: { $0.name == upgrade.name }) else {
      try await store.record(upgrade)
      return .imported
    }
    // The same upgrade may be known with its end here and without it there.
    if there.continues(upgrade) { return .alreadyThere }
    guard upgrade.continues(there) else {
      throw Failure(
        "name-taken",
        "the store has another upgrade `\(upgrade.name)`, begun at \(there.began.rfc3339), and this one was begun at \(upgrade.began.rfc3339)",
        advice: "Import it into a store of its own with --store, or remove the other with `audit-residue forget \(upgrade.name)`.")
    }
    try await store.record(upgrade)
    return .completed
  }

  private static let bytesInCommit = 4 << 20

  /// A name that could not be said on the command line would be there for ever.
  private static func check(name: Text) throws(Failure) {
    guard SnapshotNames.isName(name.string) else {
      throw Failure("wrong-name", "`\(name)` can't be a name, so this file is none of ours", advice: "Take another copy of it.")
    }
  }

  /// Says of a failure which file it is about.
  private static func placing<Value>(_ path: String, _ body: () async throws(Failure) -> Value) async throws(Failure) -> Value {
    do throws(Failure) {
      return try await body()
    } catch {
      let first = error.diagnostics.first
      guard first.place == .nowhere else { throw error }
      throw Failure(first.rule, first.sentence.string, advice: first.advice.string, place: .file(Text(path), line: 0, column: 0))
    }
  }
}
