import SideEffects

/// Keeps the resources that an engine hands over.
actor CollectedResources: ResourceSink {
  private(set) var resources: [Resource] = []

  func add(_ resources: [Resource], kind: Text) async throws(Failure) { self.resources += resources }
}
