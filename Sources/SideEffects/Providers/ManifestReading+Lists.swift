import Documents
import LibPCRE2

extension ManifestReading {
  /// One list: a call, files, or something inside a parent's item.
  mutating func source(_ document: Document, called name: String, forEach: [String]) -> ListSource? {
    guard document.members != nil else { return nil }
    let ancestors = ancestors(of: forEach)
    var names = settingNames
    names.lists = Set(ancestors)
    names.lets = lets(of: ancestors)
    names.hasDetail = document["detail"] != nil
    guard let (from, path) = origin(document, called: name, ancestors: ancestors, names) else { return nil }
    let items = itemsSetting(document, from) ?? .path(path)
    let condition = expressions.condition(document["where"], names)
    let lets = expressions.fields(document["let"], names).map { (name: Text($0.name), template: $0.value) }
    names.lets.formUnion(lets.map(\.name.string))
    let id = expressions.template(document["id"], names.withoutSettings())
    let label = expressions.template(document["name"], names.withoutSettings())
    let detail = document["detail"].flatMap { given -> DetailManifest? in
      guard let call = call(given, names: names, use: .detail) else { return nil }
      return DetailManifest(call: call, items: expressions.path(given["items"]) ?? .itself)
    }
    return ListSource(
      forEach: ancestors.map { Text($0) }, from: from, items: items, condition: condition, lets: lets, detail: detail, id: id, label: label,
      line: document.span?.start.line ?? 0)
  }

  /// `items: "{path}"`: the user says where the items are in files.
  private func itemsSetting(_ document: Document, _ from: ListSource.From) -> ListSource.Items? {
    guard case .files = from else { return nil }
    return setting(alone: document["items"]).map { .setting($0) }
  }

  /// The setting that is all there is: `{path}`.
  private func setting(alone document: Document?) -> Text? {
    guard let text = document?.text, text.hasPrefix("{"), text.hasSuffix("}") else { return nil }
    let name = String(text.dropFirst().dropLast())
    return settingLines[name] == nil ? nil : Text(name)
  }

  /// The path after `items` of files; where it is a setting, that is looked at elsewhere.
  private mutating func fileItems(_ document: Document) -> DocumentPath {
    guard let items = document["items"], items.text?.hasPrefix("{") != true else { return .itself }
    return expressions.path(items) ?? .itself
  }

  /// The `let` names of all lists on the way.
  func lets(of ancestors: [String]) -> Set<String> {
    Set(
      ancestors.flatMap { (name) -> [String] in
        guard case .source(let source)? = lists[name]?.origin else { return [] }
        return source.lets.map(\.name.string)
      })
  }

  private mutating func origin(_ document: Document, called name: String, ancestors: [String], _ names: ManifestNames) -> (
    ListSource.From, DocumentPath
  )? {
    if let globs = document["files"] { return files(globs, in: document, called: name, names) }
    if document["call"] != nil { return called(document, name, names) }
    guard let items = document["items"], let reference = expressions.reference(items, names.withoutSettings()) else {
      if document["items"] == nil {
        note(
          "missing-key", "`\(name)` says neither how it is called nor where it stands",
          advice: "Add `call`, `files`, or `items` that begin with a list's name.", at: document.span)
      }
      return nil
    }
    guard case .list(let parent) = reference.root else {
      note(
        "wrong-value", "`items: \(reference.text)` has no call and doesn't begin with the name of a list",
        advice: "Walked through here: \(ancestors.joined(separator: ", ")).", at: items.span)
      return nil
    }
    guard document["pattern"] != nil else { return (.parent(parent), reference.path) }
    return pattern(document).map { (.text(parent, reference.path, $0), .itself) }
  }

  private mutating func called(_ document: Document, _ name: String, _ names: ManifestNames) -> (ListSource.From, DocumentPath)? {
    let pages = document["pages"] ?? self.document["request"]?["pages"]
    if pages == nil {
      note(
        "no-pages", "`\(name)` does not say how its list pages",
        advice: "Write `pages: none` if one answer always holds everything, else link, next, cursor, page or offset.", at: document.span)
    }
    let path = document["items"] == nil ? DocumentPath(steps: [.everyElement], text: "[*]") : expressions.path(document["items"])
    guard let call = call(document, names: names, use: .list), let path else { return nil }
    if path.isOptional, call.ok == nil, call.paging.total == nil {
      note(
        "unproven-absence", "`items: \"\(path.text)\"` lets the list be absent, but nothing proves whose answer it is",
        advice: "Add `ok`, such as `ok: {header.revision: {not: null}}`, or `total`.", at: document["items"]?.span)
    }
    return (.call(call), path)
  }

  private mutating func files(_ globs: Document, in document: Document, called name: String, _ names: ManifestNames) -> (
    ListSource.From, DocumentPath
  )? {
    let templates = (globs.list ?? [globs]).compactMap { expressions.template($0, names) }
    if document["pattern"] != nil {
      return pattern(document).map { (.files(FilesManifest(globs: templates, read: .pattern($0))), .itself) }
    }
    guard let word = document["read"]?.text else {
      note(
        "missing-key", "`\(name)` names files and not how they are read", advice: "Add `read` with a format, or `pattern`.", at: globs.span)
      return nil
    }
    if word == "suffix" { return (.files(FilesManifest(globs: templates, read: .suffix)), fileItems(document)) }
    if word == "x509" { return (.files(FilesManifest(globs: templates, read: .certificates)), fileItems(document)) }
    if word == "private-key" { return (.files(FilesManifest(globs: templates, read: .privateKeys)), fileItems(document)) }
    guard let format = DocumentFormat(rawValue: word) else {
      if word == "lines" {
        note(
          "not-built", "`read: \(word)` is known to the language and not built yet",
          advice: "This version reads yaml, json, toml, properties, dotenv, ini, x509 and private-key.", at: document["read"]?.span)
      }
      return nil
    }
    return (.files(FilesManifest(globs: templates, read: .format(format))), fileItems(document))
  }

  private mutating func pattern(_ document: Document) -> PatternManifest? {
    let newest = document["newest"]?.text
    if let name = setting(alone: document["pattern"]) {
      if newest != nil {
        note("wrong-form", "`newest` needs a pattern that stands in the manifest itself", at: document["newest"]?.span)
      }
      return PatternManifest(pattern: .setting(name), newest: nil)
    }
    if let text = document["pattern"]?.text, let name = settingLines.keys.sorted().first(where: { text.contains("{\($0)}") }) {
      note(
        "wrong-value", "the pattern holds `{\(name)}`, which is a setting, and a setting can only be the whole of it",
        advice: "Write `pattern: \"{\(name)}\"`, or name the capture or repetition in another way.", at: document["pattern"]?.span)
    }
    guard let pattern = expressions.pattern(document["pattern"]) else { return nil }
    if let newest, !pattern.captureNames.contains(newest) {
      let nearest = NearestKey.of(newest, among: pattern.captureNames)
      note(
        "wrong-value", "`newest: \(newest)` is no capture of the pattern",
        advice: nearest.map { "Did you mean `\($0)`?" } ?? "Name one with `(?<\(newest)>…)`.", at: document["newest"]?.span)
    }
    return PatternManifest(pattern: .manifest(pattern), newest: newest)
  }
}
