/// A transaction that has the write lock: it is rolled back when it goes out of scope, unless it was committed before.
public struct Transaction: ~Copyable {
  private let commitment: Statement
  private let rollback: Statement
  private var isOpen = true

  /// Takes `COMMIT` and `ROLLBACK`, compiled before the transaction began: ending it needs no memory, and the connection
  /// lives until it has ended.
  init(commitment: consuming Statement, rollback: consuming Statement) {
    self.commitment = commitment
    self.rollback = rollback
  }

  /// Makes all that was done since the beginning last; where that fails, all of it is undone.
  public consuming func commit() throws(SQLiteError) {
    try commitment.run()
    isOpen = false
  }

  deinit {
    // Fails only where SQLite has rolled back by itself already, as it does on a full disk.
    if isOpen { try? rollback.run() }
  }
}
