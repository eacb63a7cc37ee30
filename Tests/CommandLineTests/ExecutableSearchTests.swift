import Testing

@testable import audit_residue

@Suite("the search for a command")
struct ExecutableSearchTests {
  @Test("goes through PATH in order, with an empty entry for the working directory")
  func order() {
    #expect(candidates("tool", path: "/a:/b/") == ["/a/tool", "/b//tool"])
    #expect(candidates("tool", path: ":/b:") == ["tool", "/b/tool", "tool"])
    #expect(candidates("tool", path: "") == ["tool"])
  }

  @Test("takes a name with a slash as it is, and nothing for no name")
  func plain() {
    #expect(candidates("./tool", path: "/a") == ["./tool"])
    #expect(candidates("", path: "/a") == [])
  }

  @Test("has a default where PATH is not set")
  func missing() {
    #expect(candidates("tool", path: nil) == ["/bin/tool", "/usr/bin/tool"])
  }

  private func candidates(_ name: String, path: String?) -> [String] {
    ExecutableSearch.candidates(for: Array(name.utf8CString), path: path.map { Array($0.utf8CString) }).map { candidate in
      String(decoding: candidate.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }
}
