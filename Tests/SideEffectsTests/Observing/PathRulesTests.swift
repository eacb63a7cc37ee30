import SideEffects
import Testing

@Suite("Path rules")
struct PathRulesTests {
  @Test(
    "leave out tests and what they read",
    arguments: [
      "pkg/features/kube_features_test.go", "test/e2e/flags.yaml", "src/__tests__/a.js", "pkg/testdata/flags.yaml", "app/flags.test.ts",
      "app/flags.spec.ts", "spec/flags_spec.rb", "tests/test_flags.py", "src/FlagsTest.java", "fixtures/flags.json",
    ])
  func tests(path: String) {
    #expect(PathRules().reason(path: path) == .tests)
    #expect(PathRules(includesTests: true).reason(path: path) == nil)
  }

  @Test(
    "leave out copies of other projects",
    arguments: [
      "vendor/k8s.io/apiserver/features.go", "web/node_modules/x/package.json", "third_party/flags.yaml", "Godeps/_workspace/a.go",
    ])
  func vendored(path: String) {
    #expect(PathRules().reason(path: path) == .vendored)
    #expect(PathRules(includesVendored: true).reason(path: path) == nil)
  }

  @Test(
    "leave in what only sounds like it",
    arguments: [
      "pkg/features/kube_features.go", "contest/flags.yaml", "src/latest.go", "protest.yaml", "config/vendors.yaml", "attest/a.go",
      "test.yaml", "vendor.yaml", "spec.yaml",
    ])
  func kept(path: String) {
    #expect(PathRules().reason(path: path) == nil)
  }

  @Test("leave in what a glob asks for by its name")
  func asked() {
    #expect(PathRules(globs: ["testdata/*.yaml"]).reason(path: "testdata/flags.yaml") == nil)
    #expect(PathRules(globs: ["testdata/*.yaml"]).reason(path: "vendor/testdata/flags.yaml") == .vendored)
    #expect(PathRules(globs: ["**/*_test.go"]).reason(path: "pkg/a_test.go") == nil)
    #expect(PathRules(globs: ["**/*.go"]).reason(path: "pkg/a_test.go") == .tests)
  }
}

@Suite("A selection of files")
struct PathSelectionTests {
  @Test("takes what its globs name without what they leave out")
  func takes() {
    let selection = PathSelection(globs: ["config/**/*.yaml", "flags.json", "!config/old/**"])
    let paths = [
      "config/a.yaml", "config/x/y/b.yaml", "config/old/c.yaml", "flags.json", "x/flags.json", "config/a.json", "config/test/a.yaml",
    ]
    #expect(paths.filter { selection.takes($0) } == ["config/a.yaml", "config/x/y/b.yaml", "flags.json"])
    #expect(PathSelection(globs: ["config/**/*.yaml"], includesTests: true).takes("config/test/a.yaml"))
  }

  @Test("looks only into folders that can hold a file it takes")
  func folders() {
    let selection = PathSelection(globs: ["payload/gates/*.yaml", "app/**/flags.json"])
    let folders = ["payload", "payload/gates", "app", "app/x", "app/x/y", "app/vendor", "other", "payloads", "payload/other"]
    #expect(folders.filter { selection.mayTake(below: $0) } == ["payload", "payload/gates", "app", "app/x", "app/x/y"])
    #expect(PathSelection(globs: ["**/*.go"]).mayTake(below: "any/where"))
  }
}
