import SideEffects

/// Opens what most commands begin with: the configuration and its store.
enum StoreDesk {
  /// - Parameter status: How the command ends where the configuration is broken.
  /// - Parameter storeStatus: How it ends where the store can't be opened.
  static func open(
    _ session: Session, configurationStatus: ExitStatus = .usage, storeStatus: ExitStatus = .failure
  ) async throws(Stop) -> (workspace: Workspace, store: any SnapshotStore) {
    let workspace = try await configurationStatus.unless(try await Workspace.open(session))
    let place = try await configurationStatus.unless(try place(session, workspace))
    let store = try await open(place, session, storeStatus)
    for remark in place.remarks(on: workspace) { session.console.tell(remark, .warning) }
    return (workspace, store)
  }

  /// The same for commands that need a store alone: with `--store`, the configuration may be missing.
  static func openIfThere(_ session: Session) async throws(Stop) -> (workspace: Workspace?, store: any SnapshotStore) {
    let workspace = try await ExitStatus.usage.unless(try await Workspace.openIfThere(session))
    let place = try await ExitStatus.usage.unless(try place(session, workspace))
    // Looking must not make a store: whoever misspells its name would be told that it is empty.
    guard try await ExitStatus.failure.unless(try Composition.isStore(at: place)) else {
      throw Stop(
        "no-store", "there is no store at \(place.path) yet", advice: "Take a snapshot first, or name another store with --store.", .usage)
    }
    return (workspace, try await open(place, session, .failure))
  }

  /// The same for commands that may be the first to write into it.
  static func openOrMake(_ session: Session) async throws(Stop) -> (workspace: Workspace?, store: any SnapshotStore) {
    let workspace = try await ExitStatus.usage.unless(try await Workspace.openIfThere(session))
    return (workspace, try await open(try await ExitStatus.usage.unless(try place(session, workspace)), session, .failure))
  }

  private static func open(_ place: StorePlace, _ session: Session, _ status: ExitStatus) async throws(Stop) -> any SnapshotStore {
    let (store, remarks) = try await status.unless(try await Composition.store(at: place))
    for remark in remarks { session.console.tell(remark, .warning) }
    return store
  }

  private static func place(_ session: Session, _ workspace: Workspace?) throws(Failure) -> StorePlace {
    try StorePlace(
      option: session.options.store, start: session.folder, configuration: workspace.map { ($0.configuration, $0.folder) },
      state: session.state)
  }
}
