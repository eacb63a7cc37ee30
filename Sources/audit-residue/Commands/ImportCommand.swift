import ArgumentParser
import SideEffects

/// `audit-residue import FILE...`: bring copies of snapshots and upgrades back into a store.
struct ImportCommand: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Bring back snapshots and upgrades from the files that `copies` in the configuration made.",
    discussion: """
      All files are checked to their last byte first; where one is damaged, nothing is imported. What the store has already is left as it is.
      A copy holds no fingerprint key, only its name: in a store with another key the secrets of an imported snapshot can be compared \
      with those of snapshots that came from the same store as it, and with no others. Where that happens, `diff` says so.
      """)
  static let family = ExitStatus.Family.plain

  @Argument(
    help: ArgumentHelp("The files, such as /mnt/backup/residue/*.", valueName: "file"),
    completion: .file(extensions: ["snapshot", "upgrade"]))
  var files: [String]
  @OptionGroup var options: GlobalOptions

  func run(in session: Session) async throws(Stop) -> ExitStatus.Code {
    let paths = files.map { FileSystem.path($0, from: session.folder) }
    for (file, path) in zip(files, paths) where !FileSystem.exists(path) {
      throw Stop("no-file", "there is no file \(file)", advice: "`copies` in the configuration says where copies are.", .usage)
    }
    let (_, store) = try await StoreDesk.openOrMake(session)
    let copies = CopyImport(store: store)
    var contents: [(path: String, content: CopyImport.Content)] = []
    var problems: [Diagnostic] = []
    for path in paths {
      do throws(Failure) {
        contents.append((path, try await CopyImport.check(path)))
      } catch {
        problems += error.diagnostics.all
      }
    }
    if let problems = NonEmpty(problems) {
      if paths.count > 1 { session.console.note("nothing was imported") }
      throw Stop(Failure(problems), .failure)
    }
    return try await bring(contents, with: copies, in: session)
  }

  private func bring(
    _ contents: [(path: String, content: CopyImport.Content)], with copies: CopyImport, in session: Session
  ) async throws(Stop) -> ExitStatus.Code {
    let key = Fingerprinter(key: try await ExitStatus.failure.unless(try await copies.store.fingerprintKey())).keyID
    var status = ExitStatus.clean
    var foreign: [Text] = []
    for (path, content) in contents {
      let outcome: CopyImport.Outcome
      do throws(Failure) {
        outcome = try await copies.bring(content, from: path)
      } catch {
        session.console.tell(error)
        status = .failure
        continue
      }
      if !session.console.isQuiet { try session.console.report(Self.words(content, outcome) + "\n") }
      if case .snapshot(let record) = content, record.snapshot.fingerprintKey != key { foreign.append(record.snapshot.name) }
    }
    if !foreign.isEmpty {
      let names = foreign.map { "`\($0)`" }.joined(separator: ", ")
      session.console.note(
        "\(names) came from a store with another fingerprint key, and the copy doesn't hold that key: secrets in \(foreign.count == 1 ? "it" : "them") "
          + "can't be compared with those of snapshots that are taken from now on; `diff` and `audit` name them as not compared")
    }
    try await tellMissing(contents, copies.store, session)
    return status.rawValue
  }

  /// An upgrade without its snapshots can't be audited: their copies may lie elsewhere.
  private func tellMissing(
    _ contents: [(path: String, content: CopyImport.Content)], _ store: any SnapshotStore, _ session: Session
  ) async throws(Stop) {
    let names = Set(try await ExitStatus.failure.unless(try await store.snapshots()).map(\.name))
    for case (_, .upgrade(let upgrade)) in contents {
      for name in [upgrade.before, upgrade.after].compactMap({ $0 }) where !names.contains(name) {
        session.console.note("the upgrade `\(upgrade.name)` names the snapshot `\(name)`, which is not in the store: import its copy too")
      }
    }
  }

  private static func words(_ content: CopyImport.Content, _ outcome: CopyImport.Outcome) -> String {
    let what: String
    switch content {
    case .snapshot(let record):
      let snapshot = record.snapshot
      let count = snapshot.observations.reduce(0) { $0 + $1.count }
      what = "snapshot \(snapshot.name)   \(snapshot.began.rfc3339)   \(count) \(count == 1 ? "resource" : "resources")"
    case .upgrade(let upgrade): what = "upgrade \(upgrade.name)   \(upgrade.began.rfc3339)"
    }
    let end =
      switch outcome {
      case .imported: "imported"
      case .completed: "its end was added"
      case .alreadyThere: "is there already, the same"
      }
    return DisplayText.terminal(Text("\(what)   \(end)"))
  }
}
