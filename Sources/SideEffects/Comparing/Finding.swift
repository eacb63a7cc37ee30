/// What two snapshots know of one address; absent on both sides can't be written.
public enum Sighting: Hashable, Sendable {
  case both(Likeness)
  case onlyBefore(after: Absence)
  case onlyAfter(before: Absence)
}

/// What may be said of one address between two snapshots.
public enum Finding: Hashable, Sendable {
  case unchanged
  case updated
  /// Something changed that no attribute shows.
  case updatedNotShown
  case created
  case deleted
  /// One thing went and another one came under its id.
  case deletedAndCreated
  /// Nothing: a blind spot.
  case unknown(Absence)
}

extension Finding {
  /// The first table of docs/design/what-may-be-said.md.
  public init(_ sighting: Sighting) {
    switch sighting {
    case .both(let likeness): self = Self.ofBoth(likeness)
    case .onlyBefore(after: .proven): self = .deleted
    case .onlyAfter(before: .proven): self = .created
    case .onlyBefore(after: let absence), .onlyAfter(before: let absence): self = .unknown(absence)
    }
  }

  private static func ofBoth(_ likeness: Likeness) -> Finding {
    switch (likeness.creation, likeness.differences.isEmpty, likeness.lastChange, likeness.maskAppearedOrVanished) {
    case (.other, _, _, _): .deletedAndCreated
    case (.same, false, _, _), (.untold, false, _, _): .updated
    case (.same, true, .moved, _), (.untold, true, .moved, _): .updatedNotShown
    case (.same, true, .same, true), (.untold, true, .same, true): .updatedNotShown
    case (.same, true, .untold, true), (.untold, true, .untold, true): .updatedNotShown
    case (.same, true, .same, false), (.untold, true, .same, false): .unchanged
    case (.same, true, .untold, false), (.untold, true, .untold, false): .unchanged
    }
  }
}
