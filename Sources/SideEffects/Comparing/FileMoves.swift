/// Finds files that moved with the flags in them.
///
/// Where the file is part of what a flag is, all flags of a file that was renamed are gone, and as many have come. As with the renames of
/// git, nobody tells so: at least half of what either file holds has to stand in the other one too, by its natural key.
struct FileMoves {
  /// A file under two names. The scopes are those of what stands in it.
  struct Move: Hashable {
    let old: Scope
    let new: Scope
  }

  /// By the scope before: no file is a part of two moves.
  private(set) var moves: [Scope: Move] = [:]

  static let none = FileMoves([], naturalKey: []) { _, _ in false }

  /// More pairs of files with a flag in common than this are a repository in which flags tell nothing about files.
  private static let mostPairs = 200_000

  private struct Counts {
    var shared = 0
    var equal = 0
  }

  /// - Parameter isEqual: Whether two flags are set to the same.
  init(_ changes: [Change], naturalKey: [Text], isEqual: (Resource, Resource) -> Bool) {
    var gone: [Scope: [(key: NaturalKey, flag: Resource)]] = [:]
    var came: [NaturalKey: [Resource]] = [:]
    var cameIn: [Scope: Int] = [:]
    for change in changes {
      let (flag, scope) = (change.resource, change.resource.address.scope)
      guard scope.file != nil, let key = NaturalKey(of: flag, paths: naturalKey) else { continue }
      switch change.what {
      case .deleted: gone[scope, default: []].append((key, flag))
      case .created:
        came[key, default: []].append(flag)
        cameIn[scope, default: 0] += 1
      case .updated, .recreated: continue
      }
    }
    var pairs: [Move: Counts] = [:]
    for (old, flags) in gone {
      for (key, flag) in flags {
        for other in came[key] ?? [] {
          pairs[Move(old: old, new: other.address.scope), default: Counts()].shared += 1
          if isEqual(flag, other) { pairs[Move(old: old, new: other.address.scope)]?.equal += 1 }
        }
      }
      guard pairs.count <= Self.mostPairs else { return }
    }
    let likely = pairs.filter { move, counts in 2 * counts.shared >= max(gone[move.old]?.count ?? 0, cameIn[move.new] ?? 0) }
    var taken: Set<Scope> = []
    for (move, _) in likely.sorted(by: Self.isLikelier) where moves[move.old] == nil && taken.insert(move.new).inserted {
      moves[move.old] = move
    }
  }

  /// Leaves out those for which a file of the old name is still there, or one of the new name was there before.
  mutating func leaveOut(stillThere: Set<Scope>, thereBefore: Set<Scope>) {
    moves = moves.filter { !stillThere.contains($0.key) && !thereBefore.contains($0.value.new) }
  }

  /// By what both hold, then by their names.
  private static func isLikelier(_ a: (key: Move, value: Counts), _ b: (key: Move, value: Counts)) -> Bool {
    func rank(_ move: Move, _ counts: Counts) -> (Int, Int, Int) { (counts.equal, counts.shared, move.keepsName ? 1 : 0) }
    let (left, right) = (rank(a.key, a.value), rank(b.key, b.value))
    return left == right ? (a.key.old, a.key.new) < (b.key.old, b.key.new) : left > right
  }
}

extension FileMoves.Move {
  /// Whether only its folder has another name.
  fileprivate var keepsName: Bool {
    func name(_ scope: Scope) -> Substring? { scope.file?.string.split(separator: "/").last }
    return name(old) == name(new)
  }
}

extension Scope {
  /// The list whose items are files; what stands in one of them has it for a parent where the file is part of what it is.
  static let files: Text = "file"

  /// Of what stands in one file.
  static func file(_ path: Text) -> Scope { Scope([Step(list: files, id: path)]) }

  /// The path of the file that this is the scope of; nil where it is another one.
  var file: Text? { steps.count == 1 && steps[0].list == Self.files ? steps[0].id : nil }
}
