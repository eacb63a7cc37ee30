internal import CGit2
internal import Glibc

/// The entries of one tree object.
struct Tree: ~Copyable {
  private let handle: OpaquePointer

  init(_ id: ObjectID, in repository: borrowing Repository) throws(GitError) {
    var oid = id.oid
    var handle: OpaquePointer?
    let status = git_tree_lookup(&handle, repository.handle, &oid)
    guard status >= 0, let handle else { throw GitError.last(status, reading: id) }
    self.handle = handle
  }

  deinit { git_tree_free(handle) }

  var count: Int { git_tree_entrycount(handle) }

  /// The entries in git's order, which sorts a folder as if its name ended in `/`, under their paths below a folder.
  func entries(in folder: RepositoryPath) -> [TreeEntry] {
    (0..<count).compactMap { index in
      guard let entry = git_tree_entry_byindex(handle, index), let name = git_tree_entry_name(entry) else { return nil }
      let bytes = UnsafeRawBufferPointer(start: name, count: strlen(name))
      guard let id = git_tree_entry_id(entry)?.pointee else { return nil }
      return TreeEntry(path: folder.appending(bytes), mode: EntryMode(git_tree_entry_filemode(entry)), id: ObjectID(id))
    }
  }
}

extension Tree {
  /// The entry at a path from here, or nil where there is none.
  func entry(at path: RepositoryPath) throws(GitError) -> TreeEntry? {
    guard !path.bytes.isEmpty, !path.bytes.contains(0) else { return nil }
    var found: OpaquePointer?
    let status = (path.bytes + [0]).withUnsafeBytes { git_tree_entry_bypath(&found, handle, $0.bindMemory(to: CChar.self).baseAddress) }
    guard status >= 0, let found else {
      let (kind, text) = GitError.lastMessage()
      if status == GIT_ENOTFOUND.rawValue, kind == GIT_ERROR_TREE { return nil }
      guard let id = git_tree_id(handle)?.pointee else { throw GitError(.other(status), message: text) }
      throw GitError.last(status, reading: ObjectID(id))
    }
    defer { git_tree_entry_free(found) }
    guard let id = git_tree_entry_id(found)?.pointee else { return nil }
    return TreeEntry(path: path, mode: EntryMode(git_tree_entry_filemode(found)), id: ObjectID(id))
  }
}

extension Repository {
  /// The entry at a path of a tree, or nil where there is none. Throws `missingObject` or `corruptObject` for a tree on the way.
  public func entry(at path: RepositoryPath, of tree: ObjectID) throws(GitError) -> TreeEntry? {
    try Tree(tree, in: self).entry(at: path)
  }
}
