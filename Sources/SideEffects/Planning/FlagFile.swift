import Documents

/// A file with flags as it is now, and what a patch makes of it.
struct FlagFile {
  let path: Text
  let file: SourceFile
  private let walk: FileWalk
  /// As they stand there.
  private let flags: [ResourceAddress: Resource]
  /// The lines of those that steps change.
  private let moving: Set<Int>

  init(path: Text, file: SourceFile, walk: FileWalk, changing: [ResourceAddress]) {
    (self.path, self.file, self.walk) = (path, file, walk)
    let flags = Self.flags(in: file.bytes, of: path, walk)
    (self.flags, moving) = (flags, Set(changing.compactMap { flags[$0]?.location?.line }))
  }

  /// Where a flag's value stands, if it still has the value that the plan is made for.
  ///
  /// - Parameters:
  ///   - wanted: The value that it had.
  ///   - look: The command that looks again.
  func place(of flag: Resource, wanted: Value, look: String) -> Result<Place, PatchRefusal> {
    guard let found = flags[flag.address] else { return .failure(PatchRefusal("\(path) no longer holds it")) }
    guard found.attributes["value"] == flag.attributes["value"] else {
      if found.attributes["value"] == .value(wanted) {
        return .failure(PatchRefusal("it is \(Self.spelled(found)) already; look again: `\(look)`", isDone: true))
      }
      return .failure(PatchRefusal("in \(path) as it is now it is \(Self.spelled(found)), which the look has not seen"))
    }
    if let bytes = found.location?.bytes { return .success(.value(bytes)) }
    if let move = move(of: found, to: wanted) {
      guard !holdsSecret(move.lines, besides: found.name) else { return .failure(PatchRefusal(PatchProblem.holdsSecret.sentence)) }
      return .success(.item(move.edits))
    }
    return .failure(PatchRefusal("the place of its value in \(path) can't be told"))
  }

  /// What a patch changes.
  enum Place {
    /// A value, as it is spelled.
    case value(Range<Int>)
    /// Which of two lists holds the flag.
    case item([ByteEdit])

    /// Where a line stands that it changes.
    var bytes: Range<Int> {
      switch self {
      case .value(let range): range
      case .item(let edits): edits.first?.range ?? 0..<0
      }
    }
  }

  /// Whether an item may hold a secret besides its name, which the report shows anyway.
  private func holdsSecret(_ lines: Range<Int>, besides name: Text) -> Bool {
    let (item, name) = (Array(file.bytes[lines]), Array(name.string.utf8))
    let start = item.indices.first { item[$0...].starts(with: name) }
    return SecretLines(path: path.string).mayHoldSecret(item, beside: start.map { $0..<($0 + name.count) } ?? 0..<0)
  }

  private func move(of flag: Resource, to wanted: Value) -> ListMove? {
    guard let line = flag.location?.line else { return nil }
    let others = flags.values.filter { $0.attributes["value"] == .value(wanted) }.compactMap(\.location?.line).sorted()
    return ListMove(itemAt: line, toListOf: others, besides: moving, in: file.bytes)
  }

  /// The patch that gives a flag a value, proven by reading the file that it makes: the flag has the value, and no other flag changed.
  func patch(_ flag: Resource, at place: Place, to wanted: Value, besides others: [Range<Int>]) -> Result<FlagPatch, PatchRefusal> {
    guard case .scalar(let scalar) = wanted else { return .failure(PatchRefusal("the value that it had is more than one")) }
    let now = flags.mapValues { $0.attributes["value"] }
    let ways: [[ByteEdit]] =
      switch place {
      case .value(let range): spellings(of: scalar, replacing: Array(file.bytes[range])).map { [ByteEdit(range: range, value: $0)] }
      case .item(let edits): [edits]
      }
    for edits in ways {
      let content = edits.applied(to: file.bytes)
      var expected = now
      expected[flag.address] = .value(wanted)
      guard Self.flags(in: content, of: path, walk).mapValues({ $0.attributes["value"] }) == expected else { continue }
      return made(content, edits, others)
    }
    return .failure(PatchRefusal("how \(ValueText.of(wanted)) is written in \(path) can't be told"))
  }

  private func made(_ content: [UInt8], _ edits: [ByteEdit], _ others: [Range<Int>]) -> Result<FlagPatch, PatchRefusal> {
    let moved = others.map { other in
      let by = edits.filter { $0.range.lowerBound < other.lowerBound }.reduce(0) { $0 + $1.value.count - $1.range.count }
      return (other.lowerBound + by)..<(other.upperBound + by)
    }
    let isMove = edits.count > 1
    do throws(PatchProblem) {
      let forward = try PatchMaker.patch(of: path, content: file.bytes, edits: edits, besides: others, mayShareLines: isMove)
      // An item goes back between items that other steps take away: then it finds its place only where they have not, or have been undone.
      let edits = edits.undone(in: file.bytes)
      let undo: ValuePatch
      if let apart = try? PatchMaker.patch(of: path, content: content, edits: edits, besides: moved, mayShareLines: isMove) {
        undo = apart
      } else {
        undo = try PatchMaker.patch(of: path, content: content, edits: edits, besides: isMove ? [] : moved)
      }
      return .success(
        FlagPatch(
          forward: PlannedPatch(forward, repository: file.repository, revision: file.revision, reference: file.reference),
          back: PlannedPatch(undo, repository: file.repository, revision: file.revision, reference: file.reference)))
    } catch { return .failure(PatchRefusal(error.sentence)) }
  }

  /// What another step changes here by hand or with a patch of its own, seen from a flag that stands at a place.
  func touched(by other: Situation, besides flag: Resource?, at place: Range<Int>) -> [Range<Int>] {
    guard let current = other.current else { return other.wanted.map { making($0, besides: flag, at: place) } ?? [] }
    guard let found = flags[current.address] else { return [] }
    guard let bytes = found.location?.bytes else {
      let value = other.differences.first { $0.name == "value" }?.before
      return value.flatMap { move(of: found, to: $0) }?.edits.map(\.range) ?? []
    }
    if let wanted = other.wanted { return found.attributes["value"] == wanted.attributes["value"] ? [] : [bytes] }
    // In JSON the comma before the last member goes with it.
    guard isLast(bytes), let comma = comma(before: bytes) else { return [bytes] }
    return [comma..<(comma + 1), bytes]
  }

  /// Where a flag is put in that is gone: as far from the other one as it was.
  private func making(_ gone: Resource, besides flag: Resource?, at place: Range<Int>) -> [Range<Int>] {
    // Which item of a list it is to be is for the person who puts it there.
    if gone.location?.bytes == nil, gone.location != nil { return [] }
    guard let old = gone.location?.line, let beside = flag?.location?.line else { return [place] }
    let starts = [0] + file.bytes.indices.filter { file.bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
    let line = (starts.lastIndex { $0 <= place.lowerBound } ?? 0) + old - beside
    let there = starts.indices.contains(line) ? [starts[line]..<(starts[line] + 1)] : []
    // What was the last member gets a comma before another one.
    return old > beside && isLast(place) ? there + [place] : there
  }

  /// Whether a value is the last one between braces.
  private func isLast(_ place: Range<Int>) -> Bool { file.bytes[place.upperBound...].first { !Self.isSpace($0) } == UInt8(ascii: "}") }

  /// The comma between a member of a JSON object and the one before it.
  private func comma(before place: Range<Int>) -> Int? {
    guard let colon = file.bytes[..<place.lowerBound].lastIndex(where: { !Self.isSpace($0) }),
      let end = file.bytes[..<colon].lastIndex(of: UInt8(ascii: "\"")),
      let start = file.bytes[..<end].lastIndex(of: UInt8(ascii: "\"")),
      let before = file.bytes[..<start].lastIndex(where: { !Self.isSpace($0) }), file.bytes[before] == UInt8(ascii: ",")
    else { return nil }
    return before
  }

  private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }

  private static func flags(in bytes: [UInt8], of path: Text, _ walk: FileWalk) -> [ResourceAddress: Resource] {
    let resources = walk.read(path.string, bytes).resources.values.flatMap { $0 }
    return Dictionary(resources.map { ($0.address, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// How a value may be written there, as it is written now before other ways.
  private func spellings(of scalar: Scalar, replacing old: [UInt8]) -> [[UInt8]] {
    let plain: String
    switch scalar {
    case .boolean(let value): plain = value ? "true" : "false"
    case .number(let text), .text(let text): plain = text.string
    case .null, .structure, .secret: return []
    }
    let quoted = Document(.text(plain)).canonicalJSON()
    let single = "'" + plain.replacing("'", with: "''") + "'"
    let ways =
      switch old.first {
      case UInt8(ascii: "\""): [quoted, plain, single]
      case UInt8(ascii: "'"): [single, plain, quoted]
      default: [plain, quoted, single]
      }
    return ways.map { Array($0.utf8) }
  }

  private static func spelled(_ flag: Resource) -> String {
    guard case .value(let value)? = flag.attributes["value"] else { return "not readable" }
    return ValueText.of(value)
  }
}
