internal import LibGit2
internal import SideEffects

/// Lists the files of a tree, an index or a work tree that a watch wants.
struct RepositoryLister {
  private let walk: FileWalk
  private var sorter: RepositoryPathSorter
  private var attributes = AttributeRules()

  /// The largest `.gitattributes` file and link that are read, in bytes.
  private static let largestAttributes = 1 << 20
  private static let largestLink = 4_096
  private static let attributesName = Array(".gitattributes".utf8)

  init(walk: FileWalk) {
    self.walk = walk
    sorter = RepositoryPathSorter(for: walk)
  }

  consuming func listing() -> RepositoryListing {
    let attributes = attributes
    return sorter.listing { path in attributes.state(of: "linguist-vendored", for: RepositoryPath(path)).isTrue }
  }

  mutating func add(treeOf state: RepositoryState, in repository: borrowing Repository) throws(GitError) {
    guard let tree = state.tree.flatMap({ ObjectID($0) }) else { return }
    let walk = walk
    var entries = TreeWalk(tree) { !walk.mayRead(below: String(decoding: $0.bytes, as: UTF8.self)) }
    while let step = try entries.next(in: repository) {
      switch step {
      case .entry(let entry): add(entry.path, entry.mode, entry.id, in: repository)
      case .unreadable(let path, let error): note(error.diagnostic(ofFile: path.description), path)
      }
    }
  }

  mutating func add(indexOf repository: borrowing Repository) throws(GitError) {
    for entry in try repository.indexEntries() where !entry.isIntentOnly {
      guard entry.stage == 0 else {
        if entry.stage == 2, sorter.wants(entry.path.bytes) {
          sorter.note(entry.path.description, "merge-conflict", "the file has a merge conflict", "Resolve it first.")
        }
        continue
      }
      add(entry.path, entry.mode, entry.id, in: repository)
    }
  }

  mutating func add(_ workTree: borrowing WorkTree, of repository: borrowing Repository) throws(GitError) {
    let walk = walk
    let listing = try repository.list(workTree) { !walk.mayRead(below: String(decoding: $0.bytes, as: UTF8.self)) }
    for (path, error) in listing.unreadable { note(error.diagnostic(ofFile: path.description), path) }
    for file in listing.files {
      switch file.content {
      case .blob(let id): add(file.path, .file, id, in: repository)
      case .file:
        if file.path.name.elementsEqual(Self.attributesName) {
          read(attributesAt: file.path) { () throws(WorkTreeError) in try workTree.read(file.path, limit: Self.largestAttributes) }
        }
        if sorter.wants(file.path.bytes) { sorter.add(file.path.bytes, .file(.workTree)) }
      case .link:
        if sorter.wants(file.path.bytes) { sorter.add(file.path.bytes, .link(to: (try? workTree.target(ofLink: file.path)) ?? [])) }
      }
    }
  }

  /// Adds an entry whose content is in an object.
  private mutating func add(_ path: RepositoryPath, _ mode: EntryMode, _ id: ObjectID, in repository: borrowing Repository) {
    switch mode {
    case .file, .executable:
      if path.name.elementsEqual(Self.attributesName) {
        read(attributesAt: path) { () throws(GitError) in try repository.blob(id, limit: Self.largestAttributes) }
      }
      if sorter.wants(path.bytes) { sorter.add(path.bytes, .file(.blob(id.description))) }
    case .link:
      if sorter.wants(path.bytes) { sorter.add(path.bytes, .link(to: (try? repository.blob(id, limit: Self.largestLink)) ?? [])) }
    // Another repository's files are no part of this one.
    case .submodule, .folder: break
    }
  }

  private mutating func read<Problem: Error>(attributesAt path: RepositoryPath, _ content: () throws(Problem) -> [UInt8]) {
    do { attributes.add(try content(), in: path.folder ?? .root) } catch {
      sorter.note(
        path.description, "attributes-unreadable", "the attributes can't be read, which may say that files are copies of other projects: \(error)",
        "Mend the file.")
    }
  }

  private mutating func note(_ diagnostic: Diagnostic, _ path: RepositoryPath) {
    sorter.note(path.description, diagnostic.rule, diagnostic.sentence.string, diagnostic.advice.string)
  }
}
