import Testing

/// What services do wrong: each is a blind spot with its reason, and none of it an empty list.
@Suite("a service that misbehaves")
struct BadServerTests {
  /// One misbehaviour: what the service answers to `GET /NAME/hooks`, the rule that must be said, and words of the message.
  struct Case {
    let name: String
    let rule: String
    let says: String
  }

  static let cases: [Case] = [
    Case(name: "html", rule: "not-data", says: "status 200 with a web page"),
    Case(name: "bare-html", rule: "not-data", says: "status 200 with a web page"),
    Case(name: "text", rule: "not-data", says: "not JSON"),
    Case(name: "s401", rule: "unauthorized", says: "401: the service doesn't accept the credential"),
    Case(name: "s403", rule: "forbidden", says: "403: the credential may not read this"),
    Case(name: "s404", rule: "not-found", says: "404: there is no such list"),
    Case(name: "s429", rule: "rate-limited", says: "429: too many requests"),
    Case(name: "s500", rule: "server-error", says: "500: the service failed"),
    Case(name: "s204", rule: "unexpected-status", says: "204 where 200 is the answer"),
    Case(name: "empty", rule: "empty-answer", says: "status 200 with an empty body"),
    Case(name: "half", rule: "cut-short", says: "the answer ended too early"),
    Case(name: "self", rule: "page-loop", says: "a page names itself or an earlier one as the next"),
    Case(name: "ring", rule: "duplicate-id", says: "the id 1 came twice"),
    Case(name: "elsewhere", rule: "redirected-away", says: "redirects to http://elsewhere.example"),
    Case(name: "around", rule: "redirect-loop", says: "redirects more than"),
    Case(name: "deep", rule: "unparsable", says: "nested deeper than"),
    Case(name: "broken", rule: "unparsable", says: "the answer is not JSON"),
    Case(name: "object", rule: "items-missing", says: "is not a list in the answer"),
    Case(name: "no-id", rule: "item-unreadable", says: "`id` is missing"),
    Case(name: "twice", rule: "duplicate-id", says: "the id 1 came twice"),
    Case(name: "later-page", rule: "server-error", says: "500: the service failed"),
    Case(name: "next-elsewhere", rule: "leads-away", says: "the next page lies at another address"),
  ]

  private static let one = #"{"id": 1, "name": "one", "url": "https://hooks.example/1", "active": true, "events": [], "secret": "s"}"#

  static let answers: [ScriptedService.Answer] = [
    .init(path: "/good/hooks", body: "[\(one)]"),
    .init(path: "/html/hooks", body: "<html><body>log in</body></html>", type: "text/html; charset=utf-8"),
    .init(path: "/bare-html/hooks", body: "\n<!DOCTYPE html><p>log in"),
    .init(path: "/text/hooks", body: "[]", type: "text/plain"),
    .init(path: "/s401/hooks", status: 401, body: "{}"), .init(path: "/s403/hooks", status: 403, body: "{}"),
    .init(path: "/s404/hooks", status: 404, body: "{}"),
    .init(path: "/s429/hooks", status: 429, headers: ["Retry-After": "7200"], body: "{}"),
    .init(path: "/s500/hooks", status: 500, body: "[]"), .init(path: "/s204/hooks", status: 204, body: ""),
    .init(path: "/empty/hooks", body: ""),
    .init(path: "/half/hooks", body: "[\(one)]", cut: 30),
    .init(path: "/self/hooks", headers: ["Link": "<{origin}/self/hooks>; rel=\"next\""], body: "[\(one)]"),
    .init(path: "/ring/hooks", headers: ["Link": "<{origin}/ring/hooks?page=2>; rel=\"next\""], body: "[\(one)]"),
    .init(path: "/ring/hooks?page=2", headers: ["Link": "<{origin}/ring/hooks>; rel=\"next\""], body: "[]"),
    .init(path: "/elsewhere/hooks", status: 302, headers: ["Location": "http://elsewhere.example/login?back=x"], body: ""),
    .init(path: "/around/hooks", status: 302, headers: ["Location": "{origin}/around/hooks"], body: ""),
    .init(path: "/deep/hooks", body: String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000)),
    .init(path: "/broken/hooks", body: "[{\"id\": 1,]"),
    .init(path: "/object/hooks", body: #"{"message": "sorry"}"#),
    .init(path: "/no-id/hooks", body: #"[{"name": "nameless"}]"#),
    .init(path: "/twice/hooks", body: "[\(one), \(one)]"),
    .init(path: "/later-page/hooks", headers: ["Link": "<{origin}/later-page/hooks?page=2>; rel=\"next\""], body: "[\(one)]"),
    .init(path: "/later-page/hooks?page=2", status: 500, body: "{}"),
    .init(path: "/next-elsewhere/hooks", headers: ["Link": "<http://elsewhere.example/hooks?page=2>; rel=\"next\""], body: "[\(one)]"),
  ]

  @Test("is a blind spot that says why and what to do; `diff` ends with 4, and nothing is called deleted")
  func blindSpots() async throws {
    let names = Self.cases.map(\.name)
    let service = try ScriptedService(names.map { .init(path: "/\($0)/hooks", body: "[\(Self.one)]") })
    let watches = names.map { "  - {name: \($0), provider: things, with: {base: \"\(service.url("/" + $0))\"}}\n" }
    let bench = try Workbench("STORE\nproviders: [providers]\nwatches:\n" + watches.joined())
    try bench.makeProvider()
    let before = try await bench.run("snapshot", "before")
    #expect(before.status == 0, "\(before.error)")

    try service.answer(with: Self.answers)
    let after = try await bench.run("snapshot", "after", "-v")
    #expect(after.status == 4)
    #expect(after.output.matches(of: #/· hook +\d+  complete/#).isEmpty, "\(after.output)")
    for one in Self.cases {
      let line = after.error.split(separator: "\n").first { $0.contains(": warning: \(one.name) · hook: ") }
      let message = String(try #require(line, "\(one.name)"))
      #expect(message.contains(one.says) && message.hasSuffix("[\(one.rule)]"), "\(message)")

      let diff = try await bench.run("diff", "before", "after", "--watch", one.name, "--format", "json")
      #expect(diff.status == 4, "\(one.name)")
      #expect(diff.output.contains("\"complete\": false"))
      #expect(diff.output.contains("\"changes\": []"), "\(one.name): \(diff.output)")
      #expect(diff.output.contains("\"code\": \"\(one.rule)\""))
    }
    let run = try await bench.run("run", "--fail-on", "blind", "--", "true")
    #expect(run.status == 4)
    #expect(!run.output.contains("Nothing is left outside"))
  }
}
