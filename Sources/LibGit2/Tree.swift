/// The entries of one tree object, in git's order, which sorts a folder as if its name ended in `/`.
struct Tree {
  /// One entry, whose name stands in the tree's bytes.
  struct Entry {
    let name: Range<Int>
    let mode: EntryMode
    let id: ObjectID
  }

  let bytes: [UInt8]
  let entries: [Entry]

  /// Far beyond any folder that people make.
  private static let largest = 256 << 20

  static let empty = Tree()

  private init() { (bytes, entries) = ([], []) }

  /// Throws `missingObject`, or `corruptObject` for one that is no tree or can't be read.
  init(_ id: ObjectID, in repository: borrowing Repository) throws(GitError) {
    bytes = try repository.content(of: id, kind: .tree, limit: Self.largest)
    guard let entries = Self.entries(bytes) else { throw GitError(.corruptObject(id), message: "object \(id) is no tree that can be read") }
    self.entries = entries
  }

  /// Each is an octal mode, a space, the name, a zero byte and the 20 bytes of the object's name; nil where it isn't so.
  private static func entries(_ bytes: [UInt8]) -> [Entry]? {
    var entries: [Entry] = []
    var at = 0
    while at < bytes.count {
      var mode: UInt32 = 0
      let start = at
      while at < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(bytes[at]), at - start < 7 {
        mode = mode << 3 | UInt32(bytes[at] & 7)
        at += 1
      }
      guard at > start, at < bytes.count, bytes[at] == UInt8(ascii: " ") else { return nil }
      guard let end = bytes[(at + 1)...].firstIndex(of: 0), end > at + 1, end + 20 < bytes.count else { return nil }
      guard let id = ObjectID(bytes: bytes[(end + 1)...(end + 20)]) else { return nil }
      entries.append(Entry(name: (at + 1)..<end, mode: EntryMode(mode: mode), id: id))
      at = end + 21
    }
    return entries
  }

  func name(of entry: Entry) -> ArraySlice<UInt8> { bytes[entry.name] }

  /// The entry of a name, which git allows once: a file stands at another place of the order than a folder.
  func entry(named name: ArraySlice<UInt8>) -> Entry? {
    for mode in [EntryMode.file, .folder] {
      var (low, high) = (0, entries.count)
      while low < high {
        let middle = (low + high) / 2
        let order = TreeDiff.order(self.name(of: entries[middle]), entries[middle].mode, name, mode)
        if order == 0 { return entries[middle] }
        if order < 0 { low = middle + 1 } else { high = middle }
      }
    }
    return nil
  }

  /// The entries under their paths below a folder.
  func entries(in folder: RepositoryPath) -> [TreeEntry] { entries.map { self.entry($0, in: folder) } }

  func entry(_ entry: Entry, in folder: RepositoryPath) -> TreeEntry {
    TreeEntry(path: folder.appending(name(of: entry)), mode: entry.mode, id: entry.id)
  }
}

/// Finds entries of a tree by their paths, and keeps the trees on the way.
public struct TreeLookup {
  private let root: ObjectID
  private var trees: [ObjectID: Tree] = [:]

  public init(_ tree: ObjectID) { root = tree }

  /// The entry at a path, or nil where there is none. Throws `missingObject` or `corruptObject` for a tree on the way.
  public mutating func entry(at path: RepositoryPath, in repository: borrowing Repository) throws(GitError) -> TreeEntry? {
    var found = TreeEntry(path: .root, mode: .folder, id: root)
    for name in path.bytes.split(separator: RepositoryPath.slash, omittingEmptySubsequences: false) {
      guard found.mode == .folder else { return nil }
      let tree = try tree(found.id, in: repository)
      guard let next = tree.entry(named: name) else { return nil }
      found = tree.entry(next, in: found.path)
    }
    return found
  }

  private mutating func tree(_ id: ObjectID, in repository: borrowing Repository) throws(GitError) -> Tree {
    if let known = trees[id] { return known }
    let tree = try Tree(id, in: repository)
    trees[id] = tree
    return tree
  }
}

extension Repository {
  /// The entry at a path of a tree, or nil where there is none. Throws `missingObject` or `corruptObject` for a tree on the way.
  public func entry(at path: RepositoryPath, of tree: ObjectID) throws(GitError) -> TreeEntry? {
    var lookup = TreeLookup(tree)
    return try lookup.entry(at: path, in: self)
  }
}
