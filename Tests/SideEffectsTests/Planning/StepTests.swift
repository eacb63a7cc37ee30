import SideEffects
import Testing

@Suite("A step")
struct StepTests {
  private typealias Samples = PlanSamples

  @Test("is in words where a remedy is never possible, and says why")
  func never() throws {
    let watch = try Samples.service(
      is: "credential", remedy: "deleted: {never: a token is shown once, open: \"{base}/tokens\"}\ncreated: {do: \"DELETE /hooks/{id}\"}")
    let step = try Samples.step(watch, before: Samples.resource("1", ["name": .text("sync")]), after: nil)
    #expect(step.risk == .irreversible(because: "a token is shown once"))
    #expect(step.remedy == .manual(words: "It can't be undone: a token is shown once.", page: "https://service.example/tokens"))
    #expect(step.undo == nil)
    #expect(step.title == "The webhook sync stays gone: it can't be undone")
    #expect(step.check == nil)
    #expect(step.checkWords == "Whoever needs it knows what became of the webhook sync, and does with it or makes another one.")
    let deletion = try Samples.step(watch, before: nil, after: Samples.resource("1", ["name": .text("sync")]))
    #expect(deletion.risk == .irreversible(because: "a token is shown once"))
    #expect(deletion.undo == nil)
  }

  @Test("that can't put a value back says that it stays, and expects of no reading what can't come")
  func stays() throws {
    let watch = try Samples.service(remedy: "updated: {never: once on it stays on}\ncreated: {never: it is part of the version}")
    let step = try Samples.step(
      watch, before: Samples.resource("1", ["note": .text("a")]), after: Samples.resource("1", ["note": .text("b")]))
    #expect(step.title == "The webhook 1 stays as it is: it can't be undone")
    #expect(step.words == "It can't be undone: once on it stays on.")
    #expect(step.check == nil)
    #expect(step.checkWords == "Whoever runs the restored version knows that it runs with it.")
    let made = try Samples.step(watch, before: nil, after: Samples.resource("1"))
    #expect(made.title == "The webhook 1 stays: it can't be undone")
    #expect(made.check == nil)
    let json = PlanReport(Samples.plan([watch], [try Samples.entry(watch, before: nil, after: Samples.resource("1"))])).json()
    #expect(!json.contains("\"expect\""))
  }

  @Test("is in words with what is known where the provider declares no remedy")
  func undeclared() throws {
    let watch = try Samples.service(remedy: "created: {do: \"DELETE /hooks/{id}\"}")
    let step = try Samples.step(
      watch, before: Samples.resource("1", ["note": .text("a")]), after: Samples.resource("1", ["note": .text("b")]))
    #expect(step.words?.contains("In the webhook 1 set note to a.") == true, "\(step.words ?? "")")
    #expect(step.words?.contains("declares no way") == true)
    #expect(step.evidence.all.contains("note was a and is b."))
  }

  @Test("is in words where its watch is in no configuration")
  func unknownWatch() throws {
    let watch = try Samples.service(remedy: "created: {do: \"DELETE /hooks/{id}\"}")
    let plan = Samples.plan([], [try Samples.entry(watch, before: nil, after: Samples.resource("1"))])
    #expect(plan.steps.first?.words?.contains("in no configuration") == true)
  }

  @Test("spells the provider's own words as they are, and leaves out those with a hole in them")
  func words() throws {
    let watch = try Samples.service(
      remedy: "created: {by hand: \"rabbitmqctl clear {id}\"}\nupdated: {by hand: \"set {nothing} of {id}\"}\ndeleted: {by hand: ask}")
    let deletion = try Samples.step(watch, before: nil, after: Samples.resource("1"))
    #expect(deletion.words == "Delete the webhook 1. By hand: rabbitmqctl clear 1.")
    let change = try Samples.step(watch, before: Samples.resource("1", ["note": .text("a")]), after: Samples.resource("1"))
    #expect(change.words == "In the webhook 1 set note to a.")
    guard case .manual(let undo, _)? = try Samples.step(watch, before: Samples.resource("1"), after: nil).undo else {
      return #expect(Bool(false), "no undo")
    }
    #expect(undo == "Delete the webhook 1.")
  }

  @Test("offers the milder way first, but not for what is disabled already")
  func disable() throws {
    let remedy =
      "created: {do: \"DELETE /hooks/{id}\", beware: all of it, within: 15m}\ndisable: {do: {call: \"PATCH /hooks/{id}\", body: {active: false}}, done: {active: false}}"
    let watch = try Samples.service(remedy: remedy)
    let step = try Samples.step(watch, before: nil, after: Samples.resource("1", ["active": .flag(true)], active: true))
    guard case .requests(let first)? = step.first else { return #expect(Bool(false), "nothing milder") }
    #expect(first.requests.first.body == .json(#"{"active":false}"#))
    #expect(step.beware == "all of it")
    #expect(step.within == 900)
    #expect(try Samples.step(watch, before: nil, after: Samples.resource("1", active: false)).first == nil)
  }

  @Test("is done when what the manifest calls done can be read")
  func done() throws {
    let watch = try Samples.service(remedy: "created: {do: \"POST /hooks/{id}/revoke\", done: {active: false}}")
    let step = try Samples.step(watch, before: nil, after: Samples.resource("1", ["active": .flag(true)]))
    #expect(step.check == .meets(NonEmpty(Requirement(name: "active", matcher: .equals("false")))))
    #expect(step.check?.holds(for: Samples.resource("1", ["active": .flag(false)])) == true)
    #expect(step.check?.holds(for: Samples.resource("1", ["active": .flag(true)])) == false)
    #expect(step.check?.holds(for: Samples.resource("1", ["active": .withheld])) == nil)
  }

  @Test("of several requests tells of each how it shows that it is done: what it puts back, a value, or its answer")
  func doneOfEach() throws {
    let watch = try Samples.service(
      remedy: """
        updated:
          do:
            - {call: "PATCH /hooks/{id}", body: {url: "{@before.url}"}, done: [url, config]}
            - {call: "POST /hooks/{id}/stop", done: {active: false}}
            - {call: "POST /hooks/{id}/ping", done: answer}
            - {call: "PATCH /hooks/{id}", body: {note: "{@before.note}"}}
        """)
    let step = try Samples.step(
      watch, before: Samples.resource("1", ["url": .text("https://a.example"), "note": .text("a"), "config.type": .text("x")]),
      after: Samples.resource("1", ["url": .text("https://b.example"), "note": .text("b")]))
    let requests = try #require(step.requests)
    #expect(
      requests.map(\.done) == [
        .present(["url": .scalar(.text("https://a.example")), "config.type": .scalar(.text("x"))]),
        .meets(NonEmpty(Requirement(name: "active", matcher: .equals("false")))), .answered, nil,
      ])
  }

  @Test("takes a value away by an empty text, where the manifest says that null does not do it")
  func blank() throws {
    let watch = try Samples.service(
      remedy: "updated: {do: {call: \"PATCH /hooks/{id}\", body: {changed: \"{@changed|blank}\", note: \"{@before.note?|blank}\"}}}")
    let step = try Samples.step(
      watch, before: Samples.resource("1", ["url": .text("https://a")]),
      after: Samples.resource("1", ["url": .text("https://b"), "note": .text("b")]))
    #expect(step.requests?.first?.body == .json(#"{"changed":{"note":"","url":"https://a"},"note":""}"#))
  }

  @Test("has the same id in every plan, and another for another thing")
  func ids() throws {
    let watch = try Samples.service(remedy: "created: {do: \"DELETE /hooks/{id}\"}")
    let first = try Samples.step(watch, before: nil, after: Samples.resource("1"))
    let again = try Samples.step(watch, before: nil, after: Samples.resource("1", ["note": .text("other")]))
    let other = try Samples.step(watch, before: nil, after: Samples.resource("2"))
    #expect(first.id == again.id && first.id != other.id)
    #expect(first.id.string.hasPrefix("delete-webhook-"))
  }

  @Test("tells since when, by whom and at which commit")
  func evidence() throws {
    let watch = try Samples.service(remedy: "created: {do: \"DELETE /hooks/{id}\"}")
    let origin = Origin(at: "2026-11-23T14:02:00Z", by: "dten", commit: "9c01ab2")
    let step = try Samples.step(watch, before: nil, after: Samples.resource("1", ["note": .text("a")], origin: origin))
    let said = step.evidence.all.map(\.string)
    #expect(said.first == "It was not there before (before) and is there after (after).")
    #expect(said.contains("Created 2026-11-23 14:02 UTC by dten."))
    #expect(said.contains("The commit 9c01ab2 of dten did it."))
    #expect(said.contains("vm leaves it as it is."))
  }

  @Test("of a plan after a rollback mends what is there now")
  func now() throws {
    let watch = try Samples.service(
      remedy: "updated: {do: {call: \"PATCH /hooks/{id}\", body: \"{@changed}\"}}\ndeleted: {do: {call: POST /hooks, body: \"{@before}\"}}")
    let before = Samples.resource("1", ["note": .text("a"), "url": .text("https://a")])
    let after = Samples.resource("1", ["note": .text("b"), "url": .text("https://b")])
    let partly = try Samples.step(
      watch, before: before, after: after, outcome: .partlyReverted,
      now: Samples.resource("1", ["note": .text("b"), "url": .text("https://a")]))
    #expect(partly.requests?.first?.body == .json(#"{"note":"a"}"#))
    // Whoever changed it again may have meant it.
    let diverged = try Samples.step(
      watch, before: before, after: after, outcome: .diverged, now: Samples.resource("1", ["note": .text("c"), "url": .text("https://a")]))
    #expect(diverged.evidence.all.contains("note was a and is c."))
    guard case .manual(let words, _) = diverged.remedy else { throw Failure("no-words", "it is not for a person") }
    #expect(diverged.requests == nil && words.string.contains("somebody or something changed it again since"))
    #expect(words.string.hasSuffix("before anything is undone. How it was: note was a."), "\(words)")
    let whole = try Samples.service(
      remedy: "updated: {do: {call: \"PUT /hooks/{id}\", body: {note: \"{@before.note}\", url: \"{@before.url}\"}}}")
    let changedSince = try Samples.entry(
      whole, before: before, after: Samples.resource("1", ["note": .text("b"), "url": .text("https://a")]), outcome: .residue,
      now: Samples.resource("1", ["note": .text("b"), "url": .text("https://theirs")]),
      facts: [("note", .residue), ("url", .since)].map { Audit.Fact(name: $0, before: nil, after: nil, now: nil, outcome: $1) })
    let theirs = Samples.plan([whole], [changedSince], now: "now").steps.first
    #expect(theirs?.requests?.first?.body == .json(#"{"note":"a","url":"https://theirs"}"#), "what others changed since is theirs")
    let reverted = Samples.plan(
      [watch], [try Samples.entry(watch, before: before, after: after, outcome: .reverted, now: before)], now: "now")
    #expect(reverted.steps.isEmpty && !reverted.isPrediction)
  }

  @Test("puts back what a restore erased, and asks before it undoes what others did since")
  func collateral() throws {
    let watch = try Samples.service(
      remedy: "deleted: {do: {call: POST /hooks, body: \"{@before}\"}}\ncreated: {do: \"DELETE /hooks/{id}\"}")
    let lost = try Samples.step(watch, before: Samples.resource("1", ["note": .text("a")]), after: nil, outcome: .collateral)
    #expect(lost.requests?.first?.method == "POST")
    #expect(lost.title == "Put back what the restore erased: the webhook 1")
    let since = try Samples.step(watch, before: nil, after: Samples.resource("2"), outcome: .since, now: Samples.resource("2"))
    #expect(since.requests == nil)
    #expect(since.title == "Look at the webhook 2")
  }

  @Test("does not undo what came since, though a restore covers it; what else is there is put back")
  func additions() throws {
    let watch = try Samples.service(
      remedy: "created: {do: \"DELETE /hooks/{id}\"}\nupdated: {do: {call: \"PATCH /hooks/{id}\", body: \"{@changed}\"}}")
    func step(_ before: [Text: Reading]?, _ now: [Text: Reading]) throws -> Step {
      let (old, new) = (before.map { Samples.resource("1", $0) }, Samples.resource("1", now))
      let entry = try Samples.entry(watch, before: old, after: new, outcome: .collateral, now: new, coverage: .restored(by: "vm"))
      return try #require(Samples.plan([watch], [entry], now: "now").steps.first)
    }
    let additions: [([Text: Reading]?, [Text: Reading])] = [
      (nil, [:]), ([:], ["note": .text("a")]), (["events": .texts("push")], ["events": .texts("push", "release")]),
    ]
    for (before, now) in additions {
      let look = try step(before, now)
      #expect(look.title == "Look at the webhook 1")
      #expect(look.requests == nil && look.undo == nil)
      #expect(look.words?.contains("it may be meant, or the restore's doing. Ask whoever may have done it") == true, "\(look.words ?? "")")
      #expect(look.evidence.all.contains("After the rollback: changed since the upgrade; vm covers it and may have done it."))
    }
    #expect(try step([:], ["note": .text("a")]).evidence.first == "note was (none) and is a.")
    let both = try step(["url": .text("https://a")], ["url": .text("https://b"), "note": .text("theirs")])
    #expect(both.title == "Put back what the restore erased: the webhook 1 as it was")
    #expect(both.requests?.first?.body == .json(#"{"url":"https://a"}"#))
  }

  @Test("for what came back under another id says what is lost")
  func recreated() throws {
    let watch = try Samples.service(remedy: "created: {do: \"DELETE /hooks/{id}\"}")
    let step = try Samples.step(
      watch, before: Samples.resource("1", ["name": .text("n")]), after: Samples.resource("2", ["name": .text("n")]))
    #expect(step.requests == nil)
    #expect(step.words?.contains(" was 1 and is there again as 2.") == true, "\(step.words ?? "")")
  }
}
