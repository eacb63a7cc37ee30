internal import Documents
internal import LibGit2
internal import SideEffects

/// What is kept of a look at a tree so that the next one reads less: which files held something, and how many held nothing.
///
/// What stands in the files is not kept here: those that held something are read again, unless the newest snapshot has it.
struct RepositoryNotes: Equatable, Sendable {
  /// The tree that was looked at.
  let tree: ObjectID
  /// The revision as the observation keeps it.
  let revision: Text
  /// For each kind how many resources the observation holds.
  var items: [Text: Int]
  /// For each kind how many of the files that it reads held nothing.
  var empty: [Text: Int]
  /// All other files that the watch wants, those that could not be read among them.
  var full: Set<Text>
  /// Those of them whose flags are not all in the observation: what can't be read, and flags that stand in two files.
  var again: Set<Text>
  /// The `.gitattributes` files of the tree.
  var attributeFiles: Set<Text>
  /// The symbolic links that the watch's files fit, and where they point to.
  var links: [Text: [UInt8]]
  var leftOutFolders: [LeftOut]
  /// For each kind what stands in files that are left out.
  var leftOut: [Text: [LeftOut]]
  /// The tree whose files were not searched where they are left out by name; nil where all were.
  var leftOutSince: ObjectID?

  /// The keys under which the notes of a watch are kept: all that decides which files it reads and what counts as something. Watches
  /// of other references of the repository have one in common.
  static func keys(for watch: Watch, asked: Asked) -> (own: Digest, ofAll: Digest) {
    var parts = [watch.provider.digest.description] + watch.kinds.map(\.name.string)
    for (name, value) in asked.settings.sorted(by: { $0.key < $1.key }) { parts += [name.string, value.string] }
    let moment = ["ref", "repository"]
    if watch.provider.manifest.finds(by: Set(moment)) { parts += moment.map { watch.settings[$0].map { "\($0)" } ?? "" } }
    func key(_ parts: [String]) -> Digest { Digest(of: parts.map { "\($0.utf8.count):\($0)" }.joined().utf8) }
    return (own: key(parts + [watch.name.string]), ofAll: key(parts))
  }
}

extension RepositoryNotes {
  func json() -> [UInt8] {
    func texts(_ texts: Set<Text>) -> Document { Document(.list(texts.sorted().map { Document(.text($0.string)) })) }
    func counts(_ counts: [Text: Int]) -> Document {
      Document(.map(counts.map { .init(key: $0.key.string, value: Document(.number(String($0.value)))) }))
    }
    func all(_ leftOut: [LeftOut]) -> Document { Document(.list(leftOut.map(LeftOutRecord.document))) }
    return JSONWriter(.canonical).write(
      Document(
        .map([
          .init(key: "tree", value: Document(.text(tree.description))),
          .init(key: "revision", value: Document(.text(revision.string))), .init(key: "items", value: counts(items)),
          .init(key: "empty", value: counts(empty)), .init(key: "full", value: texts(full)), .init(key: "again", value: texts(again)),
          .init(key: "attributeFiles", value: texts(attributeFiles)),
          .init(key: "links", value: Document(.map(links.map { .init(key: $0.key.string, value: Document(.text(Self.text($0.value)))) }))),
          .init(key: "leftOutFolders", value: all(leftOutFolders)),
          .init(key: "leftOut", value: Document(.map(leftOut.map { .init(key: $0.key.string, value: all($0.value)) }))),
          .init(key: "leftOutSince", value: Document(leftOutSince.map { .text($0.description) } ?? .null)),
        ])))
  }

  /// Nil for what is not understood.
  init?(json: [UInt8]) {
    func texts(_ document: Document?) -> Set<Text>? {
      guard let list = document?.list else { return nil }
      let texts = Set(list.lazy.compactMap(\.text).map { Text($0) })
      return texts.count == list.count ? texts : nil
    }
    func counts(_ document: Document?) -> [Text: Int]? {
      guard let members = document?.members else { return nil }
      var counts: [Text: Int] = [:]
      for member in members {
        guard let count = member.value.number.flatMap({ Int($0) }), count >= 0 else { return nil }
        counts[Text(member.key)] = count
      }
      return counts
    }
    func all(_ document: Document?) -> [LeftOut]? {
      guard let list = document?.list else { return nil }
      let all = list.compactMap { try? LeftOutRecord.leftOut(from: $0, name: "leftOut") }
      return all.count == list.count ? all : nil
    }
    guard let document = try? DocumentFormat.json.read(json, limits: Self.limits).first,
      let tree = document["tree"]?.text.flatMap({ ObjectID($0) }), let full = texts(document["full"]),
      let again = texts(document["again"]), let revision = document["revision"]?.text, let items = counts(document["items"]),
      let attributeFiles = texts(document["attributeFiles"]), let folders = all(document["leftOutFolders"]),
      let empty = counts(document["empty"]), let links = document["links"]?.members, let leftOut = document["leftOut"]?.members
    else { return nil }
    self.init(
      tree: tree, revision: Text(revision), items: items, empty: empty, full: full, again: again, attributeFiles: attributeFiles,
      links: [:], leftOutFolders: folders, leftOut: [:])
    if let since = document["leftOutSince"]?.text {
      guard let tree = ObjectID(since) else { return nil }
      leftOutSince = tree
    }
    for member in links {
      guard let target = member.value.text else { return nil }
      self.links[Text(member.key)] = Array(target.utf8)
    }
    for member in leftOut {
      guard let paths = all(member.value) else { return nil }
      self.leftOut[Text(member.key)] = paths
    }
  }

  /// Where a link leads whose target is no text is out of the repository, whatever it is.
  private static func text(_ target: [UInt8]) -> String { String(validating: target, as: UTF8.self) ?? "/" }

  private static let limits = DocumentLimits(bytes: 1 << 28, depth: 8, nodes: 10_000_000, allowsAliases: false)
}
