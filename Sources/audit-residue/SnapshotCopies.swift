import SideEffects
import SnapshotStores

/// Writes each snapshot, and each upgrade's record, as one file into the folders that the configuration names under `copies`.
struct SnapshotCopies: Sendable {
  let workspace: Workspace
  let session: Session
  let store: any SnapshotStore

  /// A copy that can't be written is told and takes nothing else with it: the snapshot is in the store.
  func write(_ snapshot: Snapshot) async {
    for folder in folders {
      do throws(Failure) {
        try await SnapshotFileWriter.write(snapshot, into: folder, from: store)
      } catch {
        session.console.tell(error, .warning)
      }
    }
  }

  func write(_ upgrade: Upgrade) async {
    for folder in folders {
      do throws(Failure) {
        try await SnapshotFileWriter.write(upgrade, into: folder)
      } catch {
        session.console.tell(error, .warning)
      }
    }
  }

  /// Removes the copies of an upgrade that never was, and of its look; what can't be removed is told.
  func remove(_ upgrade: Upgrade, before: Snapshot?) async {
    for folder in folders {
      do throws(Failure) {
        try await SnapshotFileWriter.remove(upgrade, from: folder)
        if let before { try await SnapshotFileWriter.remove(before, from: folder) }
      } catch {
        session.console.tell(error, .warning)
      }
    }
  }

  private var folders: [String] { workspace.configuration.copies.map { FileSystem.path($0.string, from: workspace.folder) } }
}
