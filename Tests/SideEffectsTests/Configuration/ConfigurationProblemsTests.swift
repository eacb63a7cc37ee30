import SideEffects
import Testing

@Suite("Problems of a configuration")
struct ConfigurationProblemsTests {
  /// A watch called `gates` on line 2, and then what a case is about, from line 3.
  static func afterWatch(_ yaml: String) -> String {
    "version: 1\nwatches: [{name: gates, provider: p}, {name: service, provider: q}]\n" + yaml
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let what: String
    let yaml: String
    let expected: [String]
    var testDescription: String { what }
    init(_ what: String, _ yaml: String, _ expected: String...) { (self.what, self.yaml, self.expected) = (what, yaml, expected) }
  }

  static let files = [
    Case("nothing", "", "1:1 empty: the file is empty. Write `version: 1` and `watches`, or let `audit-residue init` do it."),
    Case(
      "comments alone", "# nothing\n", "1:1 empty: the file is empty. Write `version: 1` and `watches`, or let `audit-residue init` do it."),
    Case(
      "a list", "- version: 1\n",
      "1:1 wrong-form: the configuration must be a section of keys, not a list. Write its keys below it, indented."),
    Case(
      "two documents", "version: 1\nwatches: [{name: a, provider: b}]\n---\nversion: 1\n",
      "4:1 several-documents: the file holds 2 documents. Keep one: take the `---` out."),
    Case(
      "a later version, of which nothing else can be said", "version: 2\nsubjects: []\n",
      "1:10 unknown-version: the file is of version 2, and this program reads version 1. Take a newer audit-residue, or write `version: 1`."
    ),
    Case(
      "a version that is text", "version: one\nwatches: [{name: a, provider: b}]", "1:10 wrong-form: `version` must be 1."),
    Case(
      "a store with a scheme", "version: 1\nstore: sqlite:state/store.db\nwatches: [{name: a, provider: b}]",
      "2:8 wrong-value: `store` is the path of a folder, and `sqlite:` stands before it. Write the path alone, or `./` before it if the folder is called so."
    ),
    Case(
      "no version", "watches: [{name: a, provider: b}]",
      "1:1 missing-key: the configuration has no `version`. Add it: The version of this format. For example `1`."),
    Case(
      "no watches", "version: 1",
      "1:1 missing-key: the configuration has no `watches`. Add it: What to look at. For example `[{name: forge, provider: our-forge}]`."),
    Case(
      "no watch but in comments", "version: 1\nwatches:\n#  - name: a",
      "2:1 wrong-value: `watches` is empty, and an audit of nothing would look clean. Add a watch, or let `audit-residue init` find some."),
    Case(
      "an empty list of watches", "version: 1\nwatches: []",
      "2:10 wrong-value: `watches` is empty, and an audit of nothing would look clean. Add a watch, or let `audit-residue init` find some."),
    Case(
      "a section with nothing in it", "version: 1\nwatches: [{name: a, provider: b}]\nignore:\n",
      "3:8 wrong-form: `ignore` must be a list. Nothing stands behind it: write a value, or leave the key out."),
    Case(
      "an unknown key near a known one", "version: 1\nwatchs: [{name: a, provider: b}]",
      "2:1 unknown-key: unknown key `watchs` in the configuration. Did you mean `watches`?"),
    Case(
      "an unknown key near none", afterWatch("colour: red"),
      "3:1 unknown-key: unknown key `colour` in the configuration. Known here: `version`, `store`, `copies`, `providers`, `watches`, `restores`, `ignore`, `acknowledge`, `limits`, `upgrades`."
    ),
    Case(
      "the same place twice", afterWatch("store: /a\ncopies: [/b, /a]\nproviders: [/a, /c, /c]"),
      "4:14 given-twice: `/a` stands here for the second time. Take it out.",
      "5:21 given-twice: `/c` stands here for the second time. Take it out."),
    Case(
      "an empty place", afterWatch("store: ''"),
      "3:8 wrong-value: `store` is empty. Write a value, or leave the key out if it is not required."),
  ]

  static let watches = [
    Case(
      "a name twice", "version: 1\nwatches:\n  - {name: a, provider: b}\n  - {name: a, provider: c}",
      "4:12 given-twice: two watches are called `a`: this one and that of line 3. Give each a name of its own."),
    Case(
      "a name with a star", "version: 1\nwatches: [{name: 'a*', provider: b}]",
      "2:18 wrong-value: the name of a watch must be made of letters, digits, `.`, `_` and `-`, a letter, digit or `_` first. Give it a name that is easy to type, such as `forge`."
    ),
    Case(
      "no provider", "version: 1\nwatches:\n  - name: a",
      "3:5 missing-key: an element of `watches` has no `provider`. Add it: The provider that knows how to look; `audit-residue providers list` names them. For example `our-forge`."
    ),
    Case(
      "a misspelled key, which isn't missing as well", "version: 1\nwatches:\n  - name: a\n    provder: b",
      "4:5 unknown-key: unknown key `provder` in an element of `watches`. Did you mean `provider`?"),
    Case(
      "a watch that is text", "version: 1\nwatches: [gates]",
      "2:11 wrong-form: an element of `watches` must be a section of keys, not text. Write its keys below it, indented."),
    Case(
      "a setting that is a section", "version: 1\nwatches: [{name: a, provider: b, with: {ref: {of: main}}}]",
      "2:46 wrong-form: `ref` must be text, a number or a boolean."),
    Case(
      "a setting that is empty", "version: 1\nwatches: [{name: a, provider: b, with: {ref: }}]",
      "2:46 wrong-form: `ref` must be text, a number or a boolean. Nothing stands behind it: write a value, or leave the key out."),
    Case(
      "no kind at all", "version: 1\nwatches: [{name: a, provider: b, only: []}]",
      "2:40 wrong-value: `only` names no kind, so nothing would be looked at. Name a kind, or leave `only` out."),
    Case(
      "a setting in both places", "version: 1\nwatches: [{name: a, provider: b, with: {key: 1}, secrets: {key: {env: A}}}]",
      "2:60 given-twice: `key` stands under `with` and under `secrets`. Keep the one that the provider asks for."),
  ]

  static let mentions = [
    Case(
      "a restore of a watch that there isn't",
      afterWatch("restores:\n  - name: r\n    covers: [{watch: gaets}]\n    leaves: [{watch: zzzzzzzz}]"),
      "5:22 unknown-watch: no watch is called `gaets`. Did you mean `gates`?",
      "6:22 unknown-watch: no watch is called `zzzzzzzz`. The watches are `gates`, `service`."),
    Case(
      "a glob that fits no watch", afterWatch("restores: [{name: r, leaves: [{watch: 'settings-*'}]}]"),
      "3:39 unknown-watch: no watch is called `settings-*`. The watches are `gates`, `service`."),
    Case(
      "a restore that says nothing", afterWatch("restores: [{name: r}]"),
      "3:12 missing-key: a restore says neither what it `covers` nor what it `leaves`. Write one of them, or both: `leaves: [{watch: NAME}]`."
    ),
    Case(
      "a restore that says both", afterWatch("restores: [{name: r, covers: [{watch: gates}], leaves: [{watch: gates}]}]"),
      "3:57 contradiction: the same selector stands under `covers` and under `leaves`. Keep the one that is true of this restore."),
    Case(
      "two restores of one name", afterWatch("restores: [{name: r, leaves: [{watch: gates}]}, {name: r, leaves: [{watch: gates}]}]"),
      "3:56 given-twice: two restores are called `r`: this one and that of line 3. Give each a name of its own."),
    Case(
      "an ignore rule without a reason", afterWatch("ignore: [{watch: gates}]"),
      "3:10 missing-key: an element of `ignore` has no `because`. Add it: Why, for those who read the report. For example `made by CI`."),
    Case(
      "a pattern that is none", afterWatch("ignore: [{watch: gates, attribute: url, matching: 'a(b', because: c}]"),
      "3:51 wrong-pattern: `matching` is no pattern: missing closing parenthesis after 3 bytes. Put a backslash before a character that is meant as itself, and the whole into single quotes."
    ),
    Case(
      "a pattern for no attribute", afterWatch("ignore: [{watch: gates, matching: a, because: c}]"),
      "3:35 missing-key: `matching` needs `attribute` beside it. Add `attribute`, or leave `matching` out."),
    Case(
      "days that are none",
      afterWatch(
        "ignore: [{watch: gates, because: c, until: 2027-02-29}]\nacknowledge: [{watch: gates, code: d, because: e, until: tomorrow}]"),
      "3:44 wrong-value: `until` must be a day of the calendar. Write year, month and day, such as `2027-01-31`.",
      "4:58 wrong-value: `until` must be a day of the calendar. Write year, month and day, such as `2027-01-31`."),
    Case(
      "an acknowledgement of a watch that there isn't", afterWatch("acknowledge: [{watch: servise, code: forbidden, because: e}]"),
      "3:23 unknown-watch: no watch is called `servise`. Did you mean `service`?"),
  ]

  @Test("each is said with its line, its column and what to write", arguments: files + watches + mentions)
  func said(_ sample: Case) {
    #expect(problems(in: sample.yaml) == sample.expected)
  }

  @Test("all are said at once, from the top of the file to its end")
  func allAtOnce() {
    let yaml = """
      version: 1
      watches:
        - name: a b
          provder: x
        - name: gates
          provider: y
          only: webhook
      restores:
        - name: vm
          covers: [{watch: gate}]
      ignore:
        - {watch: gates, matching: '(', until: soon}
      colour: red
      """
    #expect(
      problems(in: yaml).map { $0.split(separator: ":").prefix(2).joined(separator: ":") } == [
        "3:11 wrong-value", "4:5 unknown-key", "7:11 wrong-form", "10:22 unknown-watch", "12:5 missing-key", "12:30 wrong-pattern",
        "12:30 missing-key", "12:42 wrong-value", "13:1 unknown-key",
      ])
  }

  @Test(
    "a day of February is told by the year",
    arguments: [("2028-02-29", true), ("2027-02-29", false), ("2100-02-29", false), ("2000-02-29", true)])
  func leapYears(day: String, exists: Bool) {
    let yaml = Self.afterWatch("ignore: [{watch: gates, because: c, until: \(day)}]")
    #expect(problems(in: yaml).isEmpty == exists)
  }

  @Test(
    "a day is written in one way alone",
    arguments: [
      "2027-1-31", "27-01-31", "2027-01-31T00:00:00Z", "+2027-01-31", "2027-01-00", "2027-13-01", "2027-01-", "-2027-01-31", "31.01.2027",
    ])
  func days(day: String) {
    #expect(problems(in: Self.afterWatch("ignore: [{watch: gates, because: c, until: '\(day)'}]")).count == 1)
  }

  @Test("aliases, bombs and bytes that are no UTF-8 are refused with a place")
  func hostile() {
    #expect(unreadable("a: &a [x, x]\nb: &b [*a, *a]\nwatches: *b\n").first?.hasSuffix(" Write the value where it is used.") == true)
    #expect(unreadable("version: 1\nversion: 1\n") == ["2:1 Take one of the two out."])
    #expect(unreadable("version: 1\nwatches: " + String(repeating: "[", count: 10_000)) == ["2:521 See whether this is the right file."])
    #expect(unreadable("version: 1\nwatches: [\n").count == 1)
    do throws(Failure) {
      _ = try ConfigurationReader.read([0x76, 0x3A, 0x20, 0xFF], file: "f")
      Issue.record("read")
    } catch {
      #expect(error.diagnostics.first.place == .file("f", line: 1, column: 4))
      #expect(error.diagnostics.first.advice == "Save the file as UTF-8.")
    }
  }

  /// Place and advice where the file is no YAML that can be read; the sentence between is that of the YAML reader.
  private func unreadable(_ yaml: String) -> [String] {
    do throws(Failure) {
      _ = try configuration(yaml)
      return []
    } catch {
      return error.diagnostics.all.map { problem in
        "\(problem.line.prefix { $0 != " " }) \(problem.rule == "unreadable" ? problem.advice : problem.rule)"
      }
    }
  }
}
