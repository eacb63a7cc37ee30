import SideEffects

/// Opens what most commands begin with: the configuration and its store.
enum StoreDesk {
  /// - Parameter status: How the command ends where the configuration is broken.
  /// - Parameter storeStatus: How it ends where the store can't be opened.
  static func open(
    _ session: Session, configurationStatus: ExitStatus = .usage, storeStatus: ExitStatus = .failure
  ) async throws(Stop) -> (workspace: Workspace, store: any SnapshotStore) {
    let workspace = try await configurationStatus.unless(try Workspace.open(session))
    let place = try await configurationStatus.unless(try place(session, workspace))
    return (workspace, try await storeStatus.unless(try await Composition.store(at: place)))
  }

  /// The same for commands that need a store alone: with `--store`, the configuration may be missing.
  static func openIfThere(_ session: Session) async throws(Stop) -> (workspace: Workspace?, store: any SnapshotStore) {
    let workspace = try await ExitStatus.usage.unless(try Workspace.openIfThere(session))
    let place = try await ExitStatus.usage.unless(try place(session, workspace))
    guard FileSystem.isFolder(place.path) else {
      throw Stop(
        "no-store", "there is no store at \(place.path) yet", advice: "Take a snapshot first, or name another store with --store.", .usage)
    }
    return (workspace, try await ExitStatus.failure.unless(try await Composition.store(at: place)))
  }

  private static func place(_ session: Session, _ workspace: Workspace?) throws(Failure) -> StorePlace {
    try StorePlace(
      option: session.options.store, start: session.folder, configuration: workspace.map { ($0.configuration, $0.folder) }, state: session.state)
  }
}
