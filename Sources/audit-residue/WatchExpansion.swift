import ProviderEngines
import SideEffects

/// Makes watches of their own of the repositories and references that one watch names.
struct WatchExpansion: Sendable {
  /// Relative paths are seen from here; absolute.
  let folder: String
  let environment: [String: String]
  let resolver: WatchResolver

  /// More are a mistake in a pattern.
  private static let mostTargets = 1_000
  /// Submodules of submodules, and so on.
  private static let deepest = 8

  /// A reference that a watch names.
  private struct Reference {
    /// As the engine is asked for it; nil where the watch says nothing.
    var asked: Text?
    /// What names it among others of its repository; nil where it is the only one.
    var shown: Text?
    /// Its full name where it is known, else what was asked for.
    var full: Text?
    /// Why it can't be read.
    var problem: Diagnostic?
  }

  /// The watches to look at, in order. One whose targets can't be found is there all the same, with the reason.
  func expanded(_ watches: [BoundWatch]) async -> [BoundWatch] {
    var all: [BoundWatch] = []
    for bound in watches {
      guard bound.provider.manifest.engine == .git, bound.settings.hasTargets else {
        all.append(bound)
        continue
      }
      do throws(Failure) { all += try await targets(of: bound) } catch {
        all.append(BoundWatch(settings: bound.settings, provider: bound.provider, problem: error.diagnostics))
      }
    }
    return all
  }

  private func targets(of bound: BoundWatch) async throws(Failure) -> [BoundWatch] {
    let settings = bound.settings
    var targets: [BoundWatch] = []
    func failed(_ target: Text, _ because: Diagnostic) -> BoundWatch {
      BoundWatch(
        settings: settings.watching(target, repository: target, reference: nil), provider: bound.provider, problem: NonEmpty(because))
    }
    let (repositories, unknown) = try repositories(of: bound)
    targets += unknown.map { failed($0.path, $0.because) }
    let isOne = !settings.withoutSubmodules.hasTargets
    let isOneRepository = settings.isOne(.repository)
    for repository in repositories {
      for reference in try await references(of: settings, in: repository) {
        let target = Text([isOneRepository ? nil : repository, reference.shown].compactMap { $0?.string }.joined(separator: "@"))
        if let problem = reference.problem {
          targets.append(failed(target, problem))
          continue
        }
        let watch = isOne ? settings.withoutSubmodules : settings.watching(target, repository: repository, reference: reference.asked)
        targets.append(BoundWatch(settings: watch, provider: bound.provider))
        if settings.hasSubmodules {
          targets += try await submodules(
            of: bound, in: repository, at: reference.asked, shownAs: isOneRepository ? nil : repository, reference.shown, below: watch.name)
        }
        guard targets.count <= Self.mostTargets else {
          throw Failure(
            "too-many-targets", "the watch `\(settings.name)` names more than \(Self.mostTargets) repositories and references",
            advice: "Write narrower patterns.")
        }
      }
    }
    return try distinct(targets, of: settings)
  }

  /// Fails where two targets have one name: then one of them would not be looked at.
  private func distinct(_ targets: [BoundWatch], of settings: WatchSettings) throws(Failure) -> [BoundWatch] {
    var names: Set<Text> = []
    if let twice = targets.first(where: { !names.insert($0.settings.name).inserted }) {
      throw Failure(
        "same-target", "two repositories or references of the watch `\(settings.name)` are both called `\(twice.settings.name)`",
        advice: "Name the repository once, or make two watches of them.", place: settings.places["with.repository"] ?? .nowhere)
    }
    return targets
  }

  /// As the configuration writes them, or the provider's default; those that a pattern finds are folders that hold a repository.
  private func repositories(of bound: BoundWatch) throws(Failure) -> (found: [Text], unknown: [(path: Text, because: Diagnostic)]) {
    let settings = bound.settings
    var all: (found: [Text], unknown: [(path: Text, because: Diagnostic)]) = ([], [])
    for text in settings.texts(of: .repository) {
      guard Glob.isPattern(text.string) else {
        all.found.append(text)
        continue
      }
      let search = RepositorySearch(text.string, from: folder)
      guard !search.found.isEmpty || !search.unknown.isEmpty else {
        throw Failure(
          "no-repository", "no folder that fits `\(text)` holds a git repository",
          advice: "Correct `repository` of the watch `\(settings.name)`, or mount what holds them.",
          place: settings.places["with.repository"] ?? .nowhere)
      }
      all.found += search.found
      all.unknown += search.unknown
    }
    if settings.texts(of: .repository).isEmpty {
      let watch = try resolver.watch(settings.at(revision: "HEAD"), provider: bound.provider, secrets: [:])
      guard case .text(let text)? = watch.settings[StandardSetting.repository.rawValue] else {
        throw Failure(
          "bad-setting", "the watch `\(settings.name)` doesn't say which repository", advice: "Write `with: {repository: PATH}`.",
          place: settings.places["provider"] ?? .nowhere)
      }
      all.found = [text]
    }
    var seen: Set<Text> = []
    all.found.removeAll { !seen.insert($0).inserted }
    return all
  }

  private func references(of settings: WatchSettings, in repository: Text) async throws(Failure) -> [Reference] {
    let asked = settings.texts(of: .ref)
    guard !settings.isOne(.ref) else { return [Reference(asked: asked.first)] }
    var found: [Reference] = []
    var known: ReferenceNames?
    if asked.contains(where: { ReferencePattern($0) != nil }) {
      known = try await Composition.git(environment).references(in: Text(FileSystem.path(repository.string, from: folder)))
    }
    for text in asked {
      guard let pattern = ReferencePattern(text) else {
        found.append(Reference(asked: text, shown: text, full: known?.full(of: text) ?? text))
        continue
      }
      let fitting = (known?.names ?? []).filter { pattern.fits($0) }
        .map { Reference(asked: $0, shown: ReferencePattern.shown($0), full: $0) }
      let unreadable = (known?.notText ?? []).filter { pattern.fits($0) }.map { name in
        Reference(
          shown: ReferencePattern.shown(name), full: name,
          problem: Diagnostic("reference-not-utf8", "the reference \(name) has a name that is no UTF-8", advice: "Rename it."))
      }
      guard !fitting.isEmpty || !unreadable.isEmpty else {
        throw Failure(
          "no-reference", "no reference of \(repository) fits `\(text)`",
          advice: "Correct `ref` of the watch `\(settings.name)`, or fetch what it means.", place: settings.places["with.ref"] ?? .nowhere)
      }
      found += fitting + unreadable
    }
    var seen: Set<Text?> = []
    found.removeAll { !seen.insert($0.full).inserted }
    // A branch and a tag of one name.
    let counts = Dictionary(grouping: found, by: \.shown).mapValues(\.count)
    return found.map { reference in
      var reference = reference
      if counts[reference.shown, default: 1] > 1 { reference.shown = reference.full }
      return reference
    }
  }

  /// The submodules of a repository, and theirs; one that can't be opened is read all the same, so that the reason is told.
  ///
  /// - Parameter path: What names the repository in the names of its submodules.
  private func submodules(
    of bound: BoundWatch, in repository: Text, at reference: Text?, shownAs path: Text?, _ shownReference: Text?, below parent: Text,
    depth: Int = 1
  ) async throws(Failure) -> [BoundWatch] {
    let folder = Text(FileSystem.path(repository.string, from: folder))
    var targets: [BoundWatch] = []
    let found: [(path: Text, commit: Text?)]
    do throws(Failure) { found = try await Composition.git(environment).submodules(in: folder, at: reference) } catch {
      if depth == 1 { throw error }
      return []
    }
    for submodule in found {
      let below = Text("\(repository)/\(submodule.path)")
      let shown = Text([path, submodule.path].compactMap { $0?.string }.joined(separator: "/"))
      let target = Text([shown, shownReference].compactMap { $0?.string }.joined(separator: "@"))
      let settings = bound.settings.watching(target, repository: below, reference: submodule.commit)
      var watch = BoundWatch(
        settings: settings, provider: bound.provider, submodule: .init(of: parent, folder: folder, path: submodule.path))
      if submodule.path.string.split(separator: "/").contains("..") {
        watch.problem = NonEmpty(
          Diagnostic("submodule-outside", "the submodule lies outside of its repository", place: .file(submodule.path, line: 0, column: 0)))
      } else if depth == Self.deepest {
        watch.problem = NonEmpty(
          Diagnostic(
            "too-deep", "submodules are looked for \(Self.deepest) levels deep", advice: "Watch the repository by itself.",
            place: .file(below, line: 0, column: 0)))
      }
      targets.append(watch)
      if watch.problem == nil {
        targets += try await submodules(
          of: bound, in: below, at: submodule.commit, shownAs: shown, shownReference, below: settings.name, depth: depth + 1)
      }
      if targets.count > Self.mostTargets { break }
    }
    return targets
  }
}
