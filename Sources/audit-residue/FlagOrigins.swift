import ProviderEngines
import SideEffects

/// Asks the repositories that are watched which commits made the changes that were found in them.
struct FlagOrigins: Sendable {
  let store: any SnapshotStore
  let workspace: Workspace
  let environment: [String: String]

  /// What history tells of changes between two snapshots, by the addresses of what changed; nothing where a repository can't be asked.
  func origins(of changes: [Change], before: Snapshot, after: Snapshot) async -> [ResourceAddress: Origin] {
    guard let key = try? await store.fingerprintKey() else { return [:] }
    let changes = Dictionary(grouping: changes) { $0.resource.address.watch }
    var origins: [ResourceAddress: Origin] = [:]
    for bound in workspace.watches where bound.provider.manifest.engine == .git {
      let name = bound.settings.name
      guard let changed = changes[name], let end = revision(name, after) else { continue }
      guard let watch = try? workspace.resolver.watch(bound.settings, provider: bound.provider, secrets: [:]) else { continue }
      let told = await Composition.git(environment).origins(
        of: changed, in: watch, from: revision(name, before), to: end, fingerprinter: Fingerprinter(key: key))
      origins.merge(told) { first, _ in first }
    }
    return origins
  }

  private func revision(_ watch: Text, _ snapshot: Snapshot) -> Text? {
    snapshot.observations.first { $0.watch == watch }?.asked.revision
  }
}
