import LibPCRE2
import Testing

@Suite("A pattern's limits")
struct PatternLimitTests {
  @Test(
    "end a catastrophic search within a second",
    arguments: [#"(a+)+$"#, #"(?:a|a)*c!!"#, #"(a|aa)+$"#, #"(?s)(.*)*(.*)*(.*)*c$"#, #"(*NO_JIT)(a+)+$"#, #"(\w+\s?)*!b"#])
  func catastrophic(source: String) throws {
    let pattern = try Pattern(source)
    let bytes = Array(repeating: UInt8(ascii: "a"), count: 60_000) + Array("b c!".utf8)
    let duration = ContinuousClock().measure {
      #expect { try pattern.matches(in: bytes) } throws: { error in
        guard case .tooComplex = (error as? PatternError)?.code else { return false }
        return true
      }
    }
    #expect(duration < .seconds(2))
  }

  @Test("leave room for the patterns of real providers on a large file", arguments: ["", "(*NO_JIT)"])
  func room(prefix: String) throws {
    let block = "\tWatchList: {\n\t\t{Version: version.MustParse(\"1.27\"), Default: false, PreRelease: featuregate.Alpha},\n\t},\n"
    let filler = "func (a *Adapter) Get(ctx context.Context) error { return nil }\n"
    let bytes = Array((String(repeating: filler, count: 100) + block).utf8)
    let large = Array(repeatElement(bytes, count: 300).joined())
    let pattern = try Pattern(prefix + #"(?m)^\t(?:\w+\.)?(?<name>\w+):\s*\{\n(?<specs>(?:\t\t(?:\{Version:|//).*\n)+)\t\},"#)
    #expect(try pattern.matches(in: large).count == 300)
    #expect(try Pattern(prefix + #"(?s)Get.*?error"#).matches(in: large).count == 30_000)
    #expect(try Pattern(prefix + #"(?:.|\n)+"#).matches(in: bytes).map(\.range) == [bytes.indices])
  }
}
