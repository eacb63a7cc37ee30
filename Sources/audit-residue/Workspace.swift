import SideEffects

/// A watch of the configuration with the provider that it names.
struct BoundWatch: Sendable {
  let settings: WatchSettings
  let provider: Provider
  /// Why the repositories or references that it names can't be found.
  var problem: NonEmpty<Diagnostic>?
  /// Which of the repositories and references it is; nil where it names only one.
  var target: Target?
}

extension [BoundWatch] {
  /// The providers by the watches' names.
  fileprivate var providers: [Text: Provider] {
    Dictionary(map { ($0.settings.name, $0.provider) }, uniquingKeysWith: { first, _ in first })
  }
}

/// A configuration that was found, read and checked, with the providers that it asks for.
struct Workspace: Sendable {
  let configuration: Configuration
  /// The configuration's file; absolute.
  let path: String
  /// Relative paths in the configuration are seen from here; absolute.
  let folder: String
  let catalog: ProviderCatalog
  /// All of them, in the order of the file, each repository and reference by itself.
  let watches: [BoundWatch]
  let resolver: WatchResolver
  /// As the configuration has them.
  private let declared: [BoundWatch]
  private let expansion: WatchExpansion

  /// Finds and reads the configuration that a command is to use.
  /// - Throws: Every reason why it can't be used, or that it isn't trusted.
  static func open(_ session: Session) async throws(Failure) -> Workspace {
    let found = try ConfigurationLocator(start: session.folder).find(named: session.options.config)
    let read = try ConfigurationReader.read(found.bytes, file: Text(shown(found.path)))
    var overrides: [SettingOverride] = []
    for argument in session.options.settings { overrides.append(try SettingOverride(argument)) }
    let configuration = try read.overriding(overrides)
    let folders = configuration.providers.map { FileSystem.path($0.string, from: found.folder) }
    let catalog = try ProviderFolders.catalog(own: folders)
    let resolver = WatchResolver(folder: found.folder)
    let watches = try bound(configuration.watches, catalog, resolver)
    if let problems = NonEmpty(SelectorCheck(configuration, providers: watches.providers).problems) { throw Failure(problems) }
    try TrustQuestion(session: session, subject: Trust.Subject(configuration: configuration, catalog: catalog)).settle()
    let expansion = WatchExpansion(folder: found.folder, environment: session.environment, resolver: resolver)
    return Workspace(
      configuration: configuration, path: found.path, folder: found.folder, catalog: catalog, watches: await expansion.expanded(watches),
      resolver: resolver, declared: watches, expansion: expansion)
  }

  /// The same with the repositories and references that are there now: an upgrade makes branches, and names other commits of submodules.
  func renewed() async -> Workspace {
    Workspace(
      configuration: configuration, path: path, folder: folder, catalog: catalog, watches: await expansion.expanded(declared),
      resolver: resolver, declared: declared, expansion: expansion)
  }

  /// The submodules that a watch's repository named at a revision; see `WatchExpansion`.
  func submodules(of bound: BoundWatch, at revision: Text, but revisions: [Text: Text]) async -> [BoundWatch]? {
    await expansion.submodules(of: bound, at: revision, but: revisions)
  }

  /// The same, or nil where there is no configuration and a store is named: then nothing but that store is needed.
  static func openIfThere(_ session: Session) async throws(Failure) -> Workspace? {
    do throws(Failure) {
      return try await open(session)
    } catch {
      guard session.options.store != nil, session.options.config == nil, error.diagnostics.first.rule == "no-configuration" else {
        throw error
      }
      return nil
    }
  }

  /// The watches to look at: all, or those that `--watch` names.
  func watches(named names: [String]) throws(Failure) -> [BoundWatch] {
    var problems: [Diagnostic] = []
    for name in names where !watches.contains(where: { WatchTarget.isNamed($0.settings.name, by: [Text(name)]) }) {
      let nearest = NearestKey.of(name, among: configuration.watches.map(\.name.string))
      let all = configuration.watches.map { "`\($0.name)`" }.joined(separator: ", ")
      problems.append(
        Diagnostic(
          "unknown-watch", "no watch is called `\(name)`", advice: nearest.map { "Did you mean `\($0)`?" } ?? "The watches are \(all)."))
    }
    if let problems = NonEmpty(problems) { throw Failure(problems) }
    return watches(stillNamed: names)
  }

  /// The same where those that are gone by now were there before.
  func watches(stillNamed names: [String]) -> [BoundWatch] {
    names.isEmpty ? watches : watches.filter { WatchTarget.isNamed($0.settings.name, by: Set(names.map { Text($0) })) }
  }

  /// The restores that `--restored` names, each once, in the order of the file.
  func restores(named names: [String]) throws(Failure) -> [Text] {
    let known = configuration.restores.map(\.name)
    var problems: [Diagnostic] = []
    for name in names where !known.contains(Text(name)) {
      let all = known.map { "`\($0)`" }.joined(separator: ", ")
      let nearest = NearestKey.of(name, among: known.map(\.string)).map { "Did you mean `\($0)`?" }
      problems.append(
        Diagnostic(
          "unknown-restore", "the configuration declares no restore `\(name)`",
          advice: nearest ?? (known.isEmpty ? "Declare under `restores` what it covers and leaves." : "The restores are \(all).")))
    }
    if let problems = NonEmpty(problems) { throw Failure(problems) }
    return known.filter { names.contains($0.string) }
  }

  /// The providers by the watches' names.
  var providers: [Text: Provider] { watches.providers }

  /// Each watch with its provider; all mistakes of all watches at once.
  private static func bound(
    _ watches: [WatchSettings], _ catalog: ProviderCatalog, _ resolver: WatchResolver
  ) throws(Failure) -> [BoundWatch] {
    var bound: [BoundWatch] = []
    var problems: [Diagnostic] = []
    for watch in watches {
      do throws(Failure) {
        let provider = try catalog.provider(watch.provider, askedAt: watch.places["provider"] ?? .nowhere)
        bound.append(BoundWatch(settings: watch, provider: provider))
        problems += resolver.problems(of: watch, for: provider)
      } catch {
        problems += error.diagnostics.all.filter { !problems.contains($0) }
      }
    }
    if let problems = NonEmpty(problems) { throw Failure(problems) }
    return bound
  }

  /// A path as messages show it: short where it lies below the working directory.
  private static func shown(_ path: String) -> String {
    let here = FileSystem.workingDirectory + "/"
    return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
  }
}
