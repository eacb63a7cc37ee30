import SideEffects
import Testing

/// One list of a service, and what may be said of it.
struct PagedList: CustomTestStringConvertible, Sendable {
  enum Verdict: Sendable {
    /// Complete, with so many items, for this reason.
    case whole(Int, End)
    /// Not complete, for this reason; so many items were seen all the same.
    case gap(String, seen: Int)
  }

  let testDescription: String
  let list: String
  let exchanges: [Recording.Exchange]
  let verdict: Verdict

  init(_ words: String, _ list: String, _ exchanges: [Recording.Exchange], _ verdict: Verdict) {
    (testDescription, self.list, self.exchanges, self.verdict) = (words, list, exchanges, verdict)
  }
}

@Suite("A list that pages")
struct PagingTests {
  static let oneAnswer: [PagedList] = [
    PagedList("in one answer is whole", "{call: GET /hooks, pages: none}", [answer("/hooks", hooks(1, 2))], .whole(2, .singleAnswer)),
    PagedList("in one answer may be empty", "{call: GET /hooks, pages: none}", [answer("/hooks", "[]")], .whole(0, .singleAnswer)),
    PagedList(
      "in one answer that names a next page was cut", "{call: GET /hooks, pages: none}",
      [answer("/hooks", hooks(1), headers: next("https://api.example/hooks?page=2"))], .gap("more-pages", seen: 1)),
    PagedList(
      "in one answer with has_more was cut", "{call: GET /hooks, items: \"hooks[*]\", pages: none}",
      [answer("/hooks", #"{"hooks": \#(hooks(1)), "has_more": true}"#)], .gap("more-pages", seen: 1)),
    PagedList(
      "in one answer with a bigger total was cut", "{call: GET /hooks, items: \"hooks[*]\", pages: none}",
      [answer("/hooks", #"{"hooks": \#(hooks(1)), "meta": {"total_count": 3}}"#)], .gap("more-pages", seen: 1)),
    PagedList(
      "in one answer with a cursor was cut", "{call: GET /hooks, items: \"hooks[*]\", pages: none}",
      [answer("/hooks", #"{"hooks": \#(hooks(1)), "metadata": {"continue": "abc"}}"#)], .gap("more-pages", seen: 1)),
    PagedList(
      "in one answer that misses its total is not whole", "{call: GET /hooks, items: \"hooks[*]\", pages: {total: n}}",
      [answer("/hooks", #"{"hooks": \#(hooks(1)), "n": 2}"#)], .gap("total-missed", seen: 1)),
  ]

  static let links: [PagedList] = [
    PagedList(
      "by Link ends where none names a next page", "{call: \"GET /hooks?n=2\", pages: link}",
      [answer("/hooks?n=2", hooks(1, 2), headers: next("https://api.example/hooks?n=2&page=2")), answer("/hooks?page=2&n=2", hooks(3))],
      .whole(3, .noNextPage)),
    PagedList(
      "by Link ends where the next page is said to hold nothing", "{call: GET /hooks, pages: link}",
      [answer("/hooks", hooks(1), headers: [("Link", "<https://api.example/hooks?2>; rel=\"next\"; results=\"false\"")])],
      .whole(1, .noNextPage)),
    PagedList(
      "by Link whose page names itself goes nowhere", "{call: GET /hooks, pages: link}",
      [answer("/hooks", hooks(1), headers: next("https://api.example/hooks"))], .gap("page-loop", seen: 1)),
    PagedList(
      "by Link that leads to another host is not followed", "{call: GET /hooks, pages: link}",
      [answer("/hooks", hooks(1), headers: next("https://elsewhere.example/hooks?page=2"))], .gap("leads-away", seen: 1)),
    PagedList(
      "by Link that leads to another port is not followed", "{call: GET /hooks, pages: link}",
      [answer("/hooks", hooks(1), headers: next("https://api.example:8443/hooks?page=2"))], .gap("leads-away", seen: 1)),
    PagedList(
      "by Link with a total has to reach it", "{call: GET /hooks, items: \"hooks[*]\", pages: {link: true, total: n}}",
      [answer("/hooks", #"{"n": 2, "hooks": \#(hooks(1))}"#)], .gap("total-missed", seen: 1)),
    PagedList(
      "by Link contradicted by `more` was cut", "{call: GET /hooks, items: \"hooks[*]\", pages: {link: true, more: more}}",
      [answer("/hooks", #"{"more": true, "hooks": \#(hooks(1))}"#)], .gap("more-pages", seen: 1)),
    PagedList(
      "by the next URL ends at null", "{call: GET /hooks, items: \"hooks[*]\", pages: {next: next}}",
      [
        answer("/hooks", #"{"next": "/hooks?page=2", "hooks": \#(hooks(1))}"#),
        answer("/hooks?page=2", #"{"next": null, "hooks": \#(hooks(2))}"#),
      ],
      .whole(2, .noNextPage)),
    PagedList(
      "by the next URL ends at an empty text", "{call: GET /hooks, items: \"hooks[*]\", pages: {next: next}}",
      [answer("/hooks", #"{"next": "", "hooks": \#(hooks(1))}"#)], .whole(1, .noNextPage)),
    PagedList(
      "by a next URL that may be absent ends without it", "{call: GET /hooks, items: \"hooks[*]\", pages: {next: \"links.next?.href\"}}",
      [answer("/hooks", #"{"links": {}, "hooks": \#(hooks(1))}"#)], .whole(1, .noNextPage)),
    PagedList(
      "by a next URL that is missing proves nothing", "{call: GET /hooks, items: \"hooks[*]\", pages: {next: next}}",
      [answer("/hooks", #"{"hooks": \#(hooks(1))}"#)], .gap("no-proof", seen: 1)),
    PagedList(
      "by a next URL that comes back to an earlier page goes round", "{call: GET /hooks, items: \"hooks[*]\", pages: {next: next}}",
      [
        answer("/hooks", #"{"next": "/hooks?page=2", "hooks": \#(hooks(1))}"#),
        answer("/hooks?page=2", #"{"next": "/hooks?page=2", "hooks": \#(hooks(2))}"#),
      ], .gap("page-loop", seen: 2)),
    PagedList(
      "by a next URL with `more: false` beside it was cut", "{call: GET /hooks, items: \"hooks[*]\", pages: {next: next, more: more}}",
      [answer("/hooks", #"{"next": "/hooks?page=2", "more": false, "hooks": \#(hooks(1))}"#)], .gap("more-pages", seen: 1)),
  ]

  static let cursors: [PagedList] = [
    PagedList(
      "by cursor leaves it out at first and ends at null",
      "{call: \"GET /hooks?after={@cursor}\", items: \"hooks[*]\", pages: {cursor: cursor}}",
      [
        answer("/hooks", #"{"cursor": "a b", "hooks": \#(hooks(1))}"#),
        answer("/hooks?after=a%20b", #"{"cursor": null, "hooks": \#(hooks(2))}"#),
      ],
      .whole(2, .noNextPage)),
    PagedList(
      "by cursor that repeats goes round", "{call: \"GET /hooks?after={@cursor}\", items: \"hooks[*]\", pages: {cursor: cursor}}",
      [answer("/hooks", #"{"cursor": "a", "hooks": \#(hooks(1))}"#), answer("/hooks?after=a", #"{"cursor": "a", "hooks": \#(hooks(2))}"#)],
      .gap("page-loop", seen: 2)),
    PagedList(
      "by cursor that is missing proves nothing", "{call: \"GET /hooks?after={@cursor}\", items: \"hooks[*]\", pages: {cursor: cursor}}",
      [answer("/hooks", #"{"hooks": \#(hooks(1))}"#)], .gap("no-proof", seen: 1)),
    PagedList(
      "by cursor that is no text proves nothing", "{call: \"GET /hooks?after={@cursor}\", items: \"hooks[*]\", pages: {cursor: cursor}}",
      [answer("/hooks", #"{"cursor": {}, "hooks": \#(hooks(1))}"#)], .gap("bad-cursor", seen: 1)),
    PagedList(
      "by cursor with `more` and no cursor was cut",
      "{call: \"GET /hooks?after={@cursor}\", items: \"hooks[*]\", pages: {cursor: \"cursor?\", more: more}}",
      [answer("/hooks", #"{"more": true, "hooks": \#(hooks(1))}"#)], .gap("more-pages", seen: 1)),
    PagedList(
      "by the last item begins where told and ends where `more` is false",
      "{call: \"GET /hooks?after={@cursor}\", items: \"hooks[*]\", pages: {first: \"0\", cursor: \"{@last.id}\", more: more}}",
      [
        answer("/hooks?after=0", #"{"more": true, "hooks": \#(hooks(1, 2))}"#),
        answer("/hooks?after=2", #"{"more": false, "hooks": \#(hooks(3))}"#),
      ],
      .whole(3, .noMore)),
    PagedList(
      "by the last item ends at an empty page", "{call: \"GET /hooks?after={@cursor}\", pages: {cursor: \"{@last.id}\"}}",
      [answer("/hooks", hooks(1, 2)), answer("/hooks?after=2", "[]")], .whole(2, .emptyPage)),
    PagedList(
      "by the last item with an empty page and `more` was cut",
      "{call: \"GET /hooks?after={@cursor}\", items: \"hooks[*]\", pages: {cursor: \"{@last.id}\", more: more}}",
      [answer("/hooks", #"{"more": true, "hooks": \#(hooks(1))}"#), answer("/hooks?after=1", #"{"more": true, "hooks": []}"#)],
      .gap("more-pages", seen: 1)),
  ]

  static let numbers: [PagedList] = [
    PagedList(
      "by page number ends at the total", "{call: \"GET /hooks?p={@page}\", items: \"hooks[*]\", pages: {page: 1, total: n}}",
      [answer("/hooks?p=1", #"{"n": 3, "hooks": \#(hooks(1, 2))}"#), answer("/hooks?p=2", #"{"n": 3, "hooks": \#(hooks(3))}"#)],
      .whole(3, .totalReached)),
    PagedList(
      "by page number doesn't end at a short page", "{call: \"GET /hooks?p={@page}\", pages: {page: 0}}",
      [answer("/hooks?p=0", hooks(1, 2)), answer("/hooks?p=1", hooks(3)), answer("/hooks?p=2", hooks(4, 5)), answer("/hooks?p=3", "[]")],
      .whole(5, .emptyPage)),
    PagedList(
      "by page number ends where `more` is false", "{call: \"GET /hooks?p={@page}\", items: \"hooks[*]\", pages: {page: 1, more: more}}",
      [answer("/hooks?p=1", #"{"more": true, "hooks": \#(hooks(1))}"#), answer("/hooks?p=2", #"{"more": false, "hooks": \#(hooks(2))}"#)],
      .whole(2, .noMore)),
    PagedList(
      "by page number with an empty page before the total is not whole",
      "{call: \"GET /hooks?p={@page}\", items: \"hooks[*]\", pages: {page: 1, total: n}}",
      [answer("/hooks?p=1", #"{"n": 3, "hooks": \#(hooks(1, 2))}"#), answer("/hooks?p=2", #"{"n": 3, "hooks": []}"#)],
      .gap("total-missed", seen: 2)),
    PagedList(
      "by page number with more items than the total is not whole",
      "{call: \"GET /hooks?p={@page}\", items: \"hooks[*]\", pages: {page: 1, total: n}}",
      [answer("/hooks?p=1", #"{"n": 1, "hooks": \#(hooks(1, 2))}"#)], .gap("total-missed", seen: 2)),
    PagedList(
      "by page number with an empty page and `more` is asked no further",
      "{call: \"GET /hooks?p={@page}\", items: \"hooks[*]\", pages: {page: 1, more: more}}",
      [answer("/hooks?p=1", #"{"more": true, "hooks": []}"#)], .gap("more-pages", seen: 0)),
    PagedList(
      "by page number that the service ignores goes round", "{call: \"GET /hooks?p={@page}\", pages: {page: 1}}",
      [answer("/hooks?p=1", hooks(1)), answer("/hooks?p=2", hooks(1))], .gap("page-loop", seen: 1)),
    PagedList(
      "by offset moves by what arrived", "{call: \"GET /hooks?o={@offset}\", items: \"hooks[*]\", pages: {offset: 0, total: n}}",
      [
        answer("/hooks?o=0", #"{"n": 4, "hooks": \#(hooks(1, 2))}"#), answer("/hooks?o=2", #"{"n": 4, "hooks": \#(hooks(3))}"#),
        answer("/hooks?o=3", #"{"n": 4, "hooks": \#(hooks(4))}"#),
      ], .whole(4, .totalReached)),
    PagedList(
      "by offset with an empty page and `more` is asked no further",
      "{call: \"GET /hooks?o={@offset}\", items: \"hooks[*]\", pages: {offset: 0, more: more}}",
      [answer("/hooks?o=0", #"{"more": true, "hooks": []}"#)], .gap("more-pages", seen: 0)),
    PagedList(
      "whose `more` is missing proves nothing", "{call: \"GET /hooks?p={@page}\", items: \"hooks[*]\", pages: {page: 1, more: more}}",
      [answer("/hooks?p=1", #"{"hooks": \#(hooks(1))}"#)], .gap("no-proof", seen: 1)),
    PagedList(
      "whose `more` may be missing ends without it",
      "{call: \"GET /hooks?p={@page}\", items: \"hooks[*]\", pages: {page: 1, more: \"more?\"}}",
      [answer("/hooks?p=1", #"{"hooks": \#(hooks(1))}"#)], .whole(1, .noMore)),
    PagedList(
      "whose `more` is neither true nor false proves nothing",
      "{call: \"GET /hooks?p={@page}\", items: \"hooks[*]\", pages: {page: 1, more: more}}",
      [answer("/hooks?p=1", #"{"more": "perhaps", "hooks": \#(hooks(1))}"#)], .gap("no-proof", seen: 1)),
    PagedList(
      "whose `more` is a condition goes on while it holds",
      "{call: \"GET /hooks?p={@page}\", items: \"hooks[*]\", pages: {page: 1, more: {state: [partial, cut]}}}",
      [
        answer("/hooks?p=1", #"{"state": "cut", "hooks": \#(hooks(1))}"#),
        answer("/hooks?p=2", #"{"state": "whole", "hooks": \#(hooks(2))}"#),
      ],
      .whole(2, .noMore)),
    PagedList(
      "whose total is missing proves nothing", "{call: \"GET /hooks?p={@page}\", items: \"hooks[*]\", pages: {page: 1, total: n}}",
      [answer("/hooks?p=1", #"{"hooks": \#(hooks(1))}"#)], .gap("no-proof", seen: 1)),
    PagedList(
      "whose total moves once is read again", "{call: \"GET /hooks?p={@page}\", items: \"hooks[*]\", pages: {page: 1, total: n}}",
      [
        answer("/hooks?p=1", #"{"n": 2, "hooks": \#(hooks(1))}"#), answer("/hooks?p=2", #"{"n": 3, "hooks": \#(hooks(2))}"#),
        answer("/hooks?p=1", #"{"n": 2, "hooks": \#(hooks(7))}"#), answer("/hooks?p=2", #"{"n": 2, "hooks": \#(hooks(8))}"#),
      ], .whole(2, .totalReached)),
    PagedList(
      "whose total moves again is not whole", "{call: \"GET /hooks?p={@page}\", items: \"hooks[*]\", pages: {page: 1, total: n}}",
      [answer("/hooks?p=1", #"{"n": 2, "hooks": \#(hooks(1))}"#), answer("/hooks?p=2", #"{"n": 3, "hooks": \#(hooks(2))}"#)],
      .gap("moved", seen: 2)),
    // One went and one came between the two pages: the total stays, no id comes twice, and 3 has slid to the page that was read already.
    PagedList(
      "by page number from which one item slid past is read again",
      "{call: \"GET /hooks?p={@page}\", items: \"hooks[*]\", pages: {page: 1, total: n}}",
      [
        answer("/hooks?p=1", #"{"n": 4, "hooks": \#(hooks(1, 2))}"#), answer("/hooks?p=2", #"{"n": 4, "hooks": \#(hooks(4, 5))}"#),
        answer("/hooks?p=1", #"{"n": 4, "hooks": \#(hooks(2, 3))}"#),
      ], .whole(4, .totalReached)),
    PagedList(
      "by page number that another order inside a page doesn't move",
      "{call: \"GET /hooks?p={@page}\", items: \"hooks[*]\", pages: {page: 1, total: n}}",
      [
        answer("/hooks?p=1", #"{"n": 3, "hooks": \#(hooks(1, 2))}"#), answer("/hooks?p=2", #"{"n": 3, "hooks": \#(hooks(3))}"#),
        answer("/hooks?p=1", #"{"n": 3, "hooks": \#(hooks(2, 1))}"#),
      ], .whole(3, .totalReached)),
    PagedList(
      "by offset that never holds still is not whole", "{call: \"GET /hooks?o={@offset}\", pages: {offset: 0}}",
      (0..<3).flatMap { _ in [answer("/hooks?o=0", hooks(1, 2)), answer("/hooks?o=0", hooks(2, 3))] } + [answer("/hooks?o=2", "[]")],
      .gap("moved", seen: 2)),
    PagedList(
      "by page number whose second reading fails is not whole",
      "{call: \"GET /hooks?p={@page}\", items: \"hooks[*]\", pages: {page: 1, total: n}}",
      [
        answer("/hooks?p=1", #"{"n": 2, "hooks": \#(hooks(1))}"#), answer("/hooks?p=2", #"{"n": 2, "hooks": \#(hooks(2))}"#),
        answer("/hooks?p=2", 500, "{}"),
      ], .gap("server-error", seen: 2)),
  ]

  @Test("is whole on evidence alone", arguments: oneAnswer + links + cursors + numbers)
  func verdict(list: PagedList) async throws {
    let walked = try await WalkedService(WalkedService.manifest(list: list.list), list.exchanges)
    switch list.verdict {
    case .whole(let count, let end):
      guard case .complete(let evidence)? = walked.completeness() else {
        Issue.record("not complete: \(walked.codes())")
        return
      }
      #expect(evidence.ends.contains(end), "\(evidence.ends)")
      #expect(evidence.items == count)
      #expect(walked.resources.count == count)
    case .gap(let code, let seen):
      #expect(walked.codes() == [code])
      #expect(walked.completeness()?.isComplete == false)
      #expect(walked.completeness()?.proves(absenceIn: .whole) == false)
      #expect(walked.resources.count == seen)
    }
  }
}
