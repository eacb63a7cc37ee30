/// Joins what was deleted with what was created in its place under a new id.
struct Recreation {
  private let before: KindSchema
  private let after: KindSchema

  init(before: KindSchema, after: KindSchema) { (self.before, self.after) = (before, after) }

  /// All changes of one watch and kind, each deleted and created with a natural key that is unique on both sides as one recreated.
  ///
  /// Two of a kind with one key are left as they are: which became which nobody knows.
  func joined(_ changes: [Change], comparing attributes: inout AttributeComparison) -> [Change] {
    guard !after.naturalKey.isEmpty, before.naturalKey == after.naturalKey else { return changes }
    var deleted: [NaturalKey: [Int]] = [:]
    var created: [NaturalKey: [Int]] = [:]
    for (index, change) in changes.enumerated() {
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
    return changes.indices.filter { !gone.contains($0) }.map { newer[$0] ?? changes[$0] }
  }

  private func recreated(_ old: Resource, _ new: Resource, _ attributes: inout AttributeComparison) -> Change {
    let likeness = attributes.likeness(old, new)
    return Change(
      what: .recreated(before: old, after: new), attributes: likeness.differences, notCompared: likeness.notCompared, schema: after)
  }
}
