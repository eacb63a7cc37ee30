import Documents

/// How one listing went.
struct ListingResult: Sendable {
  var evidence = Evidence()
  var gaps: [Gap] = []
}

extension ServiceWalk {
  /// Reads one listing page by page.
  ///
  /// - Parameters:
  ///   - identify: An item's id, nil where it can't be told yet.
  ///   - take: Gets the items of each page; what it returns is a reason why the listing can't be called whole.
  ///   - startOver: Called where the list moved and is read again from the start; false forbids it.
  func listing(
    _ source: ListSource, at point: WalkPoint, called name: Text, needs: [Text], identify: (WalkPoint) -> String?,
    take: ([WalkPoint]) async -> Diagnostic?, startOver: () -> Void
  ) async -> ListingResult {
    switch (source.from, source.items) {
    case (.call(let call), .path(let items)): await called(call, items, source, at: point, name, needs, identify, take, startOver)
    case (.parent(let list), .path(let items)): await inside(list, items, source, at: point, take)
    case (.files, _), (.text, _), (_, .setting):
      ListingResult(gaps: [Gap(scope: point.scope, because: Diagnostic("bad-manifest", "a list of files can't be read by the http engine"))]
      )
    }
  }

  /// Items inside of a parent's item: it arrived whole, so they are.
  private func inside(
    _ list: Text, _ items: DocumentPath, _ source: ListSource, at point: WalkPoint, _ take: ([WalkPoint]) async -> Diagnostic?
  ) async -> ListingResult {
    let item = point.context.parents[list]?.item ?? Document(.null)
    do {
      let matches = try items.matches(in: item)
      let items = try point.items(of: source, among: matches)
      let reason = await take(items)
      return ListingResult(
        evidence: Evidence(items: items.count, ends: [.singleAnswer]), gaps: reason.map { [Gap(scope: point.scope, because: $0)] } ?? [])
    } catch let problem as PathProblem {
      return ListingResult(gaps: [
        Gap(scope: point.scope, because: Diagnostic("items-missing", "\(problem.sentence) in an item of `\(list)`"))
      ])
    } catch {
      return ListingResult(gaps: [Gap(scope: point.scope, because: Diagnostic("item-unreadable", Self.sentence(error)))])
    }
  }

  private func called(
    _ call: CallManifest, _ items: DocumentPath, _ source: ListSource, at point: WalkPoint, _ name: Text, _ needs: [Text],
    _ identify: (WalkPoint) -> String?, _ take: ([WalkPoint]) async -> Diagnostic?, _ startOver: () -> Void
  ) async -> ListingResult {
    var pages = PageIDs()
    var walk = ListWalk(call: call, items: items, context: point.context, needs: needs, maker: maker)
    var result = ListingResult()
    func gap(_ diagnostic: Diagnostic) -> ListingResult {
      result.evidence = walk.partialEvidence
      result.gaps.append(Gap(scope: point.scope, because: diagnostic))
      return result
    }
    var request: HTTPRequest
    do { request = try walk.first() } catch { return gap(Diagnostic("bad-request", error.sentence)) }
    while true {
      if Task.isCancelled { return gap(Diagnostic("cancelled", "the reading was interrupted", advice: "Look again.")) }
      let answer: HTTPAnswer
      do { answer = try await carrier.send(request) } catch {
        result.gaps += error.diagnostics.rest.map { Gap(scope: point.scope, because: $0) }
        return gap(error.diagnostics.first)
      }
      let step = walk.next(answer)
      let (found, next, reason): ([PathMatch], HTTPRequest?, Diagnostic?)
      switch step {
      case .startOver(let again):
        startOver()
        pages = PageIDs()
        request = again
        continue
      case .goOn(let matches, let following): (found, next, reason) = (matches, following, nil)
      case .ended(let matches, _): (found, next, reason) = (matches, nil, nil)
      case .gap(let matches, let diagnostic): (found, next, reason) = (matches, nil, diagnostic)
      }
      counter.add(items: found.count, of: name)
      switch await hand(found, source, point, take) {
      case .duplicate(let diagnostic):
        // The list may have moved under the walk, as where the newest come first.
        if reason == nil, let again = walk.again() {
          startOver()
          pages = PageIDs()
          request = again
          continue
        }
        return gap(diagnostic)
      case .reason(let diagnostic): result.gaps.append(Gap(scope: point.scope, because: diagnostic))
      case .fine: break
      }
      if let reason { return gap(reason) }
      if call.paging.style.isNumbered { pages.add((try? point.items(of: source, among: found)) ?? [], identify) }
      if let next {
        request = next
        continue
      }
      result.evidence = walk.partialEvidence
      if case .ended(_, let evidence) = step { result.evidence = evidence }
      guard pages.count > 1, result.gaps.isEmpty else { return result }
      let reading = await secondReading(of: &walk, source, at: point, first: pages, identify: identify)
      result.evidence.reads = walk.partialEvidence.reads
      switch reading {
      case .same: return result
      case .gap(let diagnostic):
        result.gaps.append(Gap(scope: point.scope, because: diagnostic))
        return result
      case .moved:
        guard let again = walk.again(atMost: 2) else {
          let because = Diagnostic(
            "moved", "the list changed while it was read, so an item may have slid from one page to another",
            advice: "Take the snapshot again when it is quiet.", place: .url(Text(request.shownURL)))
          result.gaps.append(Gap(scope: point.scope, because: because))
          return result
        }
        startOver()
        pages = PageIDs()
        request = again
      }
    }
  }

  private enum Handed {
    case fine
    case duplicate(Diagnostic)
    case reason(Diagnostic)
  }

  private func hand(_ found: [PathMatch], _ source: ListSource, _ point: WalkPoint, _ take: ([WalkPoint]) async -> Diagnostic?) async
    -> Handed
  {
    var items: [WalkPoint]
    do { items = try point.items(of: source, among: found) } catch { return .reason(Diagnostic("item-unreadable", error.sentence)) }
    var reason: Diagnostic?
    if let detail = source.detail { (items, reason) = await detailed(items, detail) }
    if let told = await take(items) { return told.rule == "duplicate-id" ? .duplicate(told) : .reason(told) }
    return reason.map { .reason($0) } ?? .fine
  }

  /// One read more for each item; one that fails makes the listing partial, and its item is left out.
  private func detailed(_ items: [WalkPoint], _ detail: DetailManifest) async -> ([WalkPoint], Diagnostic?) {
    let results = await withTaskGroup(of: (Int, Result<WalkPoint?, Diagnostic>).self) { group in
      var results: [(Int, Result<WalkPoint?, Diagnostic>)] = []
      for (index, item) in items.enumerated() {
        if index >= Self.concurrentListings, let result = await group.next() { results.append(result) }
        group.addTask { (index, await self.detailed(item, detail)) }
      }
      for await result in group { results.append(result) }
      return results.sorted { $0.0 < $1.0 }
    }
    var detailed: [WalkPoint] = []
    var reason: Diagnostic?
    for (_, result) in results {
      switch result {
      case .success(let point): if let point { detailed.append(point) }
      case .failure(let diagnostic): reason = reason ?? diagnostic
      }
    }
    return (detailed, reason)
  }

  /// Nil where the item ended between the list and this read, as the manifest's `empty` tells.
  private func detailed(_ item: WalkPoint, _ detail: DetailManifest) async -> Result<WalkPoint?, Diagnostic> {
    let request: HTTPRequest
    do { request = try maker.request(detail.call, item.context) } catch { return .failure(Diagnostic("bad-request", error.sentence)) }
    let answer: HTTPAnswer
    do { answer = try await carrier.send(request) } catch { return .failure(error.diagnostics.first) }
    let inspection = AnswerInspection(call: detail.call, context: item.context, place: .url(Text(request.shownURL)), needs: [])
    switch inspection.verdict(answer) {
    case .saidEmpty: return .success(nil)
    case .refused(let diagnostic): return .failure(diagnostic)
    case .document(let document):
      do {
        var point = item
        point.context.detail = try detail.items.value(in: document)
        return .success(point)
      } catch { return .failure(inspection.diagnostic("items-missing", error.sentence, "")) }
    }
  }

  static func sentence(_ error: any Error) -> String { (error as? TemplateProblem)?.sentence ?? "an item can't be read" }
}
