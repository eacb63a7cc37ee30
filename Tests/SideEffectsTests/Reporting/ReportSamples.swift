import SideEffects

/// Audits to be reported.
enum ReportSamples {
  static let upgrade = Upgrade(
    name: "2026-11-23-1", command: "./upgrade.sh", before: "2026-11-23-1.before",
    began: Instant(year: 2026, month: 11, day: 23, secondOfDay: 50_400),
    after: "2026-11-23-1.after", ended: Instant(year: 2026, month: 11, day: 23, secondOfDay: 50_652), end: .exited(1))

  static let configuration = """
    version: 1
    watches:
      - {name: gates, provider: some-files}
      - {name: reviews, provider: some-service, owner: platform-team}
      - {name: settings, provider: some-files}
    restores:
      - name: vm-snapshot
        covers: [{watch: settings}]
        leaves: [{watch: gates}, {watch: reviews}]
    ignore:
      - {watch: reviews, id: ci, because: made by CI, until: 2027-01-31}
      - {watch: reviews, id: old, because: gone by now, until: 2026-01-31}
    acknowledge:
      - {watch: reviews, code: not-listable, because: checked by hand each quarter, until: 2027-01-31}
    """

  static let flags = KindSchema(
    sort: .flag, level: .configuration, manifest: Digest(of: [1]), naturalKey: [], attributes: ["value": .value])
  static let webhooks = KindSchema(
    sort: .webhook, level: .configuration, manifest: Digest(of: [2]), naturalKey: ["url"],
    attributes: ["url": .value, "events": .set, "secret": .secret, "active": .value])

  static func flag(_ watch: Text, _ name: Text, _ value: Bool, commit: Text? = nil) -> Resource {
    .sample(
      name, watch: watch, kind: "flag", ["value": .flag(value)],
      origin: Origin(by: commit.map { _ in "A. Author" }, changed: commit.map { _ in "2026-11-20T10:00:00Z" }, commit: commit))
  }

  static func hook(_ id: Text, _ url: Text, _ events: Reading, secret: String = "s", at: Text? = nil) -> Resource {
    .sample(
      id, watch: "reviews", kind: "webhook", name: url, ["url": .text(url), "events": events, "secret": .secret(secret)],
      origin: Origin(at: at))
  }

  static let forbidden = Diagnostic(
    "forbidden", "403: the token may not read /api/oauth-apps/", advice: "give it the right to read applications")
  static let standing = Diagnostic("not-listable", "tokens of other users: no call lists them")

  enum Moment { case before, after, now }

  static func look(_ moment: Moment) -> SnapshotBuilder {
    var builder = SnapshotBuilder(
      moment == .before ? "2026-11-23-1.before" : moment == .after ? "2026-11-23-1.after" : "2026-11-23-1.now-1")
    let isUpgraded = moment != .before
    let commit: Text? = isUpgraded ? "9c01ab2d54c1f3f6a7d9f5d4b2d1e7a8c3b4d5e6" : nil
    let asked = Asked(provider: "some-files", settings: ["repository": "code.git"], revision: "8335e368aa54c1f3f6a7d9f5d4b2d1e7a8c3b4d5")
    builder.look(
      [flag("gates", "WatchList", isUpgraded, commit: commit), flag("gates", "Stable", true), flag("gates", "Later", moment == .now)],
      watch: "gates",
      kind: "flag", reader: .anyone, asked: asked, schema: flags)
    builder.look(
      [flag("settings", "queue.enabled", moment == .after), flag("settings", "queue.kept", isUpgraded)], watch: "settings", kind: "flag",
      reader: .anyone,
      asked: Asked(provider: "some-files", settings: ["repository": "/srv/settings"]), schema: flags)
    let ci = hook("ci", "https://ci.example.com/", isUpgraded ? .texts("push", "tag") : .texts("push"))
    let changed = hook("3", "https://chat.example/in", isUpgraded ? .texts("publish", "close") : .texts("publish"))
    let lost =
      moment == .after
      ? [] : [hook(moment == .before ? "4" : "9", "https://old.example/", .texts("publish"), secret: moment == .before ? "a" : "b")]
    let made = isUpgraded ? [hook("5", "https://hooks.dten.example/v2", .texts("push", "release"), at: "2026-11-23T14:02:10Z")] : []
    builder.look(
      [ci, changed] + lost + made, watch: "reviews", kind: "webhook",
      asked: Asked(provider: "some-service", settings: ["base": "http://reviews.example"]),
      schema: webhooks)
    let blind: Completeness = moment == .before ? .complete(Evidence(reads: 1)) : .failed(NonEmpty(forbidden))
    builder.look(
      [], watch: "reviews", kind: "application", asked: Asked(provider: "some-service", settings: ["base": "http://reviews.example"]),
      schema: webhooks,
      completeness: blind, standing: [standing])
    return builder
  }

  static func classifier() throws -> Classifier {
    Classifier(
      configuration: try ConfigurationReader.read(Array(configuration.utf8), file: "audit-residue.yaml"), providers: [:],
      today: Instant(year: 2026, month: 11, day: 25))
  }

  static func diff() async throws -> Audit {
    let comparison = try await SnapshotDiff.compare(look(.before), look(.after))
    return try classifier().classify(comparison, subjects: Audit.Subject.all(of: look(.after).snapshot), upgrade: upgrade)
  }

  static func audit(restored: [Text] = ["vm-snapshot"]) async throws -> Audit {
    let comparison = try await RollbackBuilder(before: look(.before), after: look(.after), now: look(.now)).compare()
    return try classifier().classify(comparison, restored: restored, subjects: Audit.Subject.all(of: look(.now).snapshot), upgrade: upgrade)
  }

  /// Names and values that want to be something else on a terminal, in Markdown, or in HTML.
  static let hostile: [Text] = [
    "\u{1b}[2J\u{1b}]0;gone\u{7}", "a\r\nb\u{2028}c", "| --- | x |", "[click](javascript:alert(1))", "![x](https://evil.example/p.png)",
    "<script>alert(1)</script>", "`</code><img src=x onerror=alert(1)>`", "``` \n# heading", "\u{202e}gpj.exe",
    "@everyone #1 https://evil.example/",
    "*bold* _it_ ~~gone~~ $x$ &lt;", "1. one\n- two", "\\`x\\`|", "",
  ]

  static func hostileAudit(now: Bool) async throws -> Audit {
    let names = hostile.enumerated()
    func resources(_ suffix: Text) -> [Resource] {
      names.map { index, text in
        Resource.sample(
          Text("\(index)\(text)"), watch: "w", kind: text, scope: Scope([.init(list: "file", id: text)]), name: text,
          [
            "url": .text(Text("\(text)\(suffix)")), text.isEmpty ? "x" : text: .text(Text("\(suffix)\(text)")),
            "events": .texts(text, suffix),
          ],
          origin: Origin(by: text, changed: text, commit: text))
      }
    }
    var builder = RollbackBuilder()
    let kinds = hostile.map { Text(String(decoding: Array($0.string.utf8), as: UTF8.self)) }
    for (index, kind) in kinds.enumerated() {
      let reader = Reader(account: kind)
      let asked = Asked(provider: "p", settings: ["owner": kind], revision: kind)
      let gap = Completeness.partial(
        Evidence(reads: 1, items: 1),
        NonEmpty(Gap(scope: Scope([.init(list: "x", id: kind)]), because: Diagnostic(rule(kind), kind.string, advice: kind.string))))
      builder.before.look(
        [resources("1")[index]], kind: kind, reader: reader, asked: asked, schema: RollbackBuilder.schema, completeness: gap)
      builder.after?.look(
        [resources("2")[index]], kind: kind, reader: reader, asked: asked, schema: RollbackBuilder.schema, completeness: gap)
      builder.now.look([resources("3")[index]], kind: kind, reader: reader, asked: asked, schema: RollbackBuilder.schema, completeness: gap)
    }
    let classifier = Classifier(configuration: nil, providers: [:], today: ClassifierTests.today)
    if now {
      return classifier.classify(try await builder.compare(), restored: hostile, subjects: Audit.Subject.all(of: builder.now.snapshot))
    }
    guard let after = builder.after else { return classifier.classify(try await builder.compare(), restored: []) }
    return classifier.classify(try await SnapshotDiff.compare(builder.before, after), subjects: Audit.Subject.all(of: after.snapshot))
  }

  private static func rule(_ kind: Text) -> Text { kind }
}
