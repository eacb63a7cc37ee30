/// Joins what was deleted with what was created in its place under a new id.
struct Recreation {
  private let before: KindSchema
  private let after: KindSchema

  init(before: KindSchema, after: KindSchema) { (self.before, self.after) = (before, after) }

  private var hasKey: Bool { !after.naturalKey.isEmpty && before.naturalKey == after.naturalKey }

  /// The files that may have moved with the flags in them, by what changed.
  func moves(in changes: [Change], comparing attributes: inout AttributeComparison) -> FileMoves {
    guard hasKey, after.sort == .flag else { return .none }
    return FileMoves(changes, naturalKey: after.naturalKey) { attributes.likeness($0, $1).isEqual }
  }

  /// The changes without those that are no more than a file's move; a flag that was set anew as well is updated.
  func moved(
    _ changes: [Change], _ moves: FileMoves, comparing attributes: inout AttributeComparison
  ) -> (changes: [Change], unchanged: [FilePair: Int]) {
    guard !moves.moved.isEmpty else { return (changes, [:]) }
    struct Place: Hashable {
      let file: Text
      let key: NaturalKey
    }
    var created: [Place: [Int]] = [:]
    for (index, change) in changes.enumerated() {
      guard case .created(let flag) = change.what, let file = flag.address.scope.file,
        let key = NaturalKey(of: flag, paths: after.naturalKey)
      else { continue }
      created[Place(file: file, key: key), default: []].append(index)
    }
    var unchanged: [FilePair: Int] = [:]
    var newer: [Int: Change] = [:]
    var gone: Set<Int> = []
    for (index, change) in changes.enumerated() {
      guard case .deleted(let old) = change.what, let from = old.address.scope.file, let to = moves.moved[from],
        let key = NaturalKey(of: old, paths: after.naturalKey), let places = created[Place(file: to, key: key)], places.count == 1,
        case .created(let new) = changes[places[0]].what, newer[places[0]] == nil, !gone.contains(places[0])
      else { continue }
      let likeness = attributes.likeness(old, new)
      gone.insert(index)
      if likeness.isEqual {
        gone.insert(places[0])
        unchanged[FilePair(from: from, to: to), default: 0] += 1
      } else {
        newer[places[0]] = Change(
          what: .updated(before: old, after: new), attributes: likeness.differences, notCompared: likeness.notCompared, schema: after)
      }
    }
    return (Self.replaced(changes, by: newer, without: gone), unchanged)
  }

  private static func replaced(_ changes: [Change], by newer: [Int: Change], without gone: Set<Int>) -> [Change] {
    changes.indices.filter { !gone.contains($0) }.map { newer[$0] ?? changes[$0] }
  }

  /// All changes of one watch and kind, each deleted and created with a natural key that is unique on both sides as one recreated.
  ///
  /// Two of a kind with one key are left as they are: which became which nobody knows. So are flags of two files, where the file is part of
  /// what a flag is: each is set where it is set.
  func joined(_ changes: [Change], comparing attributes: inout AttributeComparison) -> [Change] {
    guard hasKey else { return changes }
    var deleted: [NaturalKey: [Int]] = [:]
    var created: [NaturalKey: [Int]] = [:]
    for (index, change) in changes.enumerated() {
      if after.sort == .flag, change.resource.address.scope.file != nil { continue }
      guard let key = NaturalKey(of: change.resource, paths: after.naturalKey) else { continue }
      switch change.what {
      case .deleted: deleted[key, default: []].append(index)
      case .created: created[key, default: []].append(index)
      case .updated, .recreated: continue
      }
    }
    var newer: [Int: Change] = [:]
    var gone: Set<Int> = []
    for (key, old) in deleted {
      guard old.count == 1, let new = created[key], new.count == 1 else { continue }
      gone.insert(old[0])
      newer[new[0]] = recreated(changes[old[0]].resource, changes[new[0]].resource, &attributes)
    }
    return Self.replaced(changes, by: newer, without: gone)
  }

  private func recreated(_ old: Resource, _ new: Resource, _ attributes: inout AttributeComparison) -> Change {
    let likeness = attributes.likeness(old, new)
    return Change(
      what: .recreated(before: old, after: new), attributes: likeness.differences, notCompared: likeness.notCompared, schema: after)
  }
}
