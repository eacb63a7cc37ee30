/// Which files of a repository or folder a watch reads: what its globs take, without what the path rules leave out.
public struct PathSelection: Sendable {
  private let wanted: [String]
  private let taken: [Glob]
  private let leftOut: [Glob]
  /// The folders that a glob names before its first wildcard: nothing outside of them and what lies below them can fit.
  private let beginnings: [[String]]
  private let rules: PathRules
  /// Files that globs name without a wildcard.
  public let named: [String]
  /// Whether copies of other projects are taken.
  public let includesVendored: Bool

  /// Takes globs of paths from the root; those that begin with `!` leave out again what the others take.
  public init(globs: [String], includesTests: Bool = false, includesVendored: Bool = false) {
    wanted = globs.filter { !$0.hasPrefix("!") }
    taken = wanted.map { Glob($0) }
    leftOut = globs.filter { $0.hasPrefix("!") }.map { Glob(String($0.dropFirst())) }
    beginnings = wanted.map { glob in
      glob.split(separator: "/", omittingEmptySubsequences: false).dropLast().prefix { !Glob.isPattern($0) }.map(
        String.init)
    }
    named = wanted.filter { !Glob.isPattern($0) }
    self.includesVendored = includesVendored
    rules = PathRules(includesTests: includesTests, includesVendored: includesVendored, globs: wanted)
  }

  /// What becomes of a file.
  public enum Verdict: Hashable, Sendable { case taken, leftOut, unwanted }

  /// Whether a file is read, by its path from the root, or left out by the path rules though the globs fit it.
  public func verdict(on path: String) -> Verdict {
    guard fits(path) else { return .unwanted }
    return rules.reason(path: path) == nil ? .taken : .leftOut
  }

  /// Whether a file is read, by its path from the root.
  public func takes(_ path: String) -> Bool { verdict(on: path) == .taken }

  /// Whether the globs can fit a file below a folder, by all that they say of it.
  public func canFit(below folder: String) -> Bool { taken.contains { $0.mayFit(below: folder) } }

  /// The folders that globs name before their first wildcard, and the files that they name whole, as they are written.
  public var starts: [(folder: String, isFile: Bool)] {
    wanted.map { glob in
      let parts = glob.split(separator: "/", omittingEmptySubsequences: false)
      let isFile = !Glob.isPattern(glob)
      let fixed = isFile ? parts.dropLast() : parts.prefix { !Glob.isPattern($0) }
      return (fixed.joined(separator: "/"), isFile)
    }
  }

  /// Whether there can be a file to read below a folder, by its path from the root.
  public func mayTake(below folder: String) -> Bool {
    rules.reason(below: folder) == nil && mayFit(below: folder)
  }

  /// Whether the globs can fit a file below a folder, also where the path rules leave it out.
  public func mayFit(below folder: String) -> Bool {
    if beginnings.contains(where: \.isEmpty) { return true }
    let names = folder.split(separator: "/")
    return beginnings.contains { beginning in zip(beginning, names).allSatisfy { $0.utf8.elementsEqual($1.utf8) } }
  }

  /// Whether the path rules leave out all that lies below a folder.
  public func leavesOut(below folder: String) -> Bool { rules.reason(below: folder) != nil }

  /// Whether a glob names a folder, by its path from the root, or one below it before its first wildcard.
  public func names(folder: String) -> Bool {
    let names = folder.split(separator: "/").map { Text(String($0)) }
    return !names.isEmpty && beginnings.contains { $0.count >= names.count && $0.prefix(names.count).map { Text($0) } == names }
  }

  /// Whether the globs fit a file, also where the path rules leave it out.
  public func fits(_ path: String) -> Bool {
    taken.contains { $0.fits(path: path) } && !leftOut.contains { $0.fits(path: path) }
  }
}
