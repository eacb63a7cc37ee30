import SideEffects
import SnapshotStores

/// Writes each snapshot as one file into the folders that the configuration names under `copies`.
struct SnapshotCopies: Sendable {
  let workspace: Workspace
  let session: Session
  let store: any SnapshotStore

  /// A copy that can't be written is told and takes nothing else with it: the snapshot is in the store.
  func write(_ snapshot: Snapshot) async {
    for folder in workspace.configuration.copies {
      let path = FileSystem.path(folder.string, from: workspace.folder)
      do throws(Failure) {
        try await SnapshotFileWriter.write(snapshot, to: "\(path)/\(snapshot.name).snapshot", from: store)
      } catch {
        session.console.tell(error, .warning)
      }
    }
  }
}
