internal import SideEffects

/// The flags of a watch as the newest snapshot has them: those in files that did not change need not be read again.
struct EarlierFlags: Sendable {
  private let resources: [Text: [Resource]]

  /// Nil without notes, and where the snapshot is not the one that they were made with, or holds less than they count.
  init?(of watch: Watch, notes: RepositoryNotes?, asked: Asked, tools: ObservingTools) async {
    guard let notes, let earlier = tools.earlier else { return nil }
    let before = Asked(provider: asked.provider, settings: asked.settings, constants: asked.constants, revision: notes.revision)
    var resources: [Text: [Resource]] = [:]
    for kind in watch.kinds {
      guard let found = await earlier.resources(of: kind, in: watch, asked: before), found.count == notes.items[kind.name],
        found.allSatisfy({ $0.location != nil })
      else { return nil }
      resources[kind.name] = found
    }
    self.resources = resources
  }

  /// Those of one kind that stand in some files.
  func resources(of kind: Text, in files: Set<Text>) -> [Resource] {
    (resources[kind] ?? []).filter { $0.location.map { files.contains($0.path) } ?? false }
  }
}
