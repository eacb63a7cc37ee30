import Synchronization

/// Keeps what one look hands over.
final class CollectingSink: ResourceSink {
  private struct Collected {
    var resources: [ResourceAddress: Resource] = [:]
    var items: [ResourceAddress: FreshItem] = [:]
    var twice: [ResourceAddress] = []
  }

  private let state = Mutex(Collected())

  func add(_ resources: [Resource], kind: Text) {
    state.withLock { state in
      for resource in resources where state.resources.updateValue(resource, forKey: resource.address) != nil {
        state.twice.append(resource.address)
      }
    }
  }

  func keep(_ address: ResourceAddress, _ item: FreshItem) { state.withLock { $0.items[address] = item } }

  /// Addresses that came twice break the evidence.
  var collected: (resources: [ResourceAddress: Resource], items: [ResourceAddress: FreshItem], twice: [ResourceAddress]) {
    state.withLock { ($0.resources, $0.items, $0.twice) }
  }
}
