/// Finds files that may have moved with the flags in them.
///
/// Where the file is part of what a flag is, all flags of a file that was renamed are gone, and as many have come. That alone proves nothing:
/// the flags of one environment's file may have been put into that of another one. Whether the file moved, its repository has to say.
struct FileMoves {
  /// A file under two names. The scopes are those of what stands in it.
  struct Move: Hashable {
    let old: Scope
    let new: Scope
  }

  /// At least half of what either file holds stands in the other one too, by its natural key; the likeliest first.
  private(set) var candidates: [Move] = []
  /// By the scope before: no file is a part of two moves.
  private(set) var moves: [Scope: Move] = [:]

  static let none = FileMoves()

  /// More pairs of files with a flag in common than this are a repository in which flags tell nothing about files.
  private static let mostPairs = 200_000

  private struct Counts {
    var shared = 0
    var equal = 0
  }

  private init() {}

  /// - Parameter isEqual: Whether two flags are set to the same.
  init(_ changes: [Change], naturalKey: [Text], isEqual: (Resource, Resource) -> Bool) {
    var gone: [Scope: [NaturalKey: Resource]] = [:]
    var came: [Scope: [NaturalKey: Resource]] = [:]
    for change in changes {
      let (flag, scope) = (change.resource, change.resource.address.scope)
      guard scope.file != nil, let key = NaturalKey(of: flag, paths: naturalKey) else { continue }
      switch change.what {
      case .deleted: gone[scope, default: [:]][key] = flag
      case .created: came[scope, default: [:]][key] = flag
      case .updated, .recreated: continue
      }
    }
    var holding: [NaturalKey: [Scope]] = [:]
    for (scope, flags) in came { for key in flags.keys { holding[key, default: []].append(scope) } }
    var pairs: [Move: Counts] = [:]
    for (old, flags) in gone {
      for (key, flag) in flags {
        for new in holding[key] ?? [] {
          pairs[Move(old: old, new: new), default: Counts()].shared += 1
          if let other = came[new]?[key], isEqual(flag, other) { pairs[Move(old: old, new: new)]?.equal += 1 }
        }
      }
      guard pairs.count <= Self.mostPairs else { return }
    }
    let likely = pairs.filter { move, counts in 2 * counts.shared >= max(gone[move.old]?.count ?? 0, came[move.new]?.count ?? 0) }
    candidates = likely.sorted(by: Self.isLikelier).map(\.key)
  }

  /// Takes those candidates that are proven, the likeliest before others of the same files.
  mutating func take(where isProven: (Move) -> Bool) {
    var taken: Set<Scope> = []
    for move in candidates where moves[move.old] == nil && !taken.contains(move.new) && isProven(move) {
      moves[move.old] = move
      taken.insert(move.new)
    }
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
