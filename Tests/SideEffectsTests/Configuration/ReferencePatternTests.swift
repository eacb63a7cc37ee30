import SideEffects
import Testing

@Suite("A pattern of references")
struct ReferencePatternTests {
  @Test(
    "means branches, or what stands below refs/",
    arguments: [
      ("release-*", "refs/heads/release-1", true), ("release-*", "refs/tags/release-1", false),
      ("release-*", "refs/heads/release/1", false),
      ("release/**", "refs/heads/release/1/x", true), ("tags/v1.*", "refs/tags/v1.2", true), ("tags/v1.*", "refs/heads/v1.2", false),
      ("remotes/origin/*", "refs/remotes/origin/main", true), ("refs/deploy/*", "refs/deploy/eu", true),
      ("refs/deploy/*", "refs/heads/refs/deploy/eu", false), ("v?", "refs/heads/v1", true), ("v?", "refs/heads/v10", false),
    ])
  func fits(pattern: String, reference: String, fits: Bool) throws {
    #expect(try #require(ReferencePattern(Text(pattern))).fits(Text(reference)) == fits)
  }

  @Test("is nothing where a revision is named", arguments: ["main", "HEAD~2", "refs/heads/main", "index"])
  func plain(text: String) { #expect(ReferencePattern(Text(text)) == nil) }

  @Test(
    "shows a branch by its own name, and others without refs/",
    arguments: [
      ("refs/heads/main", "main"), ("refs/tags/v1", "tags/v1"), ("refs/deploy/eu", "deploy/eu"),
    ])
  func shown(reference: String, name: String) { #expect(ReferencePattern.shown(Text(reference)) == Text(name)) }
}
