/// What one of two observations left out and the other one did not: what was left out both times is no news.
struct LeftOutNews {
  private var paths: [Text: LeftOut] = [:]
  private var names: [Text: [LeftOut]] = [:]
  /// A file that nobody could look into, and that may hold anything.
  private var unread: LeftOut?
  /// Whether anything that the other observation holds may stand in files that were not searched. Where both tell what came since one
  /// tree, neither has to know what stood there before.
  let isUnsearched: Bool

  init(_ mine: Observation, besides theirs: Observation) {
    isUnsearched = mine.leftOutSince != nil && mine.leftOutSince != theirs.leftOutSince
    let known = Dictionary(theirs.leftOut.map { ($0.path, $0) }) { first, _ in first }
    for leftOut in mine.leftOut {
      let same = known[leftOut.path].flatMap { $0.reason == leftOut.reason ? $0 : nil }
      // By its name a path is left out at each look, so only what stands there tells.
      switch leftOut.reason {
      case .link, .repository, .ignored: if same == nil { paths[leftOut.path] = leftOut }
      case .name: if leftOut.names.isEmpty, same?.names.isEmpty != true { unread = unread ?? leftOut }
      }
      for name in leftOut.names.subtracting(same?.names ?? []) { names[name, default: []].append(leftOut) }
    }
  }

  /// Where a resource may stand that is missing; nil where nothing tells so.
  func place(of resource: Resource) -> LeftOut? {
    guard let location = resource.location else { return nil }
    if !paths.isEmpty {
      let steps = location.path.string.split(separator: "/", omittingEmptySubsequences: false)
      for count in 1...max(1, steps.count) {
        if let found = paths[Text(steps.prefix(count).joined(separator: "/"))] { return found }
      }
    }
    // Where the file is part of what a thing is, only a file of that name can be the one that moved.
    let holding = names[resource.name] ?? []
    let place =
      resource.address.scope == .whole ? holding.first : holding.first { Self.fileName($0.path) == Self.fileName(location.path) }
    return place ?? unread
  }

  private static func fileName(_ path: Text) -> Text { Text(path.string.split(separator: "/").last.map(String.init) ?? path.string) }
}
