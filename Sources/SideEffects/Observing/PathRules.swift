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
  public func reason(folder name: String) -> Reason? { name.withBytes { reason(folder: $0[...]) } }

  /// Why everything below a folder is left out because of its own name or one above it, by its path from the root, or nil.
  public func reason(below folder: String) -> Reason? { folder.withBytes { reason(below: $0[...]) } }

  /// Why a file is left out, by its path from the root. A glob whose own last word is a name of test files asks for them.
  public func reason(path: String) -> Reason? {
    path.withBytes { path in
      guard let slash = path.lastIndex(of: Self.slash) else { return reason(file: path[...]) }
      return reason(below: path[..<slash]) ?? reason(file: path[(slash + 1)...])
    }
  }

  private typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

  private func reason(below folder: Bytes) -> Reason? {
    var start = folder.startIndex
    while start < folder.endIndex {
      let end = folder[start...].firstIndex(of: Self.slash) ?? folder.endIndex
      if let reason = reason(folder: folder[start..<end]) { return reason }
      start = end + 1
    }
    return nil
  }

  private func reason(folder name: Bytes) -> Reason? {
    guard name.count < Self.folders.count else { return nil }
    for known in Self.folders[name.count] where known.name.elementsEqual(name) && !asked.contains(String(decoding: name, as: UTF8.self)) {
      switch known.reason {
      case .tests: if leavesOutTests { return .tests }
      case .vendored: if leavesOutVendored { return .vendored }
      }
    }
    return nil
  }

  private func reason(file name: Bytes) -> Reason? {
    guard leavesOutTests else { return nil }
    let name = UnsafeBufferPointer(rebasing: name)
    guard Self.mayBeTest(name), let glob = Self.testGlobs.first(where: { $0.fits(name) }) else { return nil }
    return asked.contains(String(decoding: name, as: UTF8.self)) || asked.contains(where: { glob.fits(path: $0) }) ? nil : .tests
  }

  private static let slash = UInt8(ascii: "/")
  /// Whether a name holds what all names of test files hold, which most names don't.
  private static func mayBeTest(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    guard name.count >= 3 else { return false }
    return (2..<name.count).contains { at in
      switch (name[at - 2], name[at - 1], name[at]) {
      // "test", "Test", "spec", "Spec" and "IT.".
      case (UInt8(ascii: "e"), UInt8(ascii: "s"), UInt8(ascii: "t")), (UInt8(ascii: "p"), UInt8(ascii: "e"), UInt8(ascii: "c")),
        (UInt8(ascii: "I"), UInt8(ascii: "T"), UInt8(ascii: ".")):
        true
      default: false
      }
    }
  }

  private static let testGlobs = testFiles.map { Glob($0) }
  /// The folders' names by their lengths, since every folder of every path is looked up.
  private static let folders: [[(name: [UInt8], reason: Reason)]] = {
    let all = testFolders.sorted().map { (Array($0.utf8), Reason.tests) } + vendoredFolders.sorted().map { (Array($0.utf8), .vendored) }
    return (0...(all.map(\.0.count).max() ?? 0)).map { length in all.filter { $0.0.count == length } }
  }()
}
