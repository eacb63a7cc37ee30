import Documents

/// A file with flags as it is now, and what a patch makes of it.
struct FlagFile {
  let path: Text
  let file: SourceFile
  let walk: FileWalk

  /// Where a flag's value stands, if it still has the value that the plan is made for.
  func place(of flag: Resource) -> Result<Range<Int>, PatchRefusal> {
    guard let found = flags(in: file.bytes)[flag.address] else { return .failure(PatchRefusal("\(path) no longer holds it")) }
    guard found.attributes["value"] == flag.attributes["value"] else {
      return .failure(PatchRefusal("in \(path) as it is now it is \(Self.spelled(found)), which the look has not seen"))
    }
    guard let bytes = found.location?.bytes else { return .failure(PatchRefusal("the place of its value in \(path) can't be told")) }
    return .success(bytes)
  }

  /// The patch that gives a flag a value, proven by reading the file that it makes: the flag has the value, and no other flag changed.
  func patch(_ flag: Resource, at place: Range<Int>, to wanted: Value, besides others: [Range<Int>]) -> Result<FlagPatch, PatchRefusal> {
    guard case .scalar(let scalar) = wanted else { return .failure(PatchRefusal("the value that it had is more than one")) }
    let now = flags(in: file.bytes).mapValues { $0.attributes["value"] }
    for spelling in spellings(of: scalar, replacing: Array(file.bytes[place])) {
      var content = file.bytes
      content.replaceSubrange(place, with: spelling)
      var expected = now
      expected[flag.address] = .value(wanted)
      guard flags(in: content).mapValues({ $0.attributes["value"] }) == expected else { continue }
      return made(content, place, spelling, others)
    }
    return .failure(PatchRefusal("how \(ValueText.of(wanted)) is written in \(path) can't be told"))
  }

  private func made(_ content: [UInt8], _ place: Range<Int>, _ spelling: [UInt8], _ others: [Range<Int>]) -> Result<FlagPatch, PatchRefusal>
  {
    let back = place.lowerBound..<(place.lowerBound + spelling.count)
    let moved = others.map { other in
      let by = other.lowerBound > place.lowerBound ? spelling.count - place.count : 0
      return (other.lowerBound + by)..<(other.upperBound + by)
    }
    do throws(PatchProblem) {
      let forward = try PatchMaker.patch(of: path, content: file.bytes, replacing: place, with: spelling, besides: others)
      let undo = try PatchMaker.patch(of: path, content: content, replacing: back, with: Array(file.bytes[place]), besides: moved)
      return .success(
        FlagPatch(
          forward: PlannedPatch(forward, repository: file.repository, revision: file.revision),
          back: PlannedPatch(undo, repository: file.repository, revision: file.revision)))
    } catch { return .failure(PatchRefusal(error.sentence)) }
  }

  private func flags(in bytes: [UInt8]) -> [ResourceAddress: Resource] {
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
