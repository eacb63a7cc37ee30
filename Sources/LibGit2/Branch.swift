internal import CGit2

extension Repository {
  /// The commit that a local branch names, or nil where there is none of that name.
  public func branchTip(_ name: String) throws(GitError) -> ObjectID? {
    var id = git_oid()
    let status = git_reference_name_to_id(&id, handle, Self.reference(name))
    if status == GIT_ENOTFOUND.rawValue { return nil }
    guard status >= 0 else { throw GitError.last(status) }
    return ObjectID(id)
  }

  /// Whether a name can be a branch's (git-check-ref-format(1)).
  public static func isBranchName(_ name: String) -> Bool {
    var isValid: Int32 = 0
    return git_reference_name_is_valid(&isValid, reference(name)) >= 0 && isValid == 1 && !name.hasPrefix("-") && !name.utf8.contains(0x7F)
  }

  /// Whether a local branch is checked out here or in a linked work tree.
  public func isCheckedOut(_ name: String) -> Bool {
    var reference: OpaquePointer?
    guard git_reference_lookup(&reference, handle, Self.reference(name)) >= 0, let reference else {
      // A branch without a commit is checked out where HEAD names it.
      var head: OpaquePointer?
      guard git_reference_lookup(&head, handle, "HEAD") >= 0, let head else { return false }
      defer { git_reference_free(head) }
      return git_reference_symbolic_target(head).map { String(cString: $0) } == Self.reference(name)
    }
    defer { git_reference_free(reference) }
    return git_branch_is_checked_out(reference) == 1
  }

  /// Makes a commit without any reference to it. No hook runs and nothing is signed.
  public func makeCommit(tree: ObjectID, parent: ObjectID, message: String, author: (name: String, email: String)) throws(GitError)
    -> ObjectID
  {
    var signature: UnsafeMutablePointer<git_signature>?
    let signed = git_signature_now(&signature, author.name, author.email)
    guard signed >= 0, let signature else { throw GitError.last(signed) }
    defer { git_signature_free(signature) }
    var (treeID, parentID) = (tree.oid, parent.oid)
    var (treeHandle, parentHandle) = (OpaquePointer?.none, OpaquePointer?.none)
    let found = git_tree_lookup(&treeHandle, handle, &treeID)
    guard found >= 0, let treeHandle else { throw GitError.last(found, reading: tree) }
    defer { git_tree_free(treeHandle) }
    let looked = git_commit_lookup(&parentHandle, handle, &parentID)
    guard looked >= 0, let parentHandle else { throw GitError.last(looked, reading: parent) }
    defer { git_commit_free(parentHandle) }
    var made = git_oid()
    var parents: [OpaquePointer?] = [parentHandle]
    let status = parents.withUnsafeMutableBufferPointer {
      git_commit_create(&made, handle, nil, signature, signature, "UTF-8", message, treeHandle, 1, $0.baseAddress)
    }
    guard status >= 0 else { throw GitError.last(status) }
    return ObjectID(made)
  }

  /// Lets a local branch name a commit, if it still names `expected`; nil makes it, where none of the name is there.
  ///
  /// Throws `other` where somebody else was faster.
  public func setBranch(_ name: String, to id: ObjectID, from expected: ObjectID?, reason: String) throws(GitError) {
    var (new, reference) = (id.oid, OpaquePointer?.none)
    let status: Int32
    if var old = expected?.oid {
      status = git_reference_create_matching(&reference, handle, Self.reference(name), &new, 1, &old, reason)
    } else {
      status = git_reference_create(&reference, handle, Self.reference(name), &new, 0, reason)
    }
    guard status >= 0 else { throw GitError.last(status) }
    git_reference_free(reference)
  }

  /// A commit's whole message.
  public func message(of id: ObjectID) throws(GitError) -> String {
    var (oid, handle) = (id.oid, OpaquePointer?.none)
    let status = git_commit_lookup(&handle, self.handle, &oid)
    guard status >= 0, let handle else { throw GitError.last(status, reading: id) }
    defer { git_commit_free(handle) }
    return git_commit_message(handle).map { String(cString: $0) } ?? ""
  }

  /// The name and address that the user's git configuration gives; the repository's own goes before the others.
  ///
  /// - Parameter files: The machine's and the user's, the machine's first.
  public func identity(files: [String]) -> (name: String, email: String)? {
    func last(_ setting: String) -> String? {
      if let own = try? ConfigurationFile(of: handle), let value = own.values(of: setting).last { return value }
      return files.reversed().lazy.compactMap { path in (try? ConfigurationFile(path: path))?.values(of: setting).last }.first
    }
    guard let name = last("user.name"), let email = last("user.email"), !name.isEmpty, !email.isEmpty else { return nil }
    return (name, email)
  }

  private static func reference(_ branch: String) -> String { "refs/heads/\(branch)" }
}
