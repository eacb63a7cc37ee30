import SideEffects

/// Prints the resources of a snapshot, one after the other, with no more than a chunk in memory.
struct ResourceList {
  let store: any SnapshotStore
  let console: Console

  func print(_ snapshot: Snapshot) async throws(Stop) {
    for observation in snapshot.observations {
      var stream = ChunkStream(observation) { [store] digest async throws(Failure) in try await store.chunk(digest) }
      try console.report("\n" + DisplayText.terminal(Text("\(observation.watch) · \(observation.kind)")) + "\n")
      while let line = try await ExitStatus.failure.unless(try await stream.next()) {
        let resource = try await ExitStatus.failure.unless(try stream.resource(of: line))
        try console.report(text(of: resource))
      }
    }
  }

  private func text(of resource: Resource) -> String {
    let place = resource.address.scope.label
    let name = resource.name == resource.address.id ? "\(resource.name)" : "\(resource.name) (\(resource.address.id))"
    let head = [place.string, name].filter { !$0.isEmpty }.joined(separator: " / ")
    let attributes = resource.attributes.sorted { $0.key < $1.key }.map { name, reading in [name.string, value(reading)] }
    return "  " + DisplayText.terminal(Text(head)) + "\n" + TableText.lines(attributes, indent: 4)
  }

  private func value(_ reading: Reading) -> String {
    switch reading {
    case .value(let value): ValueText.of(value)
    case .withheld: "(withheld by the service)"
    }
  }
}
