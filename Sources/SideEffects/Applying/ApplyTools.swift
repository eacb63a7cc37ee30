/// What carrying out a plan needs from outside.
public struct ApplyTools: Sendable {
  public let store: any SnapshotStore
  public let looks: any FreshLooking
  public let branches: any BranchWriting
  public let clock: any ApplyClock
  /// Carries the requests of a watch, at its pace.
  public let carrier: @Sendable (Watch) -> any HTTPCarrier

  public init(
    store: any SnapshotStore, looks: any FreshLooking, branches: any BranchWriting, clock: any ApplyClock,
    carrier: @escaping @Sendable (Watch) -> any HTTPCarrier
  ) {
    (self.store, self.looks, self.branches, self.clock, self.carrier) = (store, looks, branches, clock, carrier)
  }
}
