internal import CGit2

extension Repository {
  /// The content of a blob, of at most `limit` bytes.
  ///
  /// The size is asked for before anything is inflated. Throws `missingObject`, `corruptObject` or `tooLarge`.
  public func blob(_ id: ObjectID, limit: Int) throws(GitError) -> [UInt8] {
    var oid = id.oid
    var size = 0
    var kind = GIT_OBJECT_INVALID
    let known = git_odb_read_header(&size, &kind, database, &oid)
    guard known >= 0 else { throw GitError.last(known, reading: id) }
    guard kind == GIT_OBJECT_BLOB else { throw GitError(.corruptObject(id), message: "object \(id) is not a blob") }
    guard size <= limit else {
      throw GitError(.tooLarge(id, size: size, limit: limit), message: "object \(id) has \(size) bytes, more than \(limit)")
    }
    var object: OpaquePointer?
    let read = git_odb_read(&object, database, &oid)
    guard read >= 0, let object else { throw GitError.last(read, reading: id) }
    defer { git_odb_object_free(object) }
    guard let data = git_odb_object_data(object) else { return [] }
    return Array(UnsafeRawBufferPointer(start: data, count: git_odb_object_size(object)))
  }
}
