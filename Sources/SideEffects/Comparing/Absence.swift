/// Why a snapshot doesn't hold a resource that the other one holds.
public enum Absence: Hashable, Sendable {
  /// Its listing was asked for and read to its end, by a reader who would have seen it.
  case proven
  /// It lies in a scope that nobody asked for on this side.
  case notAsked(Scope)
  /// It lies in a scope that could not be read, or not to its end.
  case unread(Scope)
  /// It lies, or may lie, in what was left out on this side and not on the other; the scope is its own.
  case leftOut(LeftOut, Scope)
  /// It may lie in files that are left out by name, which were not searched on this side; the scope is its own.
  case notSearched(Scope)
  /// The provider listed other things on this side, or in another way.
  case otherManifest
  /// The reader on this side may see less than the one on the other.
  case otherReader
  /// Its id stands for a secret, and the two snapshots' fingerprints were made with different keys.
  case otherKey
}
