import Documents

/// What a walk through a list does next.
enum ListStep {
  case goOn([PathMatch], HTTPRequest)
  case ended([PathMatch], Evidence)
  /// The list moved under the walk: what came so far doesn't count.
  case startOver(HTTPRequest)
  /// The items of an answer that was good, and why the list can't be called whole.
  case gap([PathMatch], Diagnostic)
}

/// Walks through the pages of one listing and decides whether it is whole: a pure machine, fed with answers.
///
/// Only positive evidence makes an end: every page arrived as it should, the paging ended the way the manifest says it ends, no cursor came twice,
/// a stated total was met, and nothing was cut by a limit.
struct ListWalk {
  private let call: CallManifest
  private let items: DocumentPath
  private let needs: [Text]
  private let maker: RequestMaker
  private let start: TemplateContext
  private let limits: WalkLimits

  private var context: TemplateContext
  private var evidence = Evidence()
  private var total: Int?
  private var seen: Set<Digest> = []
  private var lastPage: Digest?
  private var currentURL = ""
  private var restarts = 0
  private var place = Diagnostic.Place.nowhere

  init(
    call: CallManifest, items: DocumentPath, context: TemplateContext, needs: [Text], maker: RequestMaker, limits: WalkLimits = .standard
  ) {
    (self.call, self.items, self.needs, self.maker, self.limits) = (call, items, needs, maker, limits)
    (start, self.context) = (context, context)
  }

  /// The first request.
  mutating func first() throws(TemplateProblem) -> HTTPRequest {
    context = start
    evidence = Evidence(reads: evidence.reads)
    (total, lastPage, seen) = (nil, nil, [])
    switch call.paging.style {
    case .none, .link, .next: break
    case .cursor(_, let first): if let first { context.cursor = String(decoding: try start.render(first).bytes, as: UTF8.self) }
    case .page(let number): context.page = number
    case .offset(let number): context.offset = number
    }
    return try request()
  }

  private mutating func request(url: String? = nil) throws(TemplateProblem) -> HTTPRequest {
    let request = try maker.request(call, context, url: url)
    currentURL = String(decoding: request.url.bytes, as: UTF8.self)
    place = .url(Text(request.shownURL))
    return request
  }

  mutating func next(_ answer: HTTPAnswer) -> ListStep {
    evidence.reads += 1
    let inspection = AnswerInspection(call: call, context: context, place: place, needs: needs)
    switch inspection.verdict(answer) {
    case .refused(let diagnostic):
      if answer.status == 410, evidence.reads > 1, let again = startOver(atMost: 3) { return again }
      return .gap([], diagnostic)
    case .saidEmpty:
      guard evidence.items == 0, lastPage == nil else { return gap([], "ended-early", "a later page says that the list is empty") }
      evidence.ends.insert(.saidEmpty)
      return .ended([], evidence)
    case .document(let document): return page(document, answer)
    }
  }

  private mutating func page(_ document: Document, _ answer: HTTPAnswer) -> ListStep {
    let found: [PathMatch]
    do { found = try items.matches(in: document) } catch {
      return gap(
        [], "items-missing", "\(error.sentence) in the answer, where the items should be",
        "The service's answers may have changed: compare the manifest with its documentation.")
    }
    let digest = Digest(of: answer.body)
    if digest == lastPage, !found.isEmpty { return gap([], "page-loop", "a page came twice") }
    lastPage = digest
    evidence.items += found.count
    context.last = found.last?.document
    if let failure = readTotal(document, found) { return failure }
    let more: Bool?
    switch self.more(document, answer) {
    case .success(let told): more = told
    case .failure(let diagnostic): return .gap(found, diagnostic)
    }
    guard evidence.reads < limits.pages, evidence.items <= limits.items else {
      return gap(
        found, "limit", "the list was cut after \(evidence.reads) pages and \(evidence.items) items", "Narrow the watch by its settings.")
    }
    return turn(document, answer, found, more: more)
  }

  /// Where it goes on, or why it has ended.
  private mutating func turn(_ document: Document, _ answer: HTTPAnswer, _ found: [PathMatch], more: Bool?) -> ListStep {
    switch call.paging.style {
    case .none:
      if call.paging.total == nil, more == nil, let sign = SignsOfMore.sign(in: answer, document, items: found.count) {
        return gap(found, "more-pages", "the manifest says that one answer holds all, but \(sign)", "The manifest needs another `pages`.")
      }
      if more == true { return gap(found, "more-pages", "the service says that there is more, and the manifest doesn't say how to get it") }
      return end(found, .singleAnswer)
    case .link:
      return follow(LinkHeader.target(relation: "next", in: answer.headerValues("Link")), found, more)
    case .next(let path):
      switch pointer(path, document) {
      case .success(let target): return follow(target, found, more)
      case .failure(let diagnostic): return .gap(found, diagnostic)
      }
    case .cursor(let source, _): return cursor(source, document, found, more)
    case .page(let first):
      if found.isEmpty, more == true { return emptyWithMore() }
      if isOver(found, more) { return end(found, more == false ? .noMore : found.isEmpty ? .emptyPage : .totalReached) }
      context.page = (context.page ?? first) + 1
      return goOn(found)
    case .offset(let first):
      if found.isEmpty, more == true { return emptyWithMore() }
      if isOver(found, more) { return end(found, more == false ? .noMore : found.isEmpty ? .emptyPage : .totalReached) }
      context.offset = (context.offset ?? first) + found.count
      return goOn(found)
    }
  }

  /// It would be asked for again and again.
  private func emptyWithMore() -> ListStep { gap([], "more-pages", "an empty page says that there is more") }

  /// Never a short page: servers cap pages at their own length.
  private func isOver(_ found: [PathMatch], _ more: Bool?) -> Bool {
    if let more { return !more }
    return found.isEmpty || total.map { evidence.items >= $0 } ?? false
  }

  private mutating func follow(_ target: String?, _ found: [PathMatch], _ more: Bool?) -> ListStep {
    guard let target else {
      if more == true { return gap(found, "more-pages", "no next page is named, and the answer says that there is more") }
      return end(found, more == false ? .noMore : .noNextPage)
    }
    if more == false { return gap(found, "more-pages", "a next page is named, and the answer says that there is no more") }
    guard let url = WebAddress.resolve(target, against: currentURL), let origin = WebOrigin(url), origin == WebOrigin(currentURL) else {
      return gap(
        found, "leads-away", "the next page lies at another address, where no credential goes",
        "Check that `base` is the service's own address.")
    }
    guard seen.insert(Digest(of: url.utf8)).inserted, url != currentURL else {
      return gap(found, "page-loop", "a page names itself or an earlier one as the next")
    }
    do { return .goOn(found, try request(url: url)) } catch { return gap(found, "bad-request", error.sentence) }
  }

  private mutating func cursor(_ source: Paging.CursorSource, _ document: Document, _ found: [PathMatch], _ more: Bool?) -> ListStep {
    if more == false { return end(found, .noMore) }
    let cursor: String?
    switch source {
    case .path(let path):
      switch pointer(path, document) {
      case .success(let told): cursor = told
      case .failure(let diagnostic): return .gap(found, diagnostic)
      }
    case .template(let template):
      if found.isEmpty { return more == true ? emptyWithMore() : end([], .emptyPage) }
      do { cursor = String(decoding: try context.render(template).bytes, as: UTF8.self) } catch {
        return gap(found, "bad-cursor", error.sentence)
      }
    }
    guard let cursor, !cursor.isEmpty else {
      if more == true { return gap(found, "more-pages", "no cursor is given, and the answer says that there is more") }
      return end(found, .noNextPage)
    }
    guard seen.insert(Digest(of: cursor.utf8)).inserted, cursor != context.cursor else {
      return gap(found, "page-loop", "a cursor came twice")
    }
    context.cursor = cursor
    return goOn(found)
  }

  /// The text at a path: nil where it is null, empty, or absent and may be.
  private func pointer(_ path: DocumentPath, _ document: Document) -> Result<String?, Diagnostic> {
    do {
      guard let value = try path.value(in: document) else { return .success(nil) }
      guard let text = value.plainText else { return .failure(diagnostic("bad-cursor", "`\(path.text)` is no text")) }
      return .success(text.isEmpty ? nil : text)
    } catch {
      // Null counts as absent to a path; here it is how many services say that this was the last page.
      if case .missing = error.kind, path.endsInNull(document) { return .success(nil) }
      return .failure(diagnostic("no-proof", "\(error.sentence), so nothing proves that this was the last page"))
    }
  }

  private func more(_ document: Document, _ answer: HTTPAnswer) -> Result<Bool?, Diagnostic> {
    switch call.paging.more {
    case nil: return .success(nil)
    case .condition(let condition):
      var context = context
      (context.item, context.status, context.headers) = (document, answer.status, answer.headers)
      guard let hasMore = condition.verdict({ context.document($0) }) else {
        return .failure(diagnostic("no-proof", "a pattern of `more` needs too many steps, so nothing proves that this was the last page"))
      }
      return .success(hasMore)
    case .path(let path):
      do {
        guard let value = try path.value(in: document) else { return .success(false) }
        guard
          let flag = value.boolean ?? value.plainText.flatMap({ ["true": true, "false": false, "1": true, "0": false][$0.lowercased()] })
        else {
          return .failure(diagnostic("no-proof", "`\(path.text)` is neither true nor false"))
        }
        return .success(flag)
      } catch { return .failure(diagnostic("no-proof", "\(error.sentence), so nothing proves that this was the last page")) }
    }
  }

  /// Nil where the total fits or none is stated.
  private mutating func readTotal(_ document: Document, _ found: [PathMatch]) -> ListStep? {
    guard let path = call.paging.total else { return nil }
    guard let told = (try? path.value(in: document))?.flatMap(\.plainText).flatMap({ Int($0) }) else {
      return gap(found, "no-proof", "the total `\(path.text)` is missing, so nothing proves that the list is whole")
    }
    if let total, told != total {
      if let again = startOver(atMost: 1) { return again }
      return gap(
        found, "moved", "the list grew or shrank while it was read: \(total) items, then \(told)",
        "Take the snapshot again when it is quiet.")
    }
    total = told
    return nil
  }

  private mutating func startOver(atMost limit: Int) -> ListStep? {
    guard restarts < limit else { return nil }
    restarts += 1
    guard let request = try? first() else { return nil }
    return .startOver(request)
  }

  /// Reads the list once more, for a reason found outside of it, such as an id that came twice.
  mutating func again(atMost limit: Int = 1) -> HTTPRequest? {
    guard case .startOver(let request)? = startOver(atMost: limit) else { return nil }
    return request
  }

  private mutating func goOn(_ found: [PathMatch]) -> ListStep {
    do { return .goOn(found, try request()) } catch { return gap(found, "bad-request", error.sentence) }
  }

  private mutating func end(_ found: [PathMatch], _ end: End) -> ListStep {
    if let total, total != evidence.items {
      return gap(
        found, "total-missed", "the service says that there are \(total) and \(evidence.items) came",
        "Take the snapshot again; if it stays, the account may not see all of them.")
    }
    evidence.ends.insert(end)
    if total != nil { evidence.ends.insert(.totalReached) }
    return .ended(found, evidence)
  }

  /// What was read, for a listing that has a gap.
  var partialEvidence: Evidence { evidence }

  private func diagnostic(_ rule: Text, _ sentence: String, _ advice: String = "") -> Diagnostic {
    Diagnostic(rule, sentence, advice: advice, place: place)
  }
  private func gap(
    _ found: [PathMatch], _ rule: Text, _ sentence: String,
    _ advice: String = "Take the snapshot again; if it stays, the service doesn't page as the manifest says."
  ) -> ListStep {
    .gap(found, diagnostic(rule, sentence, advice))
  }
}

/// How far a walk goes before it is cut, which is a gap.
struct WalkLimits: Sendable {
  var pages = 10_000
  var items = 5_000_000
  static let standard = WalkLimits()
}

extension Paging.Style {
  /// Whether a page is only a number, so that what a page holds depends on what comes before it.
  var isNumbered: Bool {
    switch self {
    case .page, .offset: true
    case .none, .link, .next, .cursor: false
    }
  }
}

extension DocumentPath {
  /// Whether the path leads to a null that is there.
  fileprivate func endsInNull(_ document: Document) -> Bool {
    guard case .member(let name, _)? = steps.last else { return false }
    let parent = DocumentPath(steps: Array(steps.dropLast()), text: text)
    return (try? parent.value(in: document))??[name.string]?.isNull ?? false
  }
}
