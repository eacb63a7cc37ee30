extension ServiceWalk {
  /// Reads all listings of a kind, hands over its resources, and says how complete that was.
  func completeness(of kind: KindManifest, from root: WalkPoint, lists: [Text: WalkedList], reader: Reader) async -> Completeness {
    var evidence = Evidence()
    var gaps: [Gap] = []
    if case .told(let rights) = reader.rights {
      let missing = kind.needs.filter { !rights.contains($0) }
      if !missing.isEmpty {
        let words = missing.map(\.string).joined(separator: ", ")
        gaps.append(
          Gap(
            scope: .whole,
            because: Diagnostic("rights-missing", "the account lacks \(words), without which not all is shown", advice: "Give it \(words).")
          ))
      }
    }
    var listings: [(source: ListSource, point: WalkPoint)] = []
    for source in kind.lists {
      let (points, missing) = Self.points(for: source, from: root, lists)
      gaps += missing
      for name in source.forEach { evidence.ends.formUnion(lists[name]?.evidence.ends ?? []) }
      listings += points.filter { isWanted($0.scope) }.map { (source, $0) }
    }
    for name in Set(kind.lists.flatMap(\.forEach)) { evidence.reads += lists[name]?.evidence.reads ?? 0 }
    let results = await withTaskGroup(of: ListingResult.self) { group in
      var results: [ListingResult] = []
      for (index, listing) in listings.enumerated() {
        if index >= Self.concurrentListings, let result = await group.next() { results.append(result) }
        group.addTask { await self.resources(of: kind, listing.source, at: listing.point) }
      }
      for await result in group { results.append(result) }
      return results
    }
    for result in results {
      evidence.add(result.evidence)
      gaps += result.gaps
    }
    var seen: Set<Gap> = []
    let distinct = gaps.filter { seen.insert($0).inserted }
    return Completeness(
      evidence: evidence,
      gaps: distinct.sorted { ($0.scope, $0.because.rule, $0.because.sentence) < ($1.scope, $1.because.rule, $1.because.sentence) })
  }

  /// One listing of a kind: its resources are held back while the list may still have to be read again.
  private func resources(of kind: KindManifest, _ source: ListSource, at point: WalkPoint) async -> ListingResult {
    let builder = ResourceBuilder(watch: watch.name, kind: kind, sanitizer: sanitizer)
    var held: [Resource] = []
    var ids: Set<ResourceAddress> = []
    var isHeld = true
    var result = await listing(source, at: point, called: kind.name, needs: kind.needs, identify: { $0.id(by: kind.id) }) { items in
      var reason: Diagnostic?
      for item in items {
        do {
          let resource = try builder.resource(at: item)
          if isHeld, !ids.insert(resource.address).inserted {
            return Diagnostic(
              "duplicate-id", "the id \(resource.address.id) came twice in one list",
              advice: "Take the snapshot again when the service is quiet; if it stays, the manifest's `id` is not unique.")
          }
          held.append(resource)
          tools.items?(resource.address, FreshItem(item.context))
        } catch {
          reason = Diagnostic(
            "item-unreadable", "an item can't be read: \(Self.sentence(error))",
            advice: "The service's answers may have changed: compare the manifest with its documentation.")
        }
      }
      if held.count > Self.heldResources {
        isHeld = false
        ids = []
        reason = await hand(&held, kind.name) ?? reason
      }
      return reason
    } startOver: {
      // What was handed over already stays; the store's own check of ids then finds what came twice.
      held = []
      ids = []
    }
    if let reason = await hand(&held, kind.name) { result.gaps.append(Gap(scope: point.scope, because: reason)) }
    return result
  }

  /// Whether a listing is to be read: one of a scope that is of interest.
  private func isWanted(_ scope: Scope) -> Bool { tools.focus?.contains(scope) ?? true }

  private static let heldResources = 20_000

  private func hand(_ resources: inout [Resource], _ kind: Text) async -> Diagnostic? {
    guard !resources.isEmpty else { return nil }
    do {
      try await tools.sink.add(resources, kind: kind)
      resources = []
      return nil
    } catch { return error.diagnostics.first }
  }
}
