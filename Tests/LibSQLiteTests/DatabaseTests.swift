import Glibc
import LibSQLite
import Testing

@Suite("A database")
struct DatabaseTests {
  let folder: TemporaryFolder
  var path: String { folder.path + "/test.db" }

  init() throws { folder = try TemporaryFolder() }

  private func makeTable() throws {
    let database = try Database(path: path, access: .create)
    try database.execute("CREATE TABLE thing (name TEXT PRIMARY KEY, bytes BLOB, count INTEGER) STRICT; PRAGMA user_version = 3")
  }

  @Test("gives back text, bytes, numbers and nulls as they were bound")
  func roundTrip() throws {
    try makeTable()
    let database = try Database(path: path, access: .readWrite)
    let texts = ["", "a", "e\u{301}", "\u{e9}", "with \u{0} zero", "\u{1F600}"]
    let insert = try database.prepare("INSERT INTO thing VALUES (?, ?, ?)")
    var rows: [Row] = []
    for (index, text) in texts.enumerated() {
      let row = Row(name: text, bytes: [UInt8](repeating: 0, count: index), count: Int64.max - Int64(index))
      try insert.bind(row.name, at: 1)
      try insert.bind(row.bytes ?? [], at: 2)
      try insert.bind(row.count, at: 3)
      try insert.run()
      rows.append(row)
    }
    try insert.bind("null", at: 1)
    try insert.bindNull(at: 2)
    // A run forgets what was bound before, so the count is null too.
    try insert.run()
    rows.append(Row(name: "null", bytes: nil, count: 0))
    let select = try database.prepare("SELECT name, bytes, count FROM thing ORDER BY rowid")
    var read: [Row] = []
    while try select.step() {
      read.append(Row(name: try select.text(at: 0), bytes: select.isNull(at: 1) ? nil : select.bytes(at: 1), count: select.integer(at: 2)))
    }
    #expect(read == rows)
    #expect(read.map { Array($0.name.utf8) } == rows.map { Array($0.name.utf8) })
  }

  private struct Row: Equatable {
    let name: String
    let bytes: [UInt8]?
    let count: Int64
  }

  @Test("that is missing is opened only where it may be created")
  func missing() throws {
    #expect(reason { _ = try Database(path: path, access: .readWrite) } == .cannotOpen)
    #expect(reason { _ = try Database(path: path, access: .readOnly) } == .cannotOpen)
    #expect(reason { _ = try Database(path: folder.path + "/none/test.db", access: .create) } == .cannotOpen)
    #expect(reason { _ = try Database(path: path + "\u{0}", access: .create) } == .cannotOpen)
    try makeTable()
    _ = try Database(path: path, access: .readOnly)
  }

  @Test("opened for reading is not written")
  func readOnly() throws {
    try makeTable()
    let database = try Database(path: path, access: .readOnly)
    #expect(reason { try database.execute("DELETE FROM thing") } == .readOnly)
  }

  @Test("that is none is told at its first statement")
  func notADatabase() throws {
    try folder.write([UInt8](repeating: 0x41, count: 4096), to: "test.db")
    let database = try Database(path: path, access: .readWrite)
    #expect(reason { try database.execute("SELECT * FROM sqlite_schema") } == .notADatabase)
  }

  @Test("that was cut is told as damaged")
  func cut() throws {
    try makeTable()
    try {
      let database = try Database(path: path, access: .readWrite)
      try database.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) INSERT INTO thing SELECT i, zeroblob(1000), i FROM n"
      )
    }()
    #expect(truncate(path, 8192) == 0)
    let database = try Database(path: path, access: .readOnly)
    #expect(reason { try database.execute("SELECT sum(length(bytes)) FROM thing") } == .damaged)
  }

  @Test("with no space left keeps what it had, and can be written when there is space again")
  func full() throws {
    try makeTable()
    let database = try Database(path: path, access: .readWrite)
    try database.execute("PRAGMA max_page_count = 4")
    #expect(
      reason {
        let transaction = try database.beginImmediate()
        try database.execute("INSERT INTO thing VALUES ('large', zeroblob(100000), 1)")
        try transaction.commit()
      } == .full)
    try database.execute("PRAGMA max_page_count = 1000; INSERT INTO thing VALUES ('large', zeroblob(100000), 1)")
    #expect(try names() == ["large"])
  }

  @Test("that another connection has locked is waited for, but not for ever")
  func busy() throws {
    try makeTable()
    let other = try Database(path: path, access: .readWrite)
    let lock = try other.beginImmediate()
    let database = try Database(path: path, access: .readWrite, busyTimeout: .milliseconds(50))
    let began = ContinuousClock.now
    #expect(reason { _ = try database.beginImmediate() } == .busy)
    #expect(ContinuousClock.now - began >= .milliseconds(40))
    try lock.commit()
    try database.beginImmediate().commit()
  }

  @Test("rolls back a transaction that goes out of scope, and keeps one that was committed")
  func transactions() throws {
    try makeTable()
    let database = try Database(path: path, access: .readWrite)
    func insert(_ name: String, fails: Bool) throws {
      let transaction = try database.beginImmediate()
      try database.execute("INSERT INTO thing (name) VALUES ('\(name)')")
      if fails { throw CancellationError() }
      try transaction.commit()
    }
    #expect(throws: CancellationError.self) { try insert("first", fails: true) }
    try insert("second", fails: false)
    #expect(try names() == ["second"])
    #expect(reason { try insert("second", fails: false) } == .constraint)
    try insert("third", fails: false)
    #expect(try names() == ["second", "third"])
  }

  @Test("tells which statement was wrong, and never what was bound to it")
  func errorText() throws {
    try makeTable()
    let database = try Database(path: path, access: .readWrite)
    let insert = try database.prepare("INSERT INTO thing (name) VALUES (?)")
    try insert.bind("planted-secret", at: 1)
    try insert.run()
    try insert.bind("planted-secret", at: 1)
    let error = #expect(throws: SQLiteError.self) { try insert.run() }
    #expect(error?.statement == "INSERT INTO thing (name) VALUES (?)")
    #expect(error?.message == "UNIQUE constraint failed: thing.name")
    #expect(error?.extendedCode == 1555)
    #expect(error?.code == 19)
    #expect(error?.description.contains("planted-secret") == false)
    // The statement can be used again.
    try insert.bind("another", at: 1)
    try insert.run()
  }

  @Test("runs no text that is not exactly one statement", arguments: ["", ";", "-- none", "SELECT 1; SELECT 2", "SELEC 1"])
  func notOneStatement(text: String) throws {
    let database = try Database(path: path, access: .create)
    #expect(throws: SQLiteError.self) { _ = try database.prepare(text) }
  }

  @Test("is closed by its last statement, where that lives longer")
  func statementOutlives() throws {
    try makeTable()
    func statement() throws -> Statement { try Database(path: path, access: .readOnly).prepare("PRAGMA user_version") }
    let version = try statement()
    let hasRow = try version.step()
    #expect(hasRow)
    let number = version.integer(at: 0)
    #expect(number == 3)
  }

  @Test("can be owned by an actor")
  func owner() async throws {
    actor Owner {
      private let database: Database
      init(path: String) throws(SQLiteError) { database = try Database(path: path, access: .create) }
      func run(_ text: String) throws(SQLiteError) { try database.execute(text) }
    }
    let owner = try Owner(path: path)
    try await owner.run("CREATE TABLE thing (name TEXT)")
    await #expect(throws: SQLiteError.self) { try await owner.run("CREATE TABLE thing (name TEXT)") }
  }

  /// As another connection sees them.
  private func names() throws -> [String] {
    let database = try Database(path: path, access: .readOnly)
    let statement = try database.prepare("SELECT name FROM thing ORDER BY name")
    var names: [String] = []
    while try statement.step() { names.append(try statement.text(at: 0)) }
    return names
  }

  private func reason(_ body: () throws -> Void) -> SQLiteError.Reason? {
    do { try body() } catch { return (error as? SQLiteError)?.reason }
    return nil
  }
}
