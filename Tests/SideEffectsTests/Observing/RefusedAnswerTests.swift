import SideEffects
import Testing

@Suite("An answer that is not the list")
struct RefusedAnswerTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let status: Int
    let body: String
    var type: String? = "application/json"
    let code: String
  }

  static let nested = String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000)

  static let cases: [Case] = [
    Case(testDescription: "401", status: 401, body: "{}", code: "unauthorized"),
    Case(testDescription: "403", status: 403, body: "[]", code: "forbidden"),
    Case(testDescription: "404 with an empty list", status: 404, body: "[]", code: "not-found"),
    Case(testDescription: "410", status: 410, body: "[]", code: "unexpected-status"),
    Case(testDescription: "429", status: 429, body: "[]", code: "rate-limited"),
    Case(testDescription: "500 with an empty list", status: 500, body: "[]", code: "server-error"),
    Case(testDescription: "503", status: 503, body: "", code: "server-error"),
    Case(testDescription: "204", status: 204, body: "", code: "unexpected-status"),
    Case(testDescription: "206 with a list", status: 206, body: "[]", code: "unexpected-status"),
    Case(testDescription: "a redirect", status: 302, body: "[]", code: "redirected-away"),
    Case(testDescription: "an empty body", status: 200, body: "", code: "empty-answer"),
    Case(testDescription: "a log-in page that says so", status: 200, body: "<html>", type: "text/html; charset=utf-8", code: "not-data"),
    Case(testDescription: "a log-in page that claims to be JSON", status: 200, body: "\n <!DOCTYPE html><title>Sign in", code: "not-data"),
    Case(testDescription: "plain text", status: 200, body: "[]", type: "text/plain", code: "not-data"),
    Case(testDescription: "half a list", status: 200, body: #"[{"id": 7}, {"id""#, code: "unparsable"),
    Case(testDescription: "two lists", status: 200, body: "[] []", code: "unparsable"),
    Case(testDescription: "lists nested 10,000 deep", status: 200, body: nested, code: "unparsable"),
    Case(testDescription: "an object where the list should be", status: 200, body: #"{"error": "gone"}"#, code: "items-missing"),
    Case(testDescription: "null", status: 200, body: "null", code: "items-missing"),
    Case(testDescription: "a text", status: 200, body: #""[]""#, code: "items-missing"),
    Case(testDescription: "a list of what has no id", status: 200, body: #"[{"name": "x"}]"#, code: "item-unreadable"),
    Case(testDescription: "a list with an empty id", status: 200, body: #"[{"id": ""}]"#, code: "item-unreadable"),
  ]

  @Test("is a lack of rights where it is a 401 and the service knows who the credential is")
  func unauthorizedHereAlone() async throws {
    let walked = try await WalkedService(
      ReadingAccountTests.manifest(), [answer("/me", #"{"login": "bot", "rights": ["hooks", "admin"]}"#), answer("/hooks", 401, "{}")])
    let because = try #require(walked.completeness()?.gaps.first?.because)
    #expect(because.rule == "unauthorized")
    #expect(because.sentence == "401: refused here, though the credential is accepted elsewhere")
    #expect(because.advice == "Give the account: hooks, admin.")
  }

  @Test("makes the kind failed where it comes first", arguments: cases)
  func first(refused: Case) async throws {
    let walked = try await WalkedService(
      WalkedService.manifest(list: "{call: GET /hooks, pages: link}"), [answer("/hooks", refused.status, refused.body, type: refused.type)])
    #expect(walked.codes() == [refused.code])
    #expect(walked.completeness()?.proves(absenceIn: .whole) == false)
    #expect(walked.resources.isEmpty)
  }

  @Test("makes it partial where it comes in the middle, and what came before is kept", arguments: cases)
  func middle(refused: Case) async throws {
    let walked = try await WalkedService(
      WalkedService.manifest(list: "{call: GET /hooks, pages: link}"),
      [
        answer("/hooks", hooks(1), headers: next("https://api.example/hooks?2")),
        answer("/hooks?2", refused.status, refused.body, type: refused.type),
      ])
    #expect(walked.codes() == [refused.code])
    guard case .partial(_, let gaps)? = walked.completeness() else {
      Issue.record("\(String(describing: walked.completeness()))")
      return
    }
    #expect(gaps.all.map(\.scope) == [.whole])
    #expect(walked.ids() == ["1"])
  }

  @Test("that never arrives is a gap too")
  func lost() async throws {
    let walked = try await WalkedService(
      WalkedService.manifest(list: "{call: GET /hooks, pages: link}"),
      [answer("/hooks", hooks(1), headers: next("https://api.example/hooks?2"))])
    #expect(walked.codes() == ["not-recorded"])
    #expect(walked.ids() == ["1"])
  }

  @Test("`answer: json` takes any type but a web page")
  func statedType() async throws {
    let manifest = WalkedService.manifest(list: "{call: GET /hooks, pages: none, answer: json}")
    #expect(try await WalkedService(manifest, [answer("/hooks", hooks(1), type: "text/plain")]).completeness()?.isComplete == true)
    #expect(try await WalkedService(manifest, [answer("/hooks", "<html></html>", type: "text/html")]).codes() == ["not-data"])
  }

  @Test("`ok` has to hold for every page")
  func ok() async throws {
    let manifest = WalkedService.manifest(list: "{call: GET /hooks, items: \"hooks[*]\", pages: {next: \"next?\"}, ok: {stat: ok}}")
    let first = answer("/hooks", #"{"stat": "ok", "next": "/hooks?2", "hooks": \#(hooks(1))}"#)
    #expect(
      try await WalkedService(manifest, [first, answer("/hooks?2", #"{"stat": "ok", "hooks": []}"#)]).completeness()?.isComplete == true)
    #expect(try await WalkedService(manifest, [first, answer("/hooks?2", #"{"stat": "fail", "hooks": []}"#)]).codes() == ["not-ok"])
    #expect(try await WalkedService(manifest, [first, answer("/hooks?2", #"{"hooks": []}"#)]).codes() == ["not-ok"])
  }

  @Test("a list that expired on the way is read again, three times at most")
  func expired() async throws {
    let manifest = WalkedService.manifest(list: "{call: GET /hooks, pages: link}")
    let start = answer("/hooks", hooks(1), headers: next("https://api.example/hooks?2"))
    let (gone, rest) = (answer("/hooks?2", 410, "{}"), answer("/hooks?2", hooks(2)))
    let again = try await WalkedService(manifest, [start, gone, gone, gone, rest])
    #expect(again.completeness()?.isComplete == true)
    #expect(again.ids() == ["1", "2"])
    #expect(try await WalkedService(manifest, [start, gone]).codes() == ["unexpected-status"])
  }

  @Test("an id that comes twice makes it read again, and then it is not whole")
  func twice() async throws {
    let manifest = WalkedService.manifest(list: "{call: GET /hooks, pages: link}")
    let start = answer("/hooks", hooks(1, 2), headers: next("https://api.example/hooks?2"))
    let (moved, settled) = (answer("/hooks?2", hooks(2, 3)), answer("/hooks?2", hooks(3)))
    let quiet = try await WalkedService(manifest, [start, moved, settled])
    #expect(quiet.completeness()?.isComplete == true)
    #expect(quiet.ids() == ["1", "2", "3"])
    let busy = try await WalkedService(manifest, [start, moved])
    #expect(busy.codes() == ["duplicate-id"])
    #expect(busy.completeness()?.proves(absenceIn: .whole) == false)
  }
}
