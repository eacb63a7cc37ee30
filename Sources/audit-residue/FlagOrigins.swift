import ProviderEngines
import SideEffects

/// Asks the repositories that are watched which commits made the changes that were found in them, and where the code reads what changed.
struct FlagOrigins: Sendable {
  let store: any SnapshotStore
  let workspace: Workspace
  let environment: [String: String]

  /// What repositories tell of changes between two snapshots; nothing where one can't be asked.
  func told(of changes: [Change], before: Snapshot, after: Snapshot) async -> ToldOfChanges {
    guard let key = try? await store.fingerprintKey() else { return ToldOfChanges() }
    let changes = Dictionary(grouping: changes) { $0.resource.address.watch }
    var all = ToldOfChanges()
    for bound in workspace.watches {
      let name = bound.settings.name
      guard let changed = changes[name], let end = revision(name, after), let watch = repository(of: bound) else { continue }
      let git = Composition.git(environment)
      all.add(
        await git.history(of: changed, in: watch, from: revision(name, before), to: end, fingerprinter: Fingerprinter(key: key)))
      all.add(ToldOfChanges(uses: await git.uses(of: changed, in: watch, at: end)))
    }
    return all
  }

  /// Which files of a watch moved, as its repository tells.
  func moved(_ pairs: [FilePair], _ watch: Text, _ before: Text?, _ after: Text?) async -> Set<FilePair> {
    guard let before, let after, let bound = workspace.watches.first(where: { $0.settings.name == watch }),
      let watch = repository(of: bound)
    else { return [] }
    return await Composition.git(environment).moved(pairs, in: watch, from: before, to: after)
  }

  /// Nil for a watch of something else.
  private func repository(of bound: BoundWatch) -> Watch? {
    guard bound.provider.manifest.engine == .git else { return nil }
    return try? workspace.resolver.watch(bound.settings, provider: bound.provider, secrets: [:])
  }

  private func revision(_ watch: Text, _ snapshot: Snapshot) -> Text? {
    snapshot.observations.first { $0.watch == watch }?.asked.revision
  }
}
