/// The keys of the manifest language, version 1: the reader checks by them and the JSON Schema is made of them.
public enum ManifestTables {
  public static let top = KeyTable(
    "manifest", help: "How one service or tool keeps its state.",
    keys: [
      .init("manifest", .integer(1...1), isRequired: true, help: "the version of this language", example: "manifest: 1"),
      .init("title", .text(named: "text"), isRequired: true, help: "the service's name", example: "title: Review Board"),
      .init("engine", .word(["http", "git", "files", "sql", "exec"]), help: "what reads it; http unless told"),
      .init(
        "settings", .map(.table { setting }), help: "what the configuration's `with` and `secrets` may give; token and password are secret"),
      .init(
        "request", .table { shared }, help: "what all calls share; a call's headers, body and form are merged over it, other keys replace"),
      .init("writes", .table { shared }, help: "what remedies have instead of `request`, such as another token"),
      .init(
        "check", call(checkKeys, "check"),
        help: "who the credential is and what it may; without it the reader is the credential's fingerprint"),
      .init(
        "lists", .map(.either([.list(.scalar), .text(named: "a template"), .table { list }])),
        help: "lists to walk through, fetched once for all kinds; or a sequence of constants"),
      .init("kinds", .map(.table { kind }), isRequired: true, help: "what is audited"),
      .init("found by", .table { foundBy }, help: "how `audit-residue init` finds out that it is used here"),
    ])

  static let foundBy = KeyTable(
    "finding", help: "How `audit-residue init` finds out that the service or tool is used here, and what it sets then.",
    keys: [
      .init("remote", .text(named: "a pattern"), help: "PCRE2, for the URL of a remote of the repository; its named captures are settings"),
      .init(
        "environment", .map(.oneOrMore(.text(named: "a variable's name"))),
        help: "which variables give which setting, the first that is set; of a secret only the variable's name is written",
        example: "environment: {token: [SERVICE_TOKEN]}"),
      .init(
        "with", .map(.oneOrMore(.scalar)), help: "what a setting is set to where nothing else tells",
        example: "with: {files: [config/*.yaml]}"),
    ])

  static let setting = KeyTable(
    "setting", help: "One setting of a watch.",
    keys: [
      .init("help", .text(named: "text"), help: "what it is, for people"),
      .init("default", .oneOrMore(.scalar), help: "a template; without one the setting is required"),
      .init("secret", .boolean, help: "never in the file or a report"),
      .init("many", .boolean, help: "a list of values"),
    ])

  static let callKeys: [KeyTable.Key] = [
    .init(
      "call", .text(named: "a verb and a path"), help: "verb and path below `base`, or a whole URL",
      example: "call: GET /hooks?per_page=100")
  ]

  static let sharedKeys: [KeyTable.Key] = [
    .init("base", .text(named: "a template"), help: "put before paths; may hold a secret, which no log shows"),
    .init("auth", .table { authentication }, help: "sent to base's origin only, never after a redirect to another"),
    .init("headers", .map(.scalar), help: "a header whose value is empty, or is an unset {@cursor}, is not sent"),
    .init("form", .map(.scalar), help: "fields sent as a form"),
    .init("body", .anything, help: "JSON; one placeholder alone keeps its type"),
    .init("graphql", .text(named: "text"), isBuilt: false, help: "a GraphQL document, without templates"),
    .init("variables", .anything, isBuilt: false, help: "the variables of `graphql`"),
    .init("reads", .boolean, help: "this POST or PUT changes nothing"),
    .init("answer", .word(["json", "xml"]), help: "json states the type whatever the header says"),
    .init("ok", .map(.anything), help: "must hold for the answer besides its status"),
    .init("empty", .table { empty }, help: "this answer is an empty list though it looks like an error"),
    .init(
      "rate", .text(named: "a rate such as 2/s or 30/m"),
      help:
        "at most so many requests; of `request` it is that of the whole watch; Retry-After and the usual headers are kept without being named"
    ),
    .init("pages", .either([.word(["none", "link"]), .table { pages }]), help: "how a list goes on and how it ends; required for lists"),
  ]

  static let checkKeys: [KeyTable.Key] = [
    .init("reader", .text(named: "a template"), help: "the account, kept with each observation"),
    .init("rights", .text(named: "a path"), help: "the account's rights: a list, or text cut at commas and spaces"),
  ]

  static let shared = KeyTable("shared", help: "What calls share.", keys: sharedKeys)
  static let empty = KeyTable(
    "empty", help: "An answer that means an empty list.",
    keys: [
      .init("where", .map(.anything), isRequired: true, help: "what must hold for it"),
      .init("because", .text(named: "text"), isRequired: true, help: "why it means that nothing is there"),
    ])

  static let authentication = KeyTable(
    "auth", help: "How a request says who it is from; any of these together.",
    keys: [
      .init("bearer", .text(named: "a template"), help: "Authorization: Bearer …"),
      .init("basic", .text(named: "a template user:password"), help: "RFC 7617"),
      .init("digest", .text(named: "a template user:password"), isBuilt: false, help: "RFC 7616"),
      .init("headers", .map(.scalar), help: "any other scheme, a header or two"),
      .init("body", .map(.scalar), help: "fields added to each body"),
      .init("login", .anything, isBuilt: false, help: "a call sent first, again at 401 or expiry (`expires`)"),
      .init("jwt", .anything, isBuilt: false, help: "a signed assertion: `key`, `claims`"),
      .init("sigv4", .anything, isBuilt: false, help: "AWS Signature 4: `service`, `region`, `key`, `secret`, `session`"),
    ])

  static let pages = KeyTable(
    "pages", help: "The style, what moves, and the proof of the end.",
    keys: [
      .init("link", .boolean, help: "follows Link: rel=next, where `total` or `more` stands beside it"),
      .init("next", .text(named: "a path"), help: "follows the URL there, of the same origin; null or empty is the end"),
      .init("cursor", .text(named: "a path or template"), help: "the call holds {@cursor}; a template is made of {@last}, the last item"),
      .init("first", .text(named: "a template"), help: "the first cursor; left out without it"),
      .init("page", .integer(0...1), help: "the call holds {@page}; the number of the first page"),
      .init("offset", .integer(0...1), help: "the call holds {@offset}, moved by what arrived"),
      .init("more", .either([.text(named: "a path"), .map(.anything)]), help: "goes on while true; missing without `?` is no proof"),
      .init("total", .text(named: "a path"), help: "must equal what arrived"),
    ])

  static let listKeys: [KeyTable.Key] = [
    .init("for each", .oneOrMore(.text(named: "a list's name")), help: "once for each item of these lists"),
    .init("start", .list(.scalar), isBuilt: false, help: "ids to begin a tree with"),
    .init("items", .text(named: "a path"), help: "where the items are; without a call the path begins with a list's name"),
    .init("where", .map(.anything), help: "keep only these"),
    .init("let", .map(.scalar), help: "names for this list's items"),
    .init(
      "detail", call([.init("items", .text(named: "a path"), help: "what `detail` stands for in the answer")], "detail"),
      help: "one read more for each item, as detail.…"),
    .init("id", .text(named: "a template"), help: "what {NAME} stands for in templates"),
    .init("name", .text(named: "a template"), help: "what people call an item"),
    .init("files", .oneOrMore(.text(named: "a glob")), help: "globs below the repository; ! leaves out"),
    .init(
      "read", .word(["yaml", "json", "toml", "properties", "dotenv", "suffix", "ini", "lines", "x509", "private-key"]),
      help: "the files' format; suffix tells it by each file's name"),
    .init("pattern", .text(named: "a pattern"), help: "PCRE2; captures are the item's fields"),
    .init("newest", .text(named: "a capture"), help: "of the matches in one parent only the one with the highest version"),
  ]

  static let list = KeyTable("list", help: "One list: a request or files, and where the items are.", keys: callKeys + sharedKeys + listKeys)

  static let kind = KeyTable(
    "kind", help: "What is audited.",
    keys: [
      .init(
        "list", .oneOrMore(.either([.text(named: "a call"), .table { list }])),
        help: "how all of it is listed; left out where only `blind` can be said"),
      .init("is", .word(["flag", "webhook", "credential", "other"]), help: "what sort of thing it is; by its name unless told"),
      .init("level", .word(["data", "configuration"]), help: "which section of the plan; configuration unless told"),
      .init("id", .text(named: "a template"), help: "identity; {id} unless told"),
      .init("name", .text(named: "a template"), help: "what people call it; {name or id} unless told"),
      .init("value", .text(named: "a template"), help: "a flag's value"),
      .init("active", .map(.anything), help: "alive or disabled, for people; not compared"),
      .init("natural key", .list(.text(named: "a path")), help: "the same thing under another id"),
      .init("attributes", .either([.list(.text(named: "a path")), .table { attributes }]), help: "what is kept: paths, or the four roles"),
      .init("origin", .table { origin }, help: "made, by whom, changed, ends by itself"),
      .init("references", .map(.text(named: "a template")), help: "ids of other kinds in the same watch"),
      .init("needs", .list(.text(named: "a right")), help: "rights without which not all of it is seen"),
      .init("blind", .list(.table { blind }), help: "standing blind spots"),
      .init("expected", .list(.table { expected }), help: "changes that are ignored, with the reason"),
      .init("remedy", .table { remedies }, help: "what mends each change"),
    ])

  static let attributes = KeyTable(
    "attributes", help: "What is kept, by role.",
    keys: [
      .init("values", .list(.text(named: "a path")), help: "scalars; objects by leaf, arrays in order"),
      .init("sets", .list(.text(named: "a path")), help: "arrays in any order"),
      .init("volatile", .list(.text(named: "a path")), help: "kept, not compared"),
      .init("secret", .list(.text(named: "a path")), help: "fingerprints; a URL keeps its host"),
    ])

  static let origin = KeyTable(
    "origin", help: "When and by whom.",
    keys: [
      .init("at", .text(named: "a path or template"), help: "made; another one under the same id is another thing"),
      .init("by", .text(named: "a path or template"), help: "by whom"),
      .init("changed", .text(named: "a path or template"), help: "changed last"),
      .init("until", .text(named: "a path or template"), help: "ends by itself"),
    ])

  static let blind = KeyTable(
    "blind", help: "A standing blind spot.",
    keys: [
      .init("what", .text(named: "text"), isRequired: true, help: "what can't be seen"),
      .init("by hand", .text(named: "a template"), help: "what a person does about it"),
      .init("open", .text(named: "a template"), help: "the page where"),
      .init("where", .map(.anything), help: "for which readers it holds"),
    ])

  static let expected = KeyTable(
    "expected", help: "Changes that are ignored.",
    keys: [
      .init("where", .map(.anything), isRequired: true, help: "which"),
      .init("because", .text(named: "text"), isRequired: true, help: "why"),
    ])

  static let remedies = KeyTable(
    "remedies", help: "What mends each change.",
    keys: [
      .init("created", .table { remedy }, help: "undo a creation"),
      .init("updated", .table { remedy }, help: "put an update back"),
      .init("deleted", .table { remedy }, help: "recreate what was deleted"),
      .init("disable", .table { remedy }, help: "a milder way, offered before a deletion"),
    ])

  static let remedy = KeyTable(
    "remedy", help: "One remedy.",
    keys: [
      .init(
        "do", .oneOrMore(call(writeKeys, "write")), help: "a call, calls in order, or patch"
      ),
      .init(
        "done", .either([.word(["answer"]), .map(.anything)]),
        help: "read again: what counts as success; `answer` where the service goes on showing it, so that its answer has to do"),
      .init("within", .text(named: "a time such as 15m"), help: "how long that may take; 1m unless told"),
      .init("loses", .list(.text(named: "words")), help: "what does not come back"),
      .init("beware", .text(named: "text"), help: "what else it does"),
      .init(
        "after", .list(.text(named: "a kind")),
        help: "kinds under `references`: what it refers to of them is mended first, since what it is follows from them"),
      .init("never", .text(named: "text"), help: "why it can't be undone"),
      .init("by hand", .text(named: "a template"), help: "what a person does"),
      .init("open", .text(named: "a template"), help: "on which page"),
    ])

  static let writeKeys: [KeyTable.Key] = [
    .init("where", .map(.anything), help: "sent only then"),
    .init(
      "done", .either([.word(["answer"]), .list(.text(named: "an attribute")), .map(.anything)]),
      help:
        "required where another call comes after it: what holds when it has done its work, the attributes that it puts back, or `answer` where nothing else tells"
    ),
  ]

  /// A call with more keys; a text alone is its `call`.
  private static func call(_ more: [KeyTable.Key], _ name: String) -> KeyTable.Shape {
    .either([.text(named: "a verb and a path"), .table { KeyTable(name, help: "A call.", keys: callKeys + sharedKeys + more) }])
  }
}
