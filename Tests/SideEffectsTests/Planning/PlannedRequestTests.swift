import SideEffects
import Testing

@Suite("The request of a step")
struct PlannedRequestTests {
  private typealias Samples = PlanSamples

  @Test("deletes what was created, its id encoded as one segment, without what it signs in with")
  func deletes() throws {
    let watch = try Samples.service(
      remedy: "created: {do: \"DELETE /hooks/{id}\"}\ndeleted: {do: {call: POST /hooks, body: \"{@before}\"}, loses: [id]}")
    let step = try Samples.step(watch, before: nil, after: Samples.resource("a/b c?", ["url": .text("https://x.example/h")]))
    let request = try #require(step.requests?.first)
    #expect(request.method == "DELETE")
    #expect(request.url == "https://service.example/api/hooks/a%2Fb%20c%3F")
    #expect(request.headers == [.init(name: "X-Version", value: "2")])
    #expect(request.credentials == [.basic([.literal("admin"), .literal(":"), .secret(name: "password")])])
    #expect(step.check == .absent)
    #expect(step.risk == .losing(NonEmpty("id")))
    guard case .requests(let undo)? = step.undo else { return #expect(Bool(false), "no undo: \(String(describing: step.undo))") }
    #expect(undo.requests.first.body == .json(#"{"id":"a/b c?","url":"https://x.example/h"}"#))
  }

  @Test("puts back what changed, in the service's own nesting")
  func changed() throws {
    let watch = try Samples.service(remedy: "updated: {do: {call: \"PATCH /hooks/{id}\", body: \"{@changed}\"}}")
    let step = try Samples.step(
      watch, before: Samples.resource("1", ["config.url": .text("https://a"), "config.type": .text("json"), "events": .texts("push")]),
      after: Samples.resource(
        "1", ["config.url": .text("https://b"), "config.type": .text("json"), "events": .texts("push", "release"), "note": .text("n")]))
    #expect(step.requests?.first?.body == .json(#"{"config":{"url":"https://a"},"events":["push"],"note":null}"#))
    #expect(
      step.precondition
        == .present([
          "config.url": .scalar(.text("https://b")), "events": .set([.text("push"), .text("release")]), "note": .scalar(.text("n")),
        ]))
    #expect(step.check == .present(["config.url": .scalar(.text("https://a")), "events": .set([.text("push")]), "note": .scalar(.null)]))
  }

  @Test("is a form where the service wants one, with what it must ask for by name")
  func form() throws {
    let watch = try Samples.service(
      remedy: """
        deleted:
          do: {call: POST /hooks, form: {url: "{@before.url}", events: "{@before.events|comma}", note: "{@before.note?}", secret: "{@ask.secret}"}}
          loses: [id, secret]
        """)
    let before = Samples.resource("1", ["url": .text("https://a/?b=c&d"), "events": .texts("x", "y"), "secret": .secret("s")])
    let step = try Samples.step(watch, before: before, after: nil)
    #expect(
      step.requests?.first?.body
        == .form([
          .init(name: "url", value: "https://a/?b=c&d"), .init(name: "events", value: "x,y"), .init(name: "note", value: ""),
          .init(name: "secret", value: "{ask.secret}"),
        ]))
    #expect(step.risk == .losing(NonEmpty("id", ["secret"])))
    #expect(
      step.check
        == .present(["url": .scalar(.text("https://a/?b=c&d")), "events": .set([.text("x"), .text("y")])]))
  }

  @Test("is sent only where its condition holds on what was")
  func conditions() throws {
    let watch = try Samples.service(
      remedy: """
        updated:
          do:
            - {where: {"@before.active": true}, call: "POST /hooks/{id}/enable"}
            - {where: {"@before.active": false}, call: "POST /hooks/{id}/disable"}
        """)
    let step = try Samples.step(
      watch, before: Samples.resource("1", ["active": .flag(false)]), after: Samples.resource("1", ["active": .flag(true)]))
    #expect(step.requests?.map(\.url) == ["https://service.example/api/hooks/1/disable"])
  }

  @Test("is refused with an id that would mean all or another place", arguments: [("", "is empty"), ("..", "climb"), ("a/../b", nil)])
  func ids(id: String, reason: String?) throws {
    let watch = try Samples.service(remedy: "created: {do: \"DELETE /hooks/{note}\"}")
    let step = try Samples.step(watch, before: nil, after: Samples.resource("1", ["note": .text(Text(id))]))
    if let reason {
      #expect(step.requests == nil)
      #expect(step.words?.contains(reason) == true, "\(step.words ?? "")")
    } else {
      #expect(step.requests == nil && step.words != nil)
    }
  }

  @Test("is refused with an empty value in its form or body")
  func empty() throws {
    for call in ["form: {a: \"{note}\"}", "body: {a: \"{note}\"}", "body: {a: \"x{note}\"}"] {
      let watch = try Samples.service(remedy: "created: {do: {call: POST /hooks/delete, \(call)}}")
      let step = try Samples.step(watch, before: nil, after: Samples.resource("1", ["note": .text("")]))
      #expect(step.requests == nil)
      #expect(step.words?.contains("is empty") == true, "\(call): \(step.words ?? "")")
    }
  }

  @Test("is refused where a secret would have to stand of which only the fingerprint is kept")
  func fingerprints() throws {
    let watch = try Samples.service(remedy: "deleted: {do: {call: POST /hooks, body: {url: \"{@before.url}\"}}}")
    let step = try Samples.step(
      watch, before: Samples.resource("1", ["url": .text("https://a/?k=fingerprint:0123456789abcdef")]), after: nil)
    #expect(step.requests == nil)
    #expect(step.words?.contains("fingerprint") == true)
  }

  @Test("keeps the place of the whole object, which nobody has kept and which is read when it is sent")
  func restored() throws {
    let watch = try Samples.service(remedy: "updated: {do: {call: \"PUT /hooks/{id}\", body: \"{@restored}\"}}")
    let step = try Samples.step(
      watch, before: Samples.resource("1", ["note": .text("a")]), after: Samples.resource("1", ["note": .text("b")]))
    #expect(step.requests?.map(\.body) == [.json(#""{restored}""#)])
  }

  @Test("leaves a secret alone, and the step says so")
  func secrets() throws {
    let watch = try Samples.service(remedy: "updated: {do: {call: \"PATCH /hooks/{id}\", body: \"{@changed}\"}}")
    let (old, new) = (
      Samples.resource("1", ["note": .text("a"), "secret": .secret("s")]),
      Samples.resource("1", ["note": .text("b"), "secret": .secret("t")])
    )
    let step = try Samples.step(watch, before: old, after: new)
    #expect(step.requests?.first?.body == .json(#"{"note":"a"}"#))
    #expect(step.beware?.string.contains("secret") == true)
    let alone = try Samples.step(
      watch, before: Samples.resource("1", ["secret": .secret("s")]), after: Samples.resource("1", ["secret": .secret("t")]))
    #expect(alone.requests == nil)
    #expect(alone.words?.contains("only its owner has it") == true)
  }

  @Test("is not all where it leaves a changed attribute as it is, and the step says so")
  func leaves() throws {
    let watch = try Samples.service(remedy: "updated: {do: {call: \"PUT /hooks/{id}\", form: {note: \"{@before.note}\"}}}")
    let step = try Samples.step(
      watch, before: Samples.resource("1", ["note": .text("a"), "url": .text("https://a")]),
      after: Samples.resource("1", ["note": .text("b"), "url": .text("https://b")]))
    #expect(step.requests != nil)
    #expect(step.beware == "It does not put back url: do that by hand.")
  }
}
