import Documents
import Testing

@Suite("Mutated texts")
struct MutationTests {
  /// The generator of Vigna's SplitMix64: the same numbers in each run.
  private struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }

  private static let seeds: [DocumentFormat: [String]] = [
    .json: [#"{"a": [1, -2.5e+7, true, null], "é\u00e9\ud83d\ude00": {"b": "x\n\"y"}}"#, "[[[]],{}]"],
    .yaml: [
      "%TAG !e! tag:e,1:\n---\na: &x {b: [1, 0x1F, ~]}\n<<: *x\nc: !e!t |+\n  é\n  y\n\nd: >-\n  f\n...\n--- !!str \"g\\u00e9\"\n",
      "- &a 'it''s'\n- *a : 1\n- ? k\n  : !!int 7\n-\n  - - z # c\n",
    ],
    .toml: [
      "a.b = [1_0, 0xF, 1.5e3, {c = '''x\n'y'''}]\n[d.'é']\ne = 1979-05-27 07:32:00Z\n[[f]]\ng = \"\"\"h\\\n  \\u00e9\"\"\"\n[[f]]\n"
    ],
    .properties: ["# c\na\\ b : x\\\n   y\\u00e9\nc=\\ud83d\\ude00\n! d\ne\n"],
    .dotenv: ["export A=\"x\\n\ny\" # c\nB='é'\nC: d#e # f\nG\n"],
    .ini: ["a = 1 ; c\nb: \"x # y\" # d\n[s 'é']\nc = 'it''s'\n  more\nc=2\n[t]\nd\n[s 'é']\nc=3\n"],
  ]

  private static let fragments: [[UInt8]] =
    [
      "[", "]", "{", "}", ":", ",", "\"", "'", "\\", "\\u", "\\ud800", "\n", "\r", "\t", " ", "  ", "#", "-", "- ", "? ", "*a", "&a ", "!",
      "!!int ", "<<: ", "|", ">", "%",
      "---\n", "...\n", "=", "[[", "\"\"\"", "'''", "0x", "1e", ".", "_", "\u{0}", "\u{85}", "\u{2028}", "\u{FEFF}", "é", "😀", "export ",
      "${",
    ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xED, 0xA0, 0x80]]

  @Test("Whatever is done to a text, it reads or is refused; what is read holds together", arguments: DocumentFormat.allCases)
  func mutations(format: DocumentFormat) throws {
    var generator = SplitMix64(state: 0x5EED)
    let seeds = MutationTests.seeds[format, default: []].map { Array($0.utf8) }
    var accepted = 0
    for _ in 0..<4_000 {
      var bytes = try #require(seeds.randomElement(using: &generator))
      for _ in 0..<Int.random(in: 1...4, using: &generator) { mutate(&bytes, &generator) }
      guard let documents = try? format.read(bytes) else { continue }
      accepted += 1
      for document in documents {
        checkSpans(document, within: bytes.count)
        let canonical = document.canonicalJSON()
        let again = try DocumentFormat.json.read(Array(canonical.utf8))
        #expect(again.map { $0.canonicalJSON() } == [canonical])
      }
    }
    #expect(accepted > 100, "the mutations must leave something to read")
  }

  private func mutate(_ bytes: inout [UInt8], _ generator: inout SplitMix64) {
    let place = Int.random(in: 0...bytes.count, using: &generator)
    let end = min(bytes.count, place + Int.random(in: 1...8, using: &generator))
    switch Int.random(in: 0..<5, using: &generator) {
    case 0: bytes.removeSubrange(place..<end)
    case 1: bytes.insert(contentsOf: bytes[place..<end], at: place)
    case 2: bytes.removeLast(bytes.count - place)
    case 3 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &generator)
    default: bytes.insert(contentsOf: MutationTests.fragments.randomElement(using: &generator) ?? [], at: place)
    }
  }

  private func checkSpans(_ document: Document, within count: Int) {
    if let span = document.span { #expect(0 <= span.offsets.lowerBound && span.end >= span.start && span.end.offset <= count) }
    for item in document.list ?? [] { checkSpans(item, within: count) }
    for member in document.members ?? [] {
      if let span = member.keySpan { #expect(span.end >= span.start && span.end.offset <= count) }
      checkSpans(member.value, within: count)
    }
  }
}
