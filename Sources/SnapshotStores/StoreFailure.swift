internal import Glibc
internal import LibSQLite
internal import SideEffects

extension Failure {
  /// What an error of SQLite means for a store, and what to do about it.
  ///
  /// The rules are `store-busy`, `store-damaged`, `store-unwritable`, `store-full` and `store-failed`.
  init(_ error: SQLiteError, file: String) {
    let (rule, advice): (Text, String) =
      switch error.reason {
      case .busy: ("store-busy", "Wait until the other process has ended, and try again.")
      case .notADatabase: ("store-damaged", "Choose another folder for the store, or put the store's file back from a backup.")
      // Our statements are right, so one that fits no table has met tables that are none of ours.
      case .damaged, .constraint, .other(1):
        (
          "store-damaged",
          "Put the store's file back from a backup, or move it away and `import` the copies of its snapshots into a new store."
        )
      case .readOnly, .cannotOpen:
        (
          "store-unwritable",
          "Make the folder and its files writable for the user who runs this, choose another, or copy it to where it can be written."
        )
      case .full: ("store-full", "Make room on the device, or remove snapshots with `audit-residue forget`.")
      case .inputOutput: ("store-failed", "Check the device, and the limit on the size of files (ulimit -f).")
      case .other: ("store-failed", "Check the device and the file.")
      }
    self.init(rule, "\(error)", advice: advice, place: .file(Text(file), line: 0, column: 0))
  }

  /// Runs something of SQLite's, and turns its error into one of the store's.
  static func mapping<Result: ~Copyable>(_ file: String, _ body: () throws(SQLiteError) -> Result) throws(Failure) -> Result {
    do throws(SQLiteError) {
      return try body()
    } catch {
      throw Failure(error, file: file)
    }
  }

  /// What the system's own error number means for a file or folder of a store.
  init(system number: Int32, _ deed: String, _ path: String) {
    let advice: String
    let rule: Text
    switch number {
    case ENOSPC, EDQUOT, EFBIG: (rule, advice) = ("store-full", "Make room on the device.")
    case EACCES, EPERM, EROFS:
      (rule, advice) = ("store-unwritable", "Make it writable for the user who runs this, or choose another place.")
    default: (rule, advice) = ("store-failed", "Check the path and the device.")
    }
    self.init(rule, "can't \(deed): \(String(cString: strerror(number)))", advice: advice, place: .file(Text(path), line: 0, column: 0))
  }
}
