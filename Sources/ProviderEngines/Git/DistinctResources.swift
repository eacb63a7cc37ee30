internal import SideEffects

/// The resources of one kind, each address once, sorted by it.
///
/// The same flag may be set in several places of a repository. As long as they agree it is one flag; where they don't, nobody
/// can say which one is in force, and that is a gap of this flag alone.
struct DistinctResources {
  private(set) var resources: [Resource] = []
  private(set) var gaps: [Gap] = []
  /// The files that set a flag which another one sets too.
  private(set) var shared: Set<Text> = []
  private let schema: KindSchema

  init(of kind: KindManifest, in provider: Provider, _ found: [Resource]) {
    schema = kind.schema(manifest: provider.digest)
    // Resources are large, so only their places are moved, and only what decides is looked at.
    // All are of one watch and kind.
    let keys = found.map { ($0.address.id, $0.address.scope, $0.location?.path ?? "", $0.location?.line ?? 0) }
    let order = found.indices.sorted { keys[$0] < keys[$1] }
    for resource in order.lazy.map({ found[$0] }) {
      guard let first = resources.last, first.address == resource.address else {
        resources.append(resource)
        continue
      }
      shared.formUnion([first, resource].compactMap(\.location?.path))
      if compared(first) != compared(resource) { note(first, resource) }
    }
  }

  private func compared(_ resource: Resource) -> [Text: Reading] {
    resource.attributes.filter { schema.role(of: $0.key) != .volatile }
  }

  private mutating func note(_ first: Resource, _ other: Resource) {
    let scope = first.address.scope.appending(.init(list: first.address.kind, id: first.address.id))
    if gaps.last?.scope == scope { return }
    let places = [first, other].compactMap(\.location).map { "\($0.path):\($0.line)" }.joined(separator: " and ")
    gaps.append(
      Gap(
        scope: scope,
        because: Diagnostic(
          "defined-twice", "\(first.name) is set differently at \(places); the first is taken",
          advice: "Look which one is in force, and leave the other file out of the watch.",
          place: .file(other.location?.path ?? "", line: other.location?.line ?? 0, column: 0))))
  }
}
