import LibGit2
import Testing

@Suite("A path in a repository")
struct RepositoryPathTests {
  @Test("knows its name and its folder")
  func parts() {
    let path = RepositoryPath("a/b.c/d")
    #expect(path.name.elementsEqual("d".utf8))
    #expect(path.folder == RepositoryPath("a/b.c"))
    #expect(RepositoryPath("d").folder == .root)
    #expect(RepositoryPath.root.folder == nil)
    #expect(RepositoryPath.root.appending("a".utf8).appending("b".utf8) == RepositoryPath("a/b"))
  }

  @Test(
    "prints as text that stands for its bytes alone",
    arguments: [
      ("a/é.yaml", "a/é.yaml"), ("a b", "a b"), ("a\"b", #""a\"b""#), ("a\\b", #""a\\b""#), ("a\nb", #""a\nb""#),
      ("\u{1B}[31m", #""\033[31m""#), ("a\u{202E}b", #""a\342\200\256b""#), ("", "\"\""),
    ])
  func text(path: String, printed: String) {
    #expect(RepositoryPath(path).description == printed)
  }

  @Test("prints bytes that are no UTF-8 escaped")
  func notUTF8() {
    #expect(RepositoryPath([0x61, 0xE9, 0x62]).description == #""a\351b""#)
    #expect(RepositoryPath([0xC3, 0xA9, 0xFF]).description == #""\303\251\377""#)
  }

  @Test("is equal by its bytes, not by how it looks")
  func equality() {
    #expect(RepositoryPath("\u{E9}") != RepositoryPath("e\u{301}"))
  }
}
