internal import Glibc
public import SideEffects

/// Reads flags out of the files of a git repository at a revision, in the index or in the work tree.
///
/// The repository is read through libgit2 and nothing of it is run or obeyed. Shallow clones, partial clones and bare
/// repositories are read as far as they go; what they lack is a gap.
public struct GitEngine: Engine {
  let configurationFiles: [String]
  private let turns = Turns()

  /// How many files a worker reads at once.
  static let groupSize = 64
  /// More threads than this don't make reading one repository faster.
  private static let mostWorkers = 4

  /// - Parameter configurationFiles: the user's and the machine's own git configuration, such as `~/.gitconfig` and
  ///   `/etc/gitconfig`. Their `safe.directory` says which repositories of other users are read.
  public init(configurationFiles: [String] = []) { self.configurationFiles = configurationFiles }

  public func observe(_ watch: Watch, with tools: ObservingTools) async -> WatchReport {
    do {
      let walk = try FileWalk(watch: watch, fingerprinter: tools.fingerprinter)
      let folder = try Self.folder(of: watch)
      let worker = try RepositoryWorker(folder: folder, configurationFiles: configurationFiles)
      let state = try await worker.state(at: try Self.reference(of: watch))
      let asked = Self.asked(watch, at: state)
      tools.progress(WatchProgress(watch: watch.name, doing: "listing files"))
      do {
        let keys = RepositoryNotes.keys(for: watch, asked: asked)
        await turns.take(keys.ofAll)
        defer { turns.leave(keys.ofAll) }
        let own = await tools.memory?.recall(keys.own).flatMap { RepositoryNotes(json: $0) }
        // What was kept of another reference of the repository spares most of the work, too. But it doesn't tell what came to stand in
        // files that are left out since this watch was looked at before.
        let others = own == nil && tools.isFirstLook ? await tools.memory?.recall(keys.ofAll).flatMap { RepositoryNotes(json: $0) } : nil
        async let flags = EarlierFlags(of: watch, notes: own, asked: asked, tools: tools)
        var workers = [worker]
        let changes = await changes(of: state, since: own ?? others, for: walk, in: folder, with: &workers)
        let earlier = await flags
        let listing = try await listing(of: state, after: changes, for: walk, isKeepingFlags: earlier != nil, with: worker)
        workers += moreWorkers(for: listing.files.count, folder, besides: workers.count)
        let reading = RepositoryReading(watch: watch, walk: walk, state: state, tools: tools)
        let (kinds, new) = await reading.read(listing, keeping: earlier, with: workers)
        if let new, new != own {
          let json = new.json()
          await tools.memory?.keep(json, under: keys.own)
          if tools.isFirstLook { await tools.memory?.keep(json, under: keys.ofAll) }
        }
        return WatchReport(reader: .anyone, asked: asked, kinds: kinds)
      } catch { return Self.failed(watch, error, asked) }
    } catch { return Self.failed(watch, error, Self.asked(watch, at: nil)) }
  }

  /// By which commit, by whom and when a watch's flags became what they are, as far as history tells, or why it doesn't.
  ///
  /// - Parameters:
  ///   - before: The revision of the observation before the changes, as that observation keeps it.
  ///   - after: The same of the one after them.
  ///   - fingerprinter: That of the store which holds the observations.
  public func history(
    of changes: [Change], in watch: Watch, from before: Text?, to after: Text, fingerprinter: Fingerprinter
  ) async -> ToldOfChanges {
    do throws(Failure) {
      let walk = try FileWalk(watch: watch, fingerprinter: fingerprinter)
      let worker = try RepositoryWorker(folder: try Self.folder(of: watch), configurationFiles: configurationFiles)
      return try await worker.history(of: changes, in: watch, for: walk, from: Self.commit(of: after), to: before.map(Self.commit))
    } catch { return ToldOfChanges() }
  }

  /// Workers for so many files, besides those that there are: as many as there are threads that can run at once.
  func moreWorkers(for files: Int, _ folder: String, besides present: Int = 1) -> [RepositoryWorker] {
    moreWorkers(toShare: (files + Self.groupSize - 1) / Self.groupSize, folder, besides: present)
  }

  /// The same for pieces of work that each keep a thread busy for a while.
  func moreWorkers(toShare pieces: Int, _ folder: String, besides present: Int = 1) -> [RepositoryWorker] {
    let count = min(pieces, sysconf(Int32(_SC_NPROCESSORS_ONLN)), Self.mostWorkers) - present
    // One worker is enough where the system has no thread left for another.
    return (0..<max(0, count)).compactMap { _ in try? RepositoryWorker(folder: folder, configurationFiles: configurationFiles) }
  }

  /// The commit that a revision is or began with, as an observation keeps it.
  static func commit(of revision: Text) -> String { String(revision.string.prefix { $0 != "+" }) }

  static func folder(of watch: Watch) throws(Failure) -> String {
    guard let folder = try one("repository", of: watch) else {
      throw Failure("bad-setting", "the watch \(watch.name) doesn't say which repository", advice: "Write `with: {repository: PATH}`.")
    }
    return folder.string
  }

  static func reference(of watch: Watch) throws(Failure) -> String? { try one("ref", of: watch)?.string }

  /// A setting's one value; nil where it has none. One of several would be read as if it were all that was asked for.
  private static func one(_ setting: String, of watch: Watch) throws(Failure) -> Text? {
    let texts: [Text]
    switch watch.settings[setting] {
    case .text(let text): texts = [text]
    case .texts(let several): texts = several
    case .secret, nil: return nil
    }
    guard texts.count < 2 else {
      throw Failure("bad-setting", "`\(setting)` of the watch \(watch.name) has several values", advice: "Make a watch of each.")
    }
    return texts.first.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// What was asked for: one repository is one whatever path leads to it, and which files and flags are wanted is part of it.
  private static func asked(_ watch: Watch, at state: RepositoryState?) -> Asked {
    var settings: [Text: Text] = [:]
    for setting in watch.provider.manifest.settings where !setting.isSecret && !setting.saysMoment {
      switch watch.settings[setting.name] {
      case .text(let text): settings[Text(setting.name)] = text
      case .texts(let texts): settings[Text(setting.name)] = Text(texts.map(\.string).joined(separator: "\n"))
      case .secret, nil: break
      }
    }
    if let state { settings["repository"] = Text(state.folder) }
    return Asked(provider: watch.provider.name, settings: settings, revision: state?.revision)
  }

  private static func failed(_ watch: Watch, _ failure: Failure, _ asked: Asked) -> WatchReport {
    let kinds = watch.kinds.map { ($0.name, KindReport(completeness: .failed(failure.diagnostics))) }
    return WatchReport(reader: .anyone, asked: asked, kinds: Dictionary(kinds) { first, _ in first })
  }
}
