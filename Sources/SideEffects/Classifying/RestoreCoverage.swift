/// What the restores of a configuration say of a resource.
struct RestoreCoverage {
  let restores: [RestoreDeclaration]

  init(_ restores: [RestoreDeclaration]) { self.restores = restores }

  /// Restored where any restore covers it, whatever the others leave; of several, by one of those that were `done`.
  func coverage(of address: ResourceAddress, done: Set<Text> = []) -> Coverage {
    if let restore = restore(covering: address, among: done) { return .restored(by: restore.name) }
    let words = restores.map { (name: $0.name, covers: Self.covers($0, address)) }
    if let first = words.first(where: { $0.covers == true }) { return .restored(by: first.name) }
    let leaving = words.filter { $0.covers == false }.map(\.name)
    return leaving.isEmpty ? .unknown : .survives(leaving)
  }

  /// The first of the restores of these names that covers it.
  func restore(covering address: ResourceAddress, among names: Set<Text>) -> RestoreDeclaration? {
    restores.first { names.contains($0.name) && Self.covers($0, address) == true }
  }

  /// Nil where the restore doesn't name it. Where both its lists do, the one that names it more exactly holds, and of equals the one that leaves it.
  static func covers(_ restore: RestoreDeclaration, _ address: ResourceAddress) -> Bool? {
    let covering = restore.covers.filter { $0.fits(address) }.map(exactness).max()
    let leaving = restore.leaves.filter { $0.fits(address) }.map(exactness).max()
    switch (covering, leaving) {
    case (nil, nil): return nil
    case (.some, nil): return true
    case (nil, .some): return false
    case (let covering?, let leaving?): return covering > leaving
    }
  }

  /// How many parts of an address a selector gives, whole names counting more than patterns.
  private static func exactness(_ selector: Selector) -> Int {
    [selector.watch, selector.kind, selector.id].compactMap { $0 }.reduce(0) { $0 + (Glob.isPattern($1.string) ? 1 : 4) }
  }
}
