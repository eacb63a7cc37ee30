import Glibc
import SideEffects
import SnapshotStores

/// Works on a store in a process of its own, to be killed, measured and run twice at once.
///
///     store-writer open STORE
///     store-writer write STORE NAME COUNT [SEED [ROUNDS]]     with several rounds, NAME-0, NAME-1 and so on
///     store-writer forget STORE NAME ROUNDS                    NAME-0, NAME-1 and so on, each when it is there
///     store-writer diff STORE BEFORE AFTER
///     store-writer lines COUNT SEED                            what a store sorts, as lines
///
/// `CLOCK_OFFSET` moves its clock by so many seconds. It says `open` and what it does line by line, and at last its peak of memory.
@main
struct StoreWriter {
  let arguments: [String]

  static func main() async {
    let writer = StoreWriter(arguments: Array(CommandLine.arguments.dropFirst()))
    do throws(Failure) {
      try await writer.run()
    } catch {
      for diagnostic in error.diagnostics.all { writer.say("\(diagnostic.rule): \(diagnostic.sentence). \(diagnostic.advice)") }
      exit(1)
    }
    writer.say("peak \(peak) KiB")
  }

  private func run() async throws(Failure) {
    if arguments.first == "lines" { return lines(count: number(1), seed: number(2)) }
    let offset = getenv("CLOCK_OFFSET").flatMap { Int64(String(cString: $0)) } ?? 0
    let store = try await SQLiteStore.open(
      at: text(1), clock: { Instant(seconds: Self.now.seconds + offset, nanoseconds: Self.now.nanoseconds) })
    for remark in store.remarks { say("\(remark.rule): \(remark.sentence)") }
    say("open")
    switch arguments.first {
    case "write":
      let rounds = arguments.count > 5 ? number(5) : 1
      for round in 0..<rounds {
        let name = rounds == 1 ? text(2) : "\(text(2))-\(round)"
        let start = ContinuousClock.now
        try await write(name, count: number(3), seed: (arguments.count > 4 ? number(4) : 0) + round, to: store)
        say("done \(name) in \(Self.milliseconds(since: start)) ms")
      }
    case "forget":
      for round in 0..<number(3) {
        while try await !store.forget(Text("\(text(2))-\(round)")) { usleep(1000) }
        say("forgot \(text(2))-\(round)")
      }
    case "diff":
      let start = ContinuousClock.now
      guard let before = try await store.snapshot(named: Text(text(2))), let after = try await store.snapshot(named: Text(text(3))) else {
        throw Failure("unknown-snapshot", "there is none")
      }
      let comparison = try await SnapshotDiff.compare(before: before, after: after) { digest async throws(Failure) in
        try await store.chunk(digest)
      }
      say("\(comparison.changes.count) changes in \(Self.milliseconds(since: start)) ms")
    default: break
    }
  }

  private func write(_ name: String, count: Int, seed: Int, to store: SQLiteStore) async throws(Failure) {
    let began = Self.now
    let key = Fingerprinter(key: try await store.fingerprintKey()).keyID
    let sorter = try store.sorter()
    for page in GeneratedResources.pages(count: count, seed: seed) { try await sorter.add(page) }
    let (chunks, _) = try await sorter.finish()
    let parent = try await store.snapshots().last?.digest
    try await store.commit(
      Snapshot(
        name: Text(name), began: began, ended: Self.now, parent: parent, fingerprintKey: key, tool: "1",
        observations: [GeneratedResources.observation(chunks, count: count)]))
  }

  private func lines(count: Int, seed: Int) {
    var buffer: [UInt8] = []
    for page in GeneratedResources.pages(count: count, seed: seed) {
      for resource in page {
        buffer += ResourceLine(resource).bytes
      }
      Self.put(buffer, to: STDOUT_FILENO)
      buffer = []
    }
  }

  private func text(_ index: Int) -> String { index < arguments.count ? arguments[index] : "" }
  private func number(_ index: Int) -> Int { Int(text(index)) ?? 0 }

  private func say(_ line: String) {
    Self.put(Array((line + "\n").utf8), to: arguments.first == "lines" ? STDERR_FILENO : STDOUT_FILENO)
  }

  private static func put(_ bytes: [UInt8], to descriptor: Int32) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress?.advanced(by: written), $0.count - written) }
      if count <= 0 { return }
      written += count
    }
  }

  private static func milliseconds(since start: ContinuousClock.Instant) -> Int {
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    return Int(seconds * 1_000 + attoseconds / 1_000_000_000_000_000)
  }

  private static var now: Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(seconds: Int64(time.tv_sec), nanoseconds: Int32(time.tv_nsec))
  }

  /// What proc_pid_status(5) calls VmHWM; getrusage(2) would tell the parent's where that was more.
  private static var peak: Int {
    guard let file = fopen("/proc/self/status", "re") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      if text.hasPrefix("VmHWM:") { return Int(text.filter(\.isNumber)) ?? 0 }
    }
    return 0
  }
}
