import Documents

/// Reads a provider's manifest and gathers every mistake in it.
public enum ManifestReader {
  /// - Parameters:
  ///   - name: The folder's name.
  ///   - file: What messages call the file.
  /// - Throws: Every mistake, in the order of the file.
  public static func read(_ text: String, name: Text, file: Text) throws(Failure) -> Provider {
    let document: Document
    do {
      let documents = try DocumentFormat.yaml.read(Array(text.utf8), limits: .withoutAliases)
      guard let first = documents.first, documents.count == 1 else {
        throw Failure("wrong-form", "a manifest is one YAML document, not \(documents.count)", place: .file(file, line: 0, column: 0))
      }
      document = first
    } catch let error as DocumentError {
      let place = Diagnostic.Place.file(file, line: error.position?.line ?? 0, column: error.position?.column ?? 0)
      throw Failure("unparsable", "not YAML: \(error.problem)", advice: "Mend the syntax there.", place: place)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure("unparsable", "not YAML", place: .file(file, line: 0, column: 0))
    }
    var reading = ManifestReading(document: document, file: file)
    let manifest = reading.manifest()
    if let problems = NonEmpty(reading.problems) { throw Failure(problems) }
    guard let manifest else { throw Failure("wrong-form", "the manifest can't be read", place: .file(file, line: 1, column: 1)) }
    return Provider(name: name, manifest: manifest, text: text)
  }
}

/// A manifest half read: what is known of it so far, and what was wrong.
struct ManifestReading {
  let document: Document
  var expressions: ManifestExpressions
  /// Settings with the lines that declare them.
  let settingLines: [String: Int]
  let listNames: Set<String>
  var parents: [String: [String]] = [:]
  /// The `let` names of each list, visible below it.
  var lists: [String: ListManifest] = [:]

  init(document: Document, file: Text) {
    self.document = document
    expressions = ManifestExpressions(file: file)
    expressions.checker.check(document, against: ManifestTables.top, called: "the manifest")
    var lines: [String: Int] = [:]
    for member in document["settings"]?.members ?? [] { lines[member.key] = member.keySpan?.start.line ?? 0 }
    settingLines = lines
    listNames = Set(document["lists"]?.members?.map(\.key) ?? [])
  }

  /// In the order of the file, each once.
  var problems: [Diagnostic] {
    var seen: Set<Diagnostic> = []
    return expressions.checker.problems.filter { seen.insert($0).inserted }.sorted { Self.position($0) < Self.position($1) }
  }

  private static func position(_ diagnostic: Diagnostic) -> (Int, Int) {
    switch diagnostic.place {
    case .file(_, let line, let column): (line, column)
    case .url, .nowhere: (.max, 0)
    }
  }

  mutating func note(_ rule: Text, _ sentence: String, advice: String = "", at span: SourceSpan?) {
    expressions.checker.note(rule, sentence, advice: advice, at: span)
  }

  /// Settings only: what requests outside of lists may name.
  var settingNames: ManifestNames { ManifestNames(settings: Set(settingLines.keys)) }

  mutating func manifest() -> ProviderManifest? {
    guard document.members != nil else { return nil }
    let engine = engine()
    let settings = (document["settings"]?.members ?? []).map { setting($0) }
    let check = document["check"].flatMap { self.check($0) }
    let lists = orderedLists()
    var kinds: [KindManifest] = []
    for member in document["kinds"]?.members ?? [] {
      if let kind = kind(member) { kinds.append(kind) }
    }
    let foundBy = foundBy(document["found by"], settings)
    guard let engine, let title = document["title"]?.text else { return nil }
    return ProviderManifest(
      title: Text(title), engine: engine, settings: settings, check: check, lists: lists, kinds: kinds, foundBy: foundBy,
      requestsPerSecond: rate())
  }

  /// `2/s`, `30/m`.
  private mutating func rate() -> Double? {
    guard let given = document["request"]?["rate"], let text = given.text else { return nil }
    let parts = text.split(separator: "/")
    let units: [Substring: Double] = ["s": 1, "m": 60, "h": 3_600]
    guard parts.count == 2, let number = Double(parts[0]), let unit = units[parts[1]], (1e-6...1e6).contains(number / unit) else {
      note("wrong-value", "`rate` must be so many requests in a time", advice: "Write it such as `2/s` or `30/m`.", at: given.span)
      return nil
    }
    return number / unit
  }

  private mutating func engine() -> ProviderManifest.Engine? {
    guard let word = document["engine"]?.text else { return .http }
    if let engine = ProviderManifest.Engine(rawValue: word) { return engine }
    if ["sql", "exec"].contains(word) {
      note(
        "not-built", "the engine `\(word)` is known and not built yet", advice: "This version runs http, git and files.",
        at: document["engine"]?.span)
    }
    return nil
  }

  private mutating func setting(_ member: Document.Member) -> SettingManifest {
    let value = member.value
    let defaults: [Template]? = value["default"].map { given in
      (given.list ?? [given]).compactMap { expressions.template($0, settingNames) }
    }
    let isSecret = value["secret"]?.boolean ?? ["token", "password"].contains(member.key)
    return SettingManifest(
      name: member.key, help: value["help"]?.text.map { Text($0) }, defaults: defaults, isSecret: isSecret,
      isMany: value["many"]?.boolean ?? false)
  }

  private mutating func check(_ document: Document) -> CheckManifest? {
    var names = settingNames
    guard let call = call(document, names: names, use: .check) else { return nil }
    names.admitsSettings = true
    let reader = expressions.template(document["reader"], names)
    let rights = expressions.reference(document["rights"], names.withoutSettings())
    return CheckManifest(call: call, reader: reader, rights: rights)
  }

  /// Lists with parents before their children; a list that leads to itself is told.
  private mutating func orderedLists() -> [ListManifest] {
    let members = document["lists"]?.members ?? []
    for member in members { parents[member.key] = forEach(member.value) }
    var order: [String] = []
    var visiting: Set<String> = []
    func visit(_ name: String, _ reading: inout ManifestReading) {
      guard !order.contains(name), let member = members.first(where: { $0.key == name }) else { return }
      guard visiting.insert(name).inserted else {
        let isTree = reading.parents[name]?.contains(name) == true
        reading.note(
          isTree ? "not-built" : "wrong-value",
          isTree
            ? "`\(name)` names itself: trees are known to the language and not built yet" : "`\(name)` is walked through to reach itself",
          advice: "Lists are walked from parents to children.", at: member.keySpan)
        return
      }
      for parent in reading.parents[name] ?? [] { visit(parent, &reading) }
      order.append(name)
    }
    for member in members { visit(member.key, &self) }
    return order.compactMap { name in
      guard let member = members.first(where: { $0.key == name }), let list = list(member) else { return nil }
      lists[name] = list
      return list
    }
  }

  /// The names after `for each`, those that are no lists noted.
  private mutating func forEach(_ document: Document) -> [String] {
    let given = document["for each"].map { $0.list ?? [$0] } ?? []
    return given.compactMap { element in
      guard let name = element.text else { return nil }
      if listNames.contains(name) { return name }
      let nearest = NearestKey.of(name, among: listNames.sorted())
      note(
        "unknown-list", "`\(name)` is no list", advice: nearest.map { "Did you mean `\($0)`?" } ?? "Lists stand under `lists`.",
        at: element.span)
      return nil
    }
  }

  /// A list's parents with all of theirs, outermost first; lists that lead to each other, which is a mistake, are followed once.
  func ancestors(of names: [String]) -> [String] {
    var found: [String] = []
    var visited: Set<String> = []
    func visit(_ name: String) {
      guard visited.insert(name).inserted else { return }
      for parent in parents[name] ?? [] { visit(parent) }
      found.append(name)
    }
    for name in names { visit(name) }
    return found
  }

  private mutating func list(_ member: Document.Member) -> ListManifest? {
    let name = Text(member.key)
    if let elements = member.value.list {
      return ListManifest(name: name, origin: .constants(elements.compactMap { expressions.template($0, settingNames) }))
    }
    if member.value.text != nil {
      return expressions.template(member.value, settingNames).map { ListManifest(name: name, origin: .constants([$0])) }
    }
    return source(member.value, called: member.key, forEach: parents[member.key] ?? []).map {
      ListManifest(name: name, origin: .source($0))
    }
  }

  mutating func kindSources(_ document: Document?, called name: String) -> [ListSource] {
    guard let document else { return [] }
    return (document.list ?? [document]).compactMap { element in
      let element = element.text == nil ? element : Document(.map([.init(key: "call", value: element)]), span: element.span)
      return source(element, called: name, forEach: forEach(element))
    }
  }
}
