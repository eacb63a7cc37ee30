internal import CSQLite

/// Why SQLite could not do something.
public struct SQLiteError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What a caller may have to tell apart (https://www.sqlite.org/rescode.html).
  public enum Reason: Hashable, Sendable {
    /// Another connection holds a lock, and the busy timeout is over.
    case busy
    /// The file is no database, or one that is encrypted.
    case notADatabase
    /// The file is a database that is cut or otherwise damaged.
    case damaged
    /// The file, its folder or the connection can't be written.
    case readOnly
    /// The file, or its folder, can't be opened.
    case cannotOpen
    /// No space is left on the device, or in the file's own limit.
    case full
    /// Reading or writing failed, as on a device with errors or over a limit on the size of files.
    case inputOutput
    /// A row breaks a rule of its table, such as one that keys are unique.
    case constraint
    /// Any other one, named by SQLite's primary code.
    case other(Int32)
  }

  public let reason: Reason
  /// SQLite's extended result code, which says more than the primary one in its lowest eight bits.
  public let extendedCode: Int32
  /// SQLite's own words for it, read where it happened, without a full stop.
  public let message: String
  /// The statement's text with its placeholders, never the values that were bound; nil where none was run.
  public let statement: String?

  public var code: Int32 { extendedCode & 0xFF }

  init(extendedCode: Int32, message: String, statement: String? = nil) {
    (self.extendedCode, self.message, self.statement) = (extendedCode, message, statement)
    reason = Reason(code: extendedCode & 0xFF)
  }

  /// The error that the connection has had last; nil stands for a connection that could not be allocated.
  static func last(of connection: OpaquePointer?, code: Int32, statement: String? = nil) -> SQLiteError {
    guard let connection, sqlite3_errcode(connection) & 0xFF == code & 0xFF else {
      return SQLiteError(extendedCode: code, message: String(cString: sqlite3_errstr(code)), statement: statement)
    }
    return SQLiteError(
      extendedCode: sqlite3_extended_errcode(connection), message: String(cString: sqlite3_errmsg(connection)), statement: statement)
  }

  public var description: String {
    let place = statement.map { " in `\($0)`" } ?? ""
    return switch reason {
    case .busy: "another process has locked the database for too long (\(message))"
    case .notADatabase: "the file is not a database (\(message))"
    case .damaged: "the database is damaged (\(message))\(place)"
    case .readOnly: "the database can't be written (\(message))"
    case .cannotOpen: "the database can't be opened (\(message))"
    case .full: "no space is left for the database (\(message))"
    case .inputOutput: "the database's file can't be read or written (\(message), code \(extendedCode))"
    case .constraint: "a row breaks a rule of its table (\(message))\(place)"
    case .other(let code): "SQLite failed with code \(code) (\(message))\(place)"
    }
  }
}

extension SQLiteError.Reason {
  fileprivate init(code: Int32) {
    self =
      switch code {
      case SQLITE_BUSY, SQLITE_LOCKED: .busy
      case SQLITE_NOTADB: .notADatabase
      case SQLITE_CORRUPT: .damaged
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH: .readOnly
      case SQLITE_CANTOPEN: .cannotOpen
      case SQLITE_FULL: .full
      case SQLITE_IOERR: .inputOutput
      case SQLITE_CONSTRAINT: .constraint
      default: .other(code)
      }
  }
}
