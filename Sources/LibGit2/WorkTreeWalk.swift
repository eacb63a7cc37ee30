/// The walk through a work tree's folders that makes its listing.
struct WorkTreeWalk {
  private struct Folder {
    let path: RepositoryPath
    let rules: IgnoreRules
    /// Whether the folder is ignored and only walked for the tracked files in it.
    let isIgnored: Bool
  }

  private(set) var listing = WorkTreeListing()
  private var tracked: [RepositoryPath: IndexEntry] = [:]
  private var trackedFolders: Set<RepositoryPath> = []
  private var pending: [Folder]
  private var seen = 0
  private let limits: TreeWalk.Limits

  private static let largestIgnoreFile = 16 << 20

  init(index: [IndexEntry], excluded: [UInt8], limits: TreeWalk.Limits) {
    self.limits = limits
    for entry in index {
      tracked[entry.path] = entry
      var folder = entry.path.folder
      while let path = folder, trackedFolders.insert(path).inserted { folder = path.folder }
    }
    var rules = IgnoreRules()
    rules.add(excluded, in: .root)
    pending = [Folder(path: .root, rules: rules, isIgnored: false)]
  }

  mutating func run(through workTree: borrowing WorkTree, prune: (RepositoryPath) -> Bool) throws(GitError) {
    while let folder = pending.popLast() {
      if folder.path != .root, prune(folder.path) { continue }
      do {
        try list(folder, of: workTree)
      } catch {
        listing.unreadable.append((folder.path, error))
      }
      guard seen <= limits.entries else {
        throw GitError(.limitReached(limits.entries), message: "the work tree has more than \(limits.entries) entries")
      }
    }
    let found = Set(listing.files.map(\.path))
    for entry in tracked.values where entry.isSkippedInWorkTree && !found.contains(entry.path) {
      guard entry.mode != .submodule else {
        listing.repositories.append(entry.path)
        continue
      }
      listing.files.append(WorkTreeFile(path: entry.path, content: .blob(entry.id, entry.mode), isTracked: true))
    }
    listing.files.sort { $0.path < $1.path }
    listing.unreadable.sort { $0.path < $1.path }
    listing.repositories.sort()
    listing.ignoredFiles.sort()
    listing.ignoredFolders.sort()
  }

  private mutating func list(_ folder: Folder, of workTree: borrowing WorkTree) throws(WorkTreeError) {
    guard folder.path.bytes.count <= limits.pathLength else { throw WorkTreeError(.limitReached(limits.pathLength)) }
    let names = try workTree.names(in: folder.path)
    seen += names.count
    // Another repository: its files are its own business, unless they are tracked here.
    let isRoot = folder.path == .root
    if !isRoot, !trackedFolders.contains(folder.path), names.contains(where: { $0.name.elementsEqual(".git".utf8) }) {
      listing.repositories.append(folder.path)
      return
    }
    let rules = rules(of: folder, names, in: workTree)
    for (name, kind) in names where !name.elementsEqual(".git".utf8) {
      let path = folder.path.appending(name)
      let isIgnored = folder.isIgnored || rules.ignore(path, isFolder: kind == .folder)
      switch kind {
      case .folder:
        if tracked[path]?.mode == .submodule {
          listing.repositories.append(path)
          continue
        }
        if !isIgnored || trackedFolders.contains(path) {
          pending.append(Folder(path: path, rules: rules, isIgnored: isIgnored))
        } else {
          listing.ignoredFolders.append(path)
        }
      case .file, .link:
        let isTracked = tracked[path] != nil
        if isTracked || !isIgnored {
          listing.files.append(WorkTreeFile(path: path, content: kind == .file ? .file : .link, isTracked: isTracked))
        } else {
          listing.ignoredFiles.append(path)
        }
      case .other: continue
      case .unknown(let error): listing.unreadable.append((path, error))
      }
    }
  }

  /// The folder's rules with those of its own `.gitignore`, which git reads only where it is a regular file.
  private mutating func rules(
    of folder: Folder, _ names: [(name: [UInt8], kind: WorkTree.Kind)], in workTree: borrowing WorkTree
  ) -> IgnoreRules {
    var rules = folder.rules
    guard names.contains(where: { $0.kind == .file && $0.name.elementsEqual(".gitignore".utf8) }) else { return rules }
    let path = folder.path.appending(".gitignore".utf8)
    do {
      rules.add(try workTree.read(path, limit: Self.largestIgnoreFile), in: folder.path)
    } catch {
      listing.unreadable.append((path, error))
    }
    return rules
  }
}
