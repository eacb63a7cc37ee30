import SideEffects
import Testing

@Suite("Secrets written into a configuration by mistake")
struct LiteralSecretTests {
  static let planted = "ghp_Q9vT3xLr7sYw2ZaB"

  static func watch(_ more: String) -> String { "version: 1\nwatches:\n  - name: a\n    provider: b\n    \(more)\n" }

  static let samples = [
    "secrets: {token: \(planted)}", "secrets: {token: '\(planted)'}", "secrets: {token: [\(planted)]}", "secrets: {token: {\(planted)}}",
    "secrets: {token: {\(planted): x}}", "secrets: {token: {value: \(planted)}}", "secrets: {token: {env: '\(planted)!'}}",
    "secrets: {token: {env: {x: \(planted)}}}", "secrets: {token: {env: $\(planted)}}", "secrets: {token: {file: [\(planted)]}}",
    "secrets: {token: {command: 'echo \(planted)'}}", "secrets: {token: {command: ['', \(planted)]}}",
    "secrets: {token: {env: A, file: \(planted)}}", "secrets: {\(planted)}", "secrets: \(planted)", "secrets: [\(planted)]",
    "secrets: {token: !secret \(planted)}", "secrets: {token: \"\(planted)}", "secrets: {token: {env: A, env: \(planted)}}",
    "with: {token: \(planted)}", "with: {password: \(planted)}", "with: {token: [\(planted)]}", "with: {token: {x: \(planted)}}",
    "with: {base: 'https://me:\(planted)@api.example.com/'}", "with: {base: 'HTTPS://\(planted)@api.example.com/'}",
    "with: {base: 'https://\(planted):@api.example.com/'}", "with: {hosts: [a, 'amqp://me:\(planted)@h/v']}",
  ]

  @Test("each is an error, and no message shows what was written", arguments: samples)
  func neverShown(sample: String) {
    let said = problems(in: Self.watch(sample))
    #expect(!said.isEmpty)
    #expect(!said.contains { $0.contains(Self.planted) || $0.contains("Q9vT3x") })
  }

  @Test("a literal is answered with the ways to write a reference")
  func reference() {
    #expect(
      problems(in: Self.watch("secrets: {token: \(Self.planted)}")) == [
        "5:22 literal-secret: `token` is a secret, and a secret is never written in this file. Write where it comes from: "
          + "`{env: GITHUB_TOKEN}` or `{file: /run/secrets/token}` or `{command: [pass, show, token]}`. "
          + "If others could read the file, have the service issue a new one."
      ])
  }

  @Test("a secret under `with` is sent to `secrets`, be it a literal or a reference")
  func moved() {
    #expect(
      problems(in: Self.watch("with: {token: \(Self.planted)}")) == [
        "5:19 literal-secret: `token` is a secret, and `with` is for what is none. Move it to `secrets`, as a reference: `secrets: {token: {env: NAME}}`."
      ])
    #expect(
      problems(in: Self.watch("with: {key: {env: KEY}}")) == [
        "5:17 wrong-form: `key` under `with` can't be a reference to a secret. Move it to `secrets`."
      ])
  }

  @Test("a reference with no way or with two is told so")
  func ways() {
    #expect(
      problems(in: Self.watch("secrets: {token: {}}")) == ["5:22 missing-key: `token` has no key. Write one of `env`, `file`, `command`."])
    #expect(
      problems(in: Self.watch("secrets: {token: {env: A, file: B}}")) == [
        "5:22 several-keys: `token` has `env` and `file`. Keep one of them."
      ])
    #expect(problems(in: Self.watch("secrets: {token: {evn: A}}")) == ["5:23 unknown-key: unknown key in `token`. Did you mean `env`?"])
  }

  @Test(
    "URLs without a password are let through",
    arguments: [
      "https://api.example.com/v1", "ssh://git@example.com/r.git", "https://example.com/a:b@c", "http://127.0.0.1:8080/", "a:b@c",
    ])
  func URLs(url: String) {
    #expect(problems(in: Self.watch("with: {base: '\(url)'}")).isEmpty)
  }
}
