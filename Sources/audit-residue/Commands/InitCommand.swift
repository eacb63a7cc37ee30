import ArgumentParser
import SideEffects

/// `audit-residue init`: a configuration for what is found here.
struct InitCommand: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write audit-residue.yaml for what is found here, with comments.",
    discussion: """
      Looks at the repository that this folder lies in, at its remotes, and at the names of environment variables; nothing is asked of any \
      service. No secret is written, only the variable that holds it. With --config the file is written there.
      """)
  static let family = ExitStatus.Family.plain

  @Flag(name: .customLong("force"), help: "Replace the file that is there.") var isForced = false
  @Flag(name: .customLong("print"), help: "Print the configuration and write nothing.") var isPrinting = false
  @OptionGroup var options: GlobalOptions

  func run(in session: Session) async throws(Stop) -> ExitStatus.Code {
    let path = FileSystem.path(options.config ?? ConfigurationLocator.fileName, from: session.folder)
    let folder = FileSystem.parent(of: path) ?? "/"
    guard isPrinting || isForced || !FileSystem.exists(path) else {
      throw Stop(
        "file-exists", "there is already a file \(path)", advice: "look at what init would write with --print, or replace it with --force",
        .usage)
    }
    let catalog = try await ExitStatus.failure.unless(try ProviderFolders.catalog(own: []))
    let (watches, examples) = try await WatchFinder(session: session, folder: folder).find(in: catalog)
    let standard = session.state?.store(forConfigurationIn: folder)
    let starter = StarterConfiguration(
      watches: watches, examples: examples, store: store(session, folder, standard), standardStore: standard)
    let text = starter.yaml()
    // What it writes must be read by what reads it.
    if !starter.active.isEmpty { _ = try await ExitStatus.failure.unless(try ConfigurationReader.read(Array(text.utf8), file: Text(path))) }
    if isPrinting {
      try session.console.report(text)
    } else {
      try write(text, to: path)
      try tell(session, path, watches, starter)
    }
    return ExitStatus.clean.rawValue
  }

  private func write(_ text: String, to path: String) throws(Stop) {
    do throws(FileSystem.Problem) {
      try FileSystem.write(Array(text.utf8), to: path, mode: 0o644)
    } catch {
      throw Stop(
        "unwritable", "the configuration can't be written to \(path): \(error.words)", advice: "name another place with --config", .failure)
    }
  }

  /// What `--store` says, or a person at the terminal; nil where nobody does.
  private func store(_ session: Session, _ folder: String, _ standard: String?) -> String? {
    if let store = options.store { return FileSystem.path(store, from: session.folder) }
    guard session.console.isInteractive, !isPrinting else { return nil }
    session.console.note("where are snapshots to be kept? A store inside of what a restore puts back is lost with it")
    let answer = session.console.ask("store" + (standard.map { " [\(DisplayText.terminal(Text($0)))]" } ?? "") + ": ")
    return answer.isEmpty ? nil : FileSystem.path(answer, from: folder)
  }

  private func tell(_ session: Session, _ path: String, _ watches: [ProposedWatch], _ starter: StarterConfiguration) throws(Stop) {
    guard !session.options.isQuiet else { return }
    let rows = watches.map { watch in
      let lacks = watch.isWhole ? "" : "not yet: it lacks " + watch.missing.map { "`\($0.name)`" }.joined(separator: " and ")
      return [watch.name.string, watch.provider.manifest.title.string, watch.signs.joined(separator: "; "), lacks]
    }
    let next =
      starter.active.isEmpty
      ? "nothing was found here that can be looked at yet: fill in one of the watches in the file"
      : "next: audit-residue check"
    try session.console.report(
      DisplayText.terminal(Text("wrote \(path)")) + "\n\n" + (rows.isEmpty ? "" : TableText.lines(rows, indent: 2) + "\n") + next + "\n")
  }
}
