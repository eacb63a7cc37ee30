/// How what two snapshots tell of one thing compares; what isn't told is neither equal nor different.
public enum Relation: Hashable, Sendable, CaseIterable {
  case equal, differ, unknown
}
