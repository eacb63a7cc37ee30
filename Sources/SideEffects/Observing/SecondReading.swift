import Documents

/// What a second reading of a list by numbers says of the first one.
enum SecondReading {
  case same
  /// A page holds other items than before, so that one may have slid past between two pages.
  case moved
  case gap(Diagnostic)
}

/// The ids that each page of a listing held, without their order inside the page.
struct PageIDs: Equatable {
  private var pages: [Digest] = []
  var count: Int { pages.count }

  mutating func add(_ items: [WalkPoint], _ identify: (WalkPoint) -> String?) {
    let ids = items.map { item in
      identify(item) ?? String(decoding: JSONWriter(.canonical).write(item.context.item ?? Document(.null)), as: UTF8.self)
    }
    pages.append(Digest(of: JSONWriter(.canonical).write(Document(.list(ids.sorted().map { Document(.text($0)) })))))
  }

  /// Whether another reading's pages are these, as far as it has come.
  func begins(with other: PageIDs) -> Bool { pages.starts(with: other.pages) }
}

extension ServiceWalk {
  /// Reads a list by numbers once more, without its details, and compares what each page holds.
  ///
  /// A page is a number's worth of a list that may move: while one thing goes and another comes, the total stays, no id comes twice, and an
  /// item can slide from a page that is still to be read to one that was. The cost is each page twice. What moves and moves back between the
  /// two readings is not seen.
  func secondReading(
    of walk: inout ListWalk, _ source: ListSource, at point: WalkPoint, first: PageIDs, identify: (WalkPoint) -> String?
  ) async -> SecondReading {
    var second = PageIDs()
    var next: HTTPRequest?
    do { next = try walk.first() } catch { return .gap(Diagnostic("bad-request", error.sentence)) }
    while let request = next {
      if Task.isCancelled { return .gap(Diagnostic("cancelled", "the reading was interrupted", advice: "Look again.")) }
      let found: [PathMatch]
      do {
        switch walk.next(try await carrier.send(request)) {
        case .startOver: return .moved
        case .gap(_, let diagnostic): return .gap(diagnostic)
        case .goOn(let matches, let following): (found, next) = (matches, following)
        case .ended(let matches, _): (found, next) = (matches, nil)
        }
      } catch { return .gap(error.diagnostics.first) }
      guard let items = try? point.items(of: source, among: found) else { return .moved }
      second.add(items, identify)
      guard first.begins(with: second) else { return .moved }
    }
    return second == first ? .same : .moved
  }
}
