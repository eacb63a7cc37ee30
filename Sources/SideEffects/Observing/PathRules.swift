/// Which paths are no part of what a repository switches on: its tests, and copies of other projects.
public struct PathRules: Hashable, Sendable {
  /// Why a path is left out.
  public enum Reason: String, Hashable, Sendable, CaseIterable { case tests, vendored }

  /// Names of folders that hold nothing but tests and what they read.
  static let testFolders: Set<String> = [
    "test", "tests", "testdata", "test-data", "test_data", "testing", "__tests__", "__mocks__", "__fixtures__", "__snapshots__", "spec",
    "specs",
    "fixture", "fixtures", "e2e", "testutil", "testutils", "androidTest", "integrationTest", "src-test",
  ]

  /// Names of files that hold tests, by the habits of Go, Rust, Python, JavaScript, Ruby, Java, Kotlin, C# and Swift.
  static let testFiles = [
    "*_test.*", "*_tests.*", "test_*.py", "conftest.py", "*.test.*", "*.tests.*", "*_spec.*", "*.spec.*", "*Test.java", "*Tests.java",
    "*IT.java",
    "*Test.kt", "*Tests.kt", "*Test.cs", "*Tests.cs", "*Tests.swift", "*Test.php", "*Test.scala", "*Spec.scala",
  ]

  /// Names of folders that package managers and people copy other projects into.
  static let vendoredFolders: Set<String> = [
    "vendor", "vendored", "node_modules", "bower_components", "third_party", "third-party", "thirdparty", "3rdparty", "Godeps", "_vendor",
    "site-packages", ".venv", "Pods", "Carthage", ".bundle",
  ]

  private let leavesOutTests: Bool
  private let leavesOutVendored: Bool
  /// Names that a glob asks for as they are: `testdata/flags.yaml` wants that folder.
  private let asked: Set<String>

  /// Leaves out what isn't asked for, neither as a whole nor by the words of a glob.
  public init(includesTests: Bool = false, includesVendored: Bool = false, globs: [String] = []) {
    (leavesOutTests, leavesOutVendored) = (!includesTests, !includesVendored)
    asked = Set(globs.flatMap { $0.split(separator: "/").map(String.init) })
  }

  /// Why everything below a folder of this name is left out, or nil.
  public func reason(folder name: String) -> Reason? {
    if asked.contains(name) { return nil }
    if leavesOutTests, Self.testFolders.contains(name) { return .tests }
    if leavesOutVendored, Self.vendoredFolders.contains(name) { return .vendored }
    return nil
  }

  /// Why a file of this name is left out, or nil. A glob whose own last word is a name of test files asks for them.
  public func reason(file name: String) -> Reason? {
    guard leavesOutTests, let glob = Self.testFiles.first(where: { Glob.fits(name: name, $0) }) else { return nil }
    return asked.contains(name) || asked.contains(where: { Glob.fits(name: $0, glob) }) ? nil : .tests
  }

  /// Why a file is left out, by its path from the root.
  public func reason(path: String) -> Reason? {
    let names = path.split(separator: "/").map(String.init)
    guard let name = names.last else { return nil }
    for folder in names.dropLast() {
      if let reason = reason(folder: folder) { return reason }
    }
    return reason(file: name)
  }
}
