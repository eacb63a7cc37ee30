/// Whose a change is, as far as times, accounts and commits tell; never more certain than these are.
public struct Attribution: Hashable, Sendable {
  /// Whom it is put down to.
  public enum By: String, Hashable, Sendable, CaseIterable {
    /// It came about while the upgrade ran.
    case upgrade
    /// It came about at another time, or by another account.
    case other
    case unknown
  }

  public let by: By
  /// What says so, a phrase each.
  public let evidence: [Text]

  /// Whether anything speaks for or against it; where nothing does, a short report leaves it out.
  public let isTold: Bool

  public init(_ by: By, _ evidence: [String], isTold: Bool = true) {
    (self.by, self.evidence, self.isTold) = (by, evidence.map { Text($0) }, isTold)
  }
}
