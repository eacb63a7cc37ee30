extension Repository {
  /// The content of a blob, of at most `limit` bytes.
  ///
  /// The size is asked for before anything is inflated. Throws `missingObject`, `corruptObject` or `tooLarge`.
  public func blob(_ id: ObjectID, limit: Int) throws(GitError) -> [UInt8] { try content(of: id, kind: .blob, limit: limit) }
}
