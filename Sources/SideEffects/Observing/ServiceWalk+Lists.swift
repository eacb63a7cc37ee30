import Documents

/// A list that was walked through on the way to a kind: its items as parents, and what is missing of it.
struct WalkedList: Sendable {
  var points: [WalkPoint] = []
  /// Its own and those of its parents: what is below them is unknown, not gone.
  var gaps: [Gap] = []
  var evidence = Evidence()
  var isConstant = false
}

extension ServiceWalk {
  /// All lists that the watch's kinds walk through, each once.
  func walkedLists(from root: WalkPoint) async -> [Text: WalkedList] {
    let needed = Set(watch.kinds.flatMap(\.lists).flatMap(\.forEach))
    var walked: [Text: WalkedList] = [:]
    for list in watch.provider.manifest.lists where needed.contains(list.name) {
      walked[list.name] =
        switch list.origin {
        case .constants(let templates): constants(list.name, templates, root)
        case .source(let source): await self.list(list.name, source, root, walked)
        }
    }
    return walked
  }

  private func constants(_ name: Text, _ templates: [Template], _ root: WalkPoint) -> WalkedList {
    var list = WalkedList(evidence: Evidence(ends: [.constant]), isConstant: true)
    for template in templates {
      do {
        let value = try root.context.value(template) ?? Document(.list([]))
        for element in value.list ?? [value] {
          var point = root
          point.context.item = element
          list.points.append(try point.asParent(name, nil, sanitizer: sanitizer))
        }
      } catch {
        list.gaps.append(Gap(scope: .whole, because: Diagnostic("bad-setting", "the list `\(name)` can't be made: \(error.sentence)")))
      }
    }
    if list.points.isEmpty, list.gaps.isEmpty {
      // Nothing was asked for, so that nothing came proves nothing.
      list.gaps.append(
        Gap(
          scope: .whole,
          because: Diagnostic("bad-setting", "the list `\(name)` names nothing", advice: "Name at least one in the watch's settings.")))
    }
    return list
  }

  private func list(_ name: Text, _ source: ListSource, _ root: WalkPoint, _ walked: [Text: WalkedList]) async -> WalkedList {
    var list = WalkedList()
    let (points, gaps) = Self.points(for: source, from: root, walked)
    list.gaps = gaps
    let found = await withTaskGroup(of: (Int, ListingResult, [WalkPoint]).self) { group in
      var results: [(Int, ListingResult, [WalkPoint])] = []
      for (index, point) in points.enumerated() {
        if index >= Self.concurrentListings, let result = await group.next() { results.append(result) }
        group.addTask {
          let (result, items) = await self.items(of: source, at: point, called: name)
          return (index, result, items)
        }
      }
      for await result in group { results.append(result) }
      return results.sorted { $0.0 < $1.0 }
    }
    for (index, result, items) in found {
      list.evidence.add(result.evidence)
      list.gaps += result.gaps
      for item in items {
        do { list.points.append(try item.asParent(name, source, sanitizer: sanitizer)) } catch {
          list.gaps.append(Gap(scope: points[index].scope, because: Diagnostic("item-unreadable", error.sentence)))
        }
      }
    }
    return list
  }

  static let concurrentListings = 8

  /// Where a list is read: once for each item of the lists that it stands below, those with a common parent joined.
  static func points(for source: ListSource, from root: WalkPoint, _ walked: [Text: WalkedList]) -> (points: [WalkPoint], gaps: [Gap]) {
    var points = [root]
    var covered: Set<Text> = []
    // From the innermost outwards: the points of a list hold those of its parents already.
    for name in source.forEach.reversed() where !covered.contains(name) {
      let list = walked[name] ?? WalkedList()
      covered.insert(name)
      for point in list.points { covered.formUnion(point.context.parents.keys) }
      points = points.flatMap { point in list.points.compactMap { point.joined(with: $0) } }
    }
    return (points, source.forEach.flatMap { walked[$0]?.gaps ?? [] })
  }

  /// The items of one listing of a list, all in memory: lists that are walked through are short beside what stands below them.
  func items(of source: ListSource, at point: WalkPoint, called name: Text) async -> (ListingResult, [WalkPoint]) {
    var items: [WalkPoint] = []
    var ids: Set<Text> = []
    let result = await listing(
      source, at: point, called: name, needs: [],
      identify: { [sanitizer] item in
        (try? item.asParent(name, source, sanitizer: sanitizer))?.scope.steps.last?.id.string
      }
    ) { [sanitizer] page in
      for item in page {
        // One without an id is told when it becomes a parent.
        guard let id = (try? item.asParent(name, source, sanitizer: sanitizer))?.scope.steps.last?.id, !ids.insert(id).inserted else {
          continue
        }
        return Diagnostic(
          "duplicate-id", "the id \(id) came twice in the list `\(name)`",
          advice: "Take the snapshot again when the service is quiet; if it stays, the manifest's `id` is not unique.")
      }
      items += page
      return nil
    } startOver: {
      (items, ids) = ([], [])
    }
    return (result, items)
  }
}
