internal import LibGit2
internal import SideEffects

/// Lists the files of a tree, an index or a work tree that a watch wants.
struct RepositoryLister {
  private let walk: FileWalk
  private var sorter: RepositoryPathSorter
  private var attributes = AttributeRules()
  /// What the attributes say of copies; nil where it is to be made of them.
  private var copies: AttributeRules?
  private var attributeFiles: Set<Text> = []

  /// The largest `.gitattributes` file and link that are read, in bytes.
  private static let largestAttributes = 1 << 20
  private static let largestLink = 4_096
  /// More lines about copies are taken for an attack: each is tried on each file.
  private static let mostCopies = 10_000
  private static let copiesAttribute = "linguist-vendored"
  static let attributesName = Array(".gitattributes".utf8)

  init(walk: FileWalk) {
    self.walk = walk
    sorter = RepositoryPathSorter(for: walk)
  }

  /// Whether a file is left out because the attributes that were read call it a copy of another project.
  mutating func leavesOutAsCopy(_ path: String) -> Bool { Self.isCopy(path, decidedCopies()) }

  private static func isCopy(_ path: String, _ rules: AttributeRules) -> Bool {
    rules.count > 0 && rules.state(of: copiesAttribute, for: RepositoryPath(path)).isTrue
  }

  private mutating func decidedCopies() -> AttributeRules {
    if let copies { return copies }
    var rules = walk.includesVendored ? AttributeRules() : attributes.deciding(Self.copiesAttribute)
    if rules.count > Self.mostCopies {
      sorter.note(
        .folder, [], "attributes-unreadable",
        "the attributes say in more than \(Self.mostCopies) lines which files are copies of other projects, and none of them is heeded",
        "Shorten .gitattributes, or set `vendored`.")
      rules = AttributeRules()
    }
    copies = rules
    return rules
  }

  /// - Parameter isThere: Whether there is a file at a path, where not all files were added; nil where all were.
  consuming func listing(isThere: (String) -> Bool? = { _ in nil }) -> RepositoryListing {
    let (copies, attributeFiles) = (decidedCopies(), attributeFiles)
    var listing = sorter.listing(leavesOutAsCopy: { Self.isCopy($0, copies) }, isThere: isThere)
    listing.attributeFiles = attributeFiles
    return listing
  }

  mutating func add(treeOf state: RepositoryState, in repository: borrowing Repository) throws(GitError) {
    guard let tree = state.tree.flatMap({ ObjectID($0) }) else { return }
    let walk = walk
    var entries = TreeWalk(tree) { !walk.mayFit(below: $0.text) }
    while let step = try entries.next(in: repository) {
      switch step {
      case .entry(let entry): add(entry.path, entry.mode, entry.id, in: repository)
      case .unreadable(let path, _) where leavesOut(below: path): continue
      case .unreadable(let path, let error): note(.folder, path, error.diagnostic(ofFile: path.description))
      }
    }
  }

  mutating func add(indexOf repository: borrowing Repository) throws(GitError) {
    var conflict: RepositoryPath?
    for entry in try repository.indexEntries() where !entry.isIntentOnly {
      guard entry.stage == 0 else {
        // Its stages, of which any may be missing, follow one another.
        defer { conflict = entry.path }
        if entry.path != conflict, sorter.wants(entry.path.bytes) {
          sorter.note(
            .file(entry.path.text), entry.path.bytes, "merge-conflict", "the file has a merge conflict", "Resolve it first.")
        }
        continue
      }
      add(entry.path, entry.mode, entry.id, in: repository)
    }
  }

  mutating func add(_ workTree: borrowing WorkTree, of repository: borrowing Repository) throws(GitError) {
    let walk = walk
    let listing = try repository.list(workTree) { !walk.mayFit(below: $0.text) }
    for (path, error) in listing.unreadable where !leavesOut(below: path) {
      note(.folder, path, error.diagnostic(ofFile: path.description))
    }
    add(ignoredIn: workTree, besides: listing)
    for path in listing.ignoredFolders { sorter.leaveOut(folder: path.bytes, .ignored) }
    let named = Set(walk.namedFiles.map { RepositoryPath($0) })
    for path in listing.ignoredFiles where !named.contains(path) { sorter.leaveOut(ignored: path.bytes) }
    for path in listing.repositories { sorter.add(path.bytes, inPlaceOfFolder: .repository) }
    for file in listing.files {
      switch file.content {
      case .blob(let id, let mode): add(file.path, mode, id, in: repository)
      case .file:
        if file.path.name.elementsEqual(Self.attributesName) {
          read(attributesAt: file.path) { () throws(WorkTreeError) in try workTree.read(file.path, limit: Self.largestAttributes) }
        }
        sorter.take(file.path.bytes, .workTree)
      case .link:
        sorter.add(file.path.bytes, inPlaceOfFolder: .link)
        if sorter.wants(file.path.bytes) { sorter.add(file.path.bytes, .link(to: (try? workTree.target(ofLink: file.path)) ?? [])) }
      }
    }
  }

  /// Adds files that the watch names and that the repository ignores, as many a `.env` is.
  private mutating func add(ignoredIn workTree: borrowing WorkTree, besides listing: WorkTreeListing) {
    let listed = Set(listing.files.map(\.path))
    for path in walk.namedFiles.map({ RepositoryPath($0) }) where !listed.contains(path) {
      if listing.repositories.contains(where: { path.bytes.starts(with: $0.bytes + [UInt8(ascii: "/")]) }) { continue }
      do throws(WorkTreeError) { _ = try workTree.read(path, limit: 0) } catch {
        // That it holds something is no reason not to read it; why it can't be read is said when it is.
        if error.code == .missing { continue }
        if error.code == .link {
          sorter.add(path.bytes, .link(to: []))
          continue
        }
      }
      sorter.add(path.bytes, .file(.workTree))
    }
  }

  /// Adds a symbolic link that was seen before.
  mutating func add(link path: String, to target: [UInt8]) { sorter.add(Array(path.utf8), .link(to: target)) }

  /// Adds an entry whose content is in an object.
  mutating func add(_ path: RepositoryPath, _ mode: EntryMode, _ id: ObjectID, in repository: borrowing Repository) {
    switch mode {
    case .file, .executable:
      if path.name.elementsEqual(Self.attributesName) { read(attributesAt: path, id, in: repository) }
      sorter.take(path.bytes, .blob(id))
    case .link:
      sorter.add(path.bytes, inPlaceOfFolder: .link)
      if sorter.wants(path.bytes) { sorter.add(path.bytes, .link(to: (try? repository.blob(id, limit: Self.largestLink)) ?? [])) }
    case .submodule: sorter.add(path.bytes, inPlaceOfFolder: .repository)
    case .folder: break
    }
  }

  /// Reads what a folder's `.gitattributes` says, whose blob is known.
  mutating func read(attributesAt path: RepositoryPath, _ id: ObjectID, in repository: borrowing Repository) {
    read(attributesAt: path) { () throws(GitError) in try repository.blob(id, limit: Self.largestAttributes) }
  }

  private func leavesOut(below path: RepositoryPath) -> Bool { walk.leavesOut(below: path.text) }

  private mutating func read<Problem: Error>(attributesAt path: RepositoryPath, _ content: () throws(Problem) -> [UInt8]) {
    if leavesOut(below: path) { return }
    attributeFiles.insert(Text(path.text))
    copies = nil
    do { attributes.add(try content(), in: path.folder ?? .root) } catch {
      sorter.note(
        .folder, path.bytes, "attributes-unreadable",
        "the attributes can't be read, which may say that files are copies of other projects: \(error)",
        "Mend the file.")
    }
  }

  private mutating func note(_ extent: RepositoryListing.Gap.Extent, _ path: RepositoryPath, _ because: Diagnostic) {
    sorter.note(extent, path.bytes, because.rule, because.sentence.string, because.advice.string)
  }
}
