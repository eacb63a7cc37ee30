import SideEffects
import SnapshotStores
import Testing

/// A kind of store that the conformance suites are run through: a second one is one more element of `all`.
struct StoreBackend: Sendable, CustomTestStringConvertible {
  typealias Clock = @Sendable () -> Instant
  typealias Open = @Sendable (_ place: String, _ clock: @escaping Clock, _ key: [UInt8]?) async throws(Failure) -> any SnapshotStore

  let name: String
  private let opening: Open

  var testDescription: String { name }

  static let all = [
    StoreBackend(name: "SQLite") { place, clock, key async throws(Failure) in
      guard let key else { return try await SQLiteStore.open(at: place, clock: clock) }
      return try await SQLiteStore.open(at: place, clock: clock) { key }
    }
  ]

  init(name: String, opening: @escaping Open) { (self.name, self.opening) = (name, opening) }

  /// Opens the store in a folder; makes it where it is missing.
  func open(
    _ folder: TemporaryFolder, clock: @escaping Clock = { Instant(seconds: 1_795_442_520) }, key: [UInt8]? = nil
  ) async throws(Failure) -> any SnapshotStore {
    try await opening(folder.store, clock, key)
  }
}
