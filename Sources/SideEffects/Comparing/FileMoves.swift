/// Finds files that may have moved with the flags in them.
///
/// Where the file is part of what a flag is, all flags of a file that was renamed are gone, and as many have come. That alone proves nothing:
/// the flags of one environment's file may have been put into that of another one. Whether the file moved, its repository has to say.
struct FileMoves {
  /// At least half of what either file holds stands in the other one too, by its natural key; the likeliest first.
  private(set) var candidates: [FilePair] = []
  /// The new names by the old ones: no file is a part of two moves.
  private(set) var moved: [Text: Text] = [:]

  static let none = FileMoves()

  /// More pairs of files with a flag in common than this are a repository in which flags tell nothing about files.
  private static let mostPairs = 200_000

  private struct Counts {
    var shared = 0
    var equal = 0

    mutating func add(isEqual: Bool) {
      shared += 1
      if isEqual { equal += 1 }
    }
  }

  private init() {}

  /// - Parameter isEqual: Whether two flags are set to the same.
  init(_ changes: [Change], naturalKey: [Text], isEqual: (Resource, Resource) -> Bool) {
    var gone: [Text: [NaturalKey: Resource]] = [:]
    var came: [Text: [NaturalKey: Resource]] = [:]
    for change in changes {
      let flag = change.resource
      guard let file = flag.address.scope.file, let key = NaturalKey(of: flag, paths: naturalKey) else { continue }
      switch change.what {
      case .deleted: gone[file, default: [:]][key] = flag
      case .created: came[file, default: [:]][key] = flag
      case .updated, .recreated: continue
      }
    }
    var holding: [NaturalKey: [Text]] = [:]
    for (file, flags) in came { for key in flags.keys { holding[key, default: []].append(file) } }
    var pairs: [FilePair: Counts] = [:]
    for (from, flags) in gone {
      for (key, flag) in flags {
        for to in holding[key] ?? [] {
          let isEqual = came[to]?[key].map { isEqual(flag, $0) } ?? false
          pairs[FilePair(from: from, to: to), default: Counts()].add(isEqual: isEqual)
        }
      }
      guard pairs.count <= Self.mostPairs else { return }
    }
    let likely = pairs.filter { pair, counts in 2 * counts.shared >= max(gone[pair.from]?.count ?? 0, came[pair.to]?.count ?? 0) }
    candidates = likely.sorted(by: Self.isLikelier).map(\.key)
  }

  /// Takes those candidates that are proven, the likeliest before others of the same files.
  mutating func take(_ proven: Set<FilePair>) {
    var taken: Set<Text> = []
    for pair in candidates where proven.contains(pair) && moved[pair.from] == nil && taken.insert(pair.to).inserted {
      moved[pair.from] = pair.to
    }
  }

  /// By what both hold, then by their names.
  private static func isLikelier(_ a: (key: FilePair, value: Counts), _ b: (key: FilePair, value: Counts)) -> Bool {
    func rank(_ pair: FilePair, _ counts: Counts) -> (Int, Int, Int) { (counts.equal, counts.shared, pair.keepsName ? 1 : 0) }
    let (left, right) = (rank(a.key, a.value), rank(b.key, b.value))
    return left == right ? (a.key.from, a.key.to) < (b.key.from, b.key.to) : left > right
  }
}

extension FilePair {
  /// Whether only its folder has another name.
  fileprivate var keepsName: Bool {
    func name(_ path: Text) -> Substring? { path.string.split(separator: "/").last }
    return name(from) == name(to)
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
