import SideEffects
import Testing

@Suite("Mistakes in a manifest")
struct ManifestMistakesTests {
  /// A manifest in which something stands at given lines, comments between.
  static func manifest(_ lines: [(line: Int, text: String)]) -> String {
    var text = ""
    var next = 1
    for (line, written) in lines {
      while next < line {
        text += "#\n"
        next += 1
      }
      text += written + "\n"
      next += 1
    }
    return text
  }

  /// As the program says them.
  static func messages(_ manifest: String) -> [String] {
    do throws(Failure) {
      _ = try ManifestReader.read(manifest, name: "x", file: "provider.yaml")
      return []
    } catch {
      return error.diagnostics.all.map { problem in
        guard case .file(let file, let line, let column) = problem.place else { return "no place: \(problem.sentence)" }
        return "\(file):\(line):\(column): error: \(problem.sentence)." + (problem.advice.isEmpty ? "" : " \(problem.advice)")
      }
    }
  }

  @Test("are told all at once, in the order of the file, each with its place and what to write")
  func five() {
    let manifest = Self.manifest([
      (1, "manifest: 1"), (2, "title: T"), (3, "settings:"), (4, "  user: {}"), (5, "  base: {}"), (6, "request: {base: \"{base}\"}"),
      (7, "kinds:"),
      (12, " webhook:"), (13, "   list:"), (14, "      call: GET /webhooks"),
      (22, " webcreds: {attribute: [a], list: {call: GET /c, pages: none}}"), (29, " key:"),
      (30, "  list:"), (31, "  - call: POST /v3/kv/range"), (32, "    pages: none"), (38, " users:"), (39, "  list:"),
      (40, "        items: \"users?[*]\""),
      (41, "        call: GET /users"), (42, "        pages: none"), (50, " permission:"),
      (51, "     list: {call: GET /permissions, pages: none}"),
      (52, "     id: \"{vhost} {user}\""),
    ])
    #expect(
      Self.messages(manifest) == [
        "provider.yaml:14:7: error: `webhook` does not say how its list pages. Write `pages: none` if one answer always holds everything, else link, next, cursor, page or offset.",
        "provider.yaml:22:13: error: unknown key `attribute`. Did you mean `attributes`?",
        "provider.yaml:31:11: error: POST /v3/kv/range would be sent while reading. If it changes nothing, add `reads: true`; if it does, it belongs under `remedy`.",
        "provider.yaml:40:16: error: `items: \"users?[*]\"` lets the list be absent, but nothing proves whose answer it is. Add `ok`, such as `ok: {header.revision: {not: null}}`, or `total`.",
        "provider.yaml:52:10: error: id \"{vhost} {user}\": `user` is the setting of line 4, the same for every item, so ids would collide. The item's own field is `{.user}`.",
      ])
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let manifest: String
    let messages: [String]
  }

  private static func with(_ kind: String, more: String = "") -> String {
    "manifest: 1\ntitle: T\nsettings: {base: {}, token: {}, owner: {}}\nrequest: {base: \"{base}\"}\n\(more)\nkinds:\n  webhook:\n    \(kind)\n"
  }

  private static let list = "list: {call: GET /a, pages: none}"

  static let cases: [Case] = [
    Case(
      testDescription: "no manifest at all", manifest: "[]",
      messages: ["1:1: error: the manifest must be a section of keys, not a list. Write its keys below it, indented."]),
    Case(
      testDescription: "two documents", manifest: "manifest: 1\n---\nmanifest: 1\n",
      messages: ["0:0: error: a manifest is one YAML document, not 2."]),
    Case(
      testDescription: "another version", manifest: "manifest: 2\ntitle: T\nkinds: {a: {blind: [{what: x}]}}\n",
      messages: ["1:11: error: `manifest` must be 1."]),
    Case(
      testDescription: "an alias", manifest: "manifest: 1\ntitle: &t T\nkinds: {a: *t}\n", messages: []),
    Case(
      testDescription: "a kind with neither list nor blind", manifest: with("name: \"{a}\""),
      messages: ["7:3: error: `webhook` has no `list` and no `blind`. Say how all of it is listed, or under `blind` why nobody can."]),
    Case(
      testDescription: "a list's name that is none",
      manifest: with("list: {for each: repo, call: GET /a, pages: none}", more: "lists: {repos: {call: GET /r, pages: none}}"),
      messages: ["8:22: error: `repo` is no list. Did you mean `repos`?"]),
    Case(
      testDescription: "lists that lead to each other",
      manifest: with(
        "list: {for each: a, call: GET /a, pages: none}",
        more: "lists: {a: {for each: b, call: GET /a, pages: none}, b: {for each: a, call: GET /b, pages: none}}"),
      messages: ["5:9: error: `a` is walked through to reach itself. Lists are walked from parents to children."]),
    Case(
      testDescription: "a path without a base",
      manifest: "manifest: 1\ntitle: T\nkinds:\n  webhook:\n    list: {call: GET /a, pages: none}\n",
      messages: ["5:18: error: `GET /a` is a path and no `base` says of what. Add `base` under `request`."]),
    Case(
      testDescription: "a call without a verb", manifest: with("list: {call: /a, pages: none}"),
      messages: ["8:18: error: `/a` is no call. Write a verb and a path, such as `GET /hooks?per_page=100`, or a whole URL."]),
    Case(
      testDescription: "a verb that deletes while reading", manifest: with("list: {call: DELETE /a, pages: none}"),
      messages: [
        "8:18: error: DELETE /a would be sent while reading. If it changes nothing, add `reads: true`; if it does, it belongs under `remedy`."
      ]),
    Case(
      testDescription: "a cursor that the call doesn't hold", manifest: with("list: {call: GET /a, pages: {cursor: next}}"),
      messages: ["8:18: error: the list pages by {@cursor} and the call doesn't hold it. Put {@cursor} where the service wants it."]),
    Case(
      testDescription: "two styles at once", manifest: with("list: {call: \"GET /a?p={@page}\", pages: {page: 1, next: n}}"),
      messages: ["8:45: error: a list pages in one style, not by next and page."]),
    Case(
      testDescription: "body and form", manifest: with("list: {call: POST /a, reads: true, body: {a: 1}, form: {b: c}, pages: none}"),
      messages: ["8:18: error: a call has a body or a form, not both."]),
    Case(
      testDescription: "a template that is never closed", manifest: with(list + "\n    name: \"{a\""),
      messages: ["9:11: error: template `{a`: a placeholder is never closed. It ends with `}`; a brace of the text itself is written `{{`."]
    ),
    Case(
      testDescription: "a filter that nobody knows", manifest: with(list + "\n    name: \"{a|base46}\""),
      messages: ["9:14: error: template `{a|base46}`: unknown filter `base46`. Did you mean `base64`?"]),
    Case(
      testDescription: "a path with a hole", manifest: with(list + "\n    attributes: [a..b]"),
      messages: ["9:20: error: path `a..b`: a name is missing. A path is written `a.b`, `a[*].b` or `'a b'.c`."]),
    Case(
      testDescription: "an attribute with two roles", manifest: with(list + "\n    attributes: {values: [a], secret: [a]}"),
      messages: ["9:40: error: the attribute `a` is given twice. An attribute has one role."]),
    Case(
      testDescription: "a pattern that doesn't compile", manifest: with(list + "\n    active: {a: {matches: \"(\"}}"),
      messages: ["9:27: error: the pattern can't be read: missing closing parenthesis. Patterns are PCRE2."]),
    Case(
      testDescription: "a condition that is none", manifest: with(list + "\n    active: {a: {is: b}}"),
      messages: [
        "9:17: error: a condition can't be written so. Write a value, a list of values, null, {}, {not: VALUE} or {matches: PATTERN}."
      ]
    ),
    Case(
      testDescription: "a remedy that says nothing", manifest: with(list + "\n    remedy: {created: {beware: x}}"),
      messages: ["9:23: error: a remedy says neither `do`, nor `by hand`, nor `never`."]),
    Case(
      testDescription: "a request that another one comes after, of which nothing tells",
      manifest: with(list + "\n    remedy: {created: {do: [\"POST /a/{id}/off\", \"DELETE /a/{id}\"]}}"),
      messages: [
        "9:29: error: a request comes after this one, and nothing tells when this one has done its work. Add `done`: what holds then (`done: {active: false}`), what it puts back (`done: [url]`), or `done: answer`."
      ]),
    Case(
      testDescription: "of requests of which one alone is ever sent, the one that isn't",
      manifest: with(
        list + "\n    remedy:\n      created:\n        do:"
          + ["org", "user", "[org, team]"].map { "\n          - {call: \"DELETE /a/{id}\", where: {p: \($0)}}" }
          .joined()),
      messages: [
        "12:20: error: a request comes after this one, and nothing tells when this one has done its work. Add `done`: what holds then (`done: {active: false}`), what it puts back (`done: [url]`), or `done: answer`."
      ]),
    Case(
      testDescription: "a setting in the middle of a pattern",
      manifest: with("list: {files: [\"*\"], pattern: \"(?<id>x{token})\"}", more: "engine: git"),
      messages: [
        "8:35: error: the pattern holds `{token}`, which is a setting, and a setting can only be the whole of it. Write `pattern: \"{token}\"`, or name the capture or repetition in another way."
      ]),
    Case(
      testDescription: "a request that puts back what is no attribute",
      manifest: with(
        list + "\n    attributes: [a]\n    remedy: {updated: {do: [{call: \"PUT /a/{id}\", done: [a, b]}, \"PUT /b/{id}\"]}}"),
      messages: ["10:61: error: `done` names `b`, which is no attribute of this kind."]),
    Case(
      testDescription: "a remedy after a kind that is not referred to",
      manifest: with(list + "\n    references: {user: \"{u}\"}\n    remedy: {updated: {by hand: x, after: [user, group]}}"),
      messages: [
        "10:50: error: `after` names `group`, to which this kind does not refer. Name a kind that stands under `references`."
      ]),
    Case(
      testDescription: "a patch of a service", manifest: with(list + "\n    remedy: {updated: {do: patch}}"),
      messages: ["9:28: error: `do: patch` is for the git engine."]),
    Case(
      testDescription: "a time that is none", manifest: with(list + "\n    remedy: {created: {do: \"DELETE /a/{id}\", within: soon}}"),
      messages: ["9:54: error: `within` must be a time. Write it such as `30s`, `15m` or `1h`."]),
    Case(
      testDescription: "findings of settings that are none",
      manifest: with(list, more: "found by: {remote: \"(?<ownr>x)\", environment: {tokn: [A]}, with: {password: b}}"),
      messages: [
        "5:20: error: `ownr` is no setting. Did you mean `owner`?", "5:48: error: `tokn` is no setting. Did you mean `token`?",
        "5:67: error: `password` is no setting. Declare it under `settings`.",
      ]),
    Case(
      testDescription: "a secret among what is written into a file",
      manifest: with(list, more: "found by: {remote: \"(?<token>x)\", with: {token: b}}"),
      messages: [
        "5:20: error: `token` is a secret, and what is found here is written into the configuration. Name the variables that hold it under `environment`.",
        "5:42: error: `token` is a secret, and what is found here is written into the configuration. Name the variables that hold it under `environment`.",
      ]),
  ]

  @Test("have a message with a place and what to write", arguments: cases)
  func message(mistake: Case) {
    let messages = Self.messages(mistake.manifest)
    #expect(!messages.isEmpty)
    if !mistake.messages.isEmpty { #expect(messages == mistake.messages.map { "provider.yaml:" + $0 }) }
  }
}
