internal import Documents

/// Reads `audit-residue.yaml`: a configuration, or every reason why it is none.
public enum ConfigurationReader {
  /// Reads the file's bytes.
  ///
  /// `file` is its name in messages. All problems are thrown at once, from the top of the file to its end, each with its line, its
  /// column and what to write. None shows what stands where a secret may have been written by mistake.
  public static func read(_ bytes: [UInt8], file: Text) throws(Failure) -> Configuration {
    let document = listing("watches", in: try tree(of: bytes, file: file))
    var checker = KeyChecker(file: file)
    checker.check(document, against: Configuration.keys, called: "the configuration")

    let elements = { (key: String) in document[key]?.list ?? [] }
    if let watches = document["watches"], watches.list?.isEmpty == true {
      checker.note(
        "wrong-value", "`watches` is empty, and an audit of nothing would look clean",
        advice: "Add a watch, or let `audit-residue init` find some.",
        at: watches.span)
    }
    checker.checkUnique(elements("watches"), called: "watches")
    checker.checkUnique(elements("restores"), called: "restores")
    checkPlaces(document, checker: &checker)

    var watches: [WatchSettings] = []
    for element in elements("watches") {
      if let watch = WatchSettings(element, checker: &checker) { watches.append(watch) }
    }
    // A watch that has another problem is there all the same: what names it is right.
    let names = elements("watches").compactMap { $0["name"]?.text }.map { Text($0) }
    var restores: [RestoreDeclaration] = []
    for element in elements("restores") {
      if let restore = RestoreDeclaration(element, watches: names, checker: &checker) { restores.append(restore) }
    }
    var ignore: [IgnoreRule] = []
    for element in elements("ignore") {
      if let rule = IgnoreRule(element, watches: names, checker: &checker) { ignore.append(rule) }
    }
    var acknowledge: [Acknowledgement] = []
    for element in elements("acknowledge") {
      if let acknowledgement = Acknowledgement(element, watches: names, checker: &checker) { acknowledge.append(acknowledgement) }
    }
    let limits = LimitsDeclaration(document["limits"], checker: &checker)
    if let failure = checker.failure { throw failure }
    return Configuration(
      file: file, digest: Digest(of: bytes), store: document["store"]?.text.map { Text($0) }, copies: document["copies"]?.texts ?? [],
      providers: document["providers"]?.texts ?? [], watches: watches, restores: restores, ignore: ignore, acknowledge: acknowledge,
      limits: limits, upgrades: UpgradesDeclaration(document["upgrades"]))
  }

  /// `watches:` with nothing behind it, as it stands where all of them are comments, is an empty list.
  private static func listing(_ key: String, in document: Document) -> Document {
    guard let members = document.members else { return document }
    let read = members.map { member in
      guard member.key == key, member.value.isNull else { return member }
      return Document.Member(key: key, keySpan: member.keySpan, value: Document(.list([]), span: member.keySpan))
    }
    return Document(.map(read), span: document.span)
  }

  /// The file's one document, of a version that is known: of a later one nothing else can be said.
  private static func tree(of bytes: [UInt8], file: Text) throws(Failure) -> Document {
    let documents: [Document]
    do throws(DocumentError) {
      documents = try DocumentFormat.yaml.read(bytes, limits: .withoutAliases)
    } catch {
      let place = Diagnostic.Place.file(file, line: error.position?.line ?? 0, column: error.position?.column ?? 0)
      throw Failure("unreadable", "the file is no YAML that can be read: \(error.problem)", advice: advice(for: error.code), place: place)
    }
    guard let document = documents.first, !document.isNull else {
      throw Failure(
        "empty", "the file is empty", advice: "Write `version: 1` and `watches`, or let `audit-residue init` do it.",
        place: .file(file, line: 1, column: 1))
    }
    guard documents.count == 1 else {
      throw Failure(
        "several-documents", "the file holds \(documents.count) documents", advice: "Keep one: take the `---` out.",
        place: KeyChecker(file: file).place(documents[1].span))
    }
    if let version = document["version"], let number = version.number.flatMap({ Int($0) }), number > 1 {
      throw Failure(
        "unknown-version", "the file is of version \(number), and this program reads version 1",
        advice: "Take a newer audit-residue, or write `version: 1`.",
        place: KeyChecker(file: file).place(version.span))
    }
    return document
  }

  private static func advice(for code: DocumentError.Code) -> String {
    switch code {
    case .invalidUTF8: "Save the file as UTF-8."
    case .syntax: "Look at the indentation and the quotes there; a value with `: `, `#` or brackets in it needs quotes."
    case .duplicateKey: "Take one of the two out."
    case .alias: "Write the value where it is used."
    case .unsupported: "Write plain text, numbers, booleans, lists and sections."
    case .tooLarge, .tooDeep, .tooManyNodes: "See whether this is the right file."
    }
  }

  /// Notes paths that are empty, stand twice or hold a password.
  private static func checkPlaces(_ document: Document, checker: inout KeyChecker) {
    var seen: Set<Text> = []
    for (key, places) in [
      ("store", document["store"].map { [$0] }), ("copies", document["copies"]?.list), ("providers", document["providers"]?.list),
    ] {
      if key == "providers" { seen = [] }
      for place in places ?? [] {
        guard let text = place.text else { continue }
        checker.checkNotEmpty(place, called: key == "store" ? "`store`" : "an element of `\(key)`")
        if URLCredentials.stand(in: text) {
          checker.note(
            "literal-secret", "`\(key)` holds a user or a password inside a URL", advice: "Write it without them.", at: place.span)
        } else if key == "store", let scheme = text.prefixMatch(of: /[a-z][a-z0-9+.\-]*:/) {
          checker.note(
            "wrong-value", "`store` is the path of a folder, and `\(scheme.output)` stands before it",
            advice: "Write the path alone, or `./` before it if the folder is called so.", at: place.span)
        } else if !seen.insert(Text(text)).inserted {
          checker.note("given-twice", "`\(text)` stands here for the second time", advice: "Take it out.", at: place.span)
        }
      }
    }
  }
}
