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

  /// The watches to look at, in order. A target that can't be found is there all the same, with the reason.
  func expanded(_ watches: [BoundWatch]) async -> [BoundWatch] {
    var all: [BoundWatch] = []
    for bound in watches {
      guard bound.provider.manifest.engine == .git, bound.settings.hasTargets else {
        all.append(bound)
        continue
      }
      do throws(Failure) { all += try await targets(of: bound).map { $0.watch(of: bound) } } catch {
        all.append(BoundWatch(settings: bound.settings, provider: bound.provider, problem: error.diagnostics))
      }
    }
    return all
  }

  /// The submodules that a watch's repository named at a revision, and theirs; none where the watch doesn't ask for them. Nil where the
  /// repository has no such revision, or can't be opened.
  ///
  /// - Parameter revisions: Of submodules that are to be seen at another one than is named, by their watches' names.
  func submodules(of bound: BoundWatch, at revision: Text, but revisions: [Text: Text]) async -> [BoundWatch]? {
    guard var target = bound.target, target.hasSubmodules else { return [] }
    target.reference = revision
    return await submodules(in: target, of: WatchTarget.base(of: bound.settings.name), but: revisions)?.map { $0.watch(of: bound) }
  }

  private func targets(of bound: BoundWatch) async throws(Failure) -> [Target] {
    let settings = bound.settings
    var targets: [Target] = []
    // Patterns that have found no reference by now.
    var fruitless = Set(settings.texts(of: .ref).filter { ReferencePattern($0) != nil })
    for repository in try repositories(of: bound) {
      guard repository.problem == nil else {
        targets.append(repository)
        continue
      }
      for target in await references(of: settings, in: repository, &fruitless) {
        targets.append(target)
        if target.problem == nil, settings.hasSubmodules {
          targets += await submodules(in: target, of: settings.name) ?? []
        }
        guard targets.count <= Self.mostTargets else {
          throw Failure(
            "too-many-targets", "the watch `\(settings.name)` names more than \(Self.mostTargets) repositories and references",
            advice: "Write narrower patterns.")
        }
      }
    }
    targets += fruitless.sorted().map { Target($0, because: Self.fruitless($0, of: settings)) }
    return try distinct(targets, of: settings)
  }

  private static func fruitless(_ pattern: Text, of settings: WatchSettings) -> Diagnostic {
    Diagnostic(
      "no-reference", "no reference fits `\(pattern)`",
      advice: "Correct `ref` of the watch `\(settings.name)`, or fetch what it means.", place: settings.places["with.ref"] ?? .nowhere)
  }

  /// Fails where two targets have one name: then one of them would not be looked at.
  private func distinct(_ targets: [Target], of settings: WatchSettings) throws(Failure) -> [Target] {
    var names: Set<Text?> = []
    if let twice = targets.first(where: { !names.insert($0.name).inserted }) {
      throw Failure(
        "same-target", "two repositories or references of the watch `\(settings.name)` are both called `\(twice.name ?? settings.name)`",
        advice: "Name the repository once, or make two watches of them.", place: settings.places["with.repository"] ?? .nowhere)
    }
    return targets
  }

  /// As the configuration writes them, or the provider's default; those that a pattern finds are folders that hold a repository.
  private func repositories(of bound: BoundWatch) throws(Failure) -> [Target] {
    let settings = bound.settings
    func target(_ repository: Text) -> Target {
      Target(
        repository: repository, shownRepository: settings.isOne(.repository) ? nil : repository, hasSubmodules: settings.hasSubmodules)
    }
    var all: [Target] = []
    for text in settings.texts(of: .repository) {
      guard Glob.isPattern(text.string) else {
        all.append(target(text))
        continue
      }
      let search = RepositorySearch(text.string, from: folder)
      all += search.found.map(target) + search.unknown.map { Target($0.path, because: $0.because) }
      if search.found.isEmpty, search.unknown.isEmpty {
        all.append(
          Target(
            text,
            because: Diagnostic(
              "no-repository", "no folder that fits `\(text)` holds a git repository",
              advice: "Correct `repository` of the watch `\(settings.name)`, or mount what holds them.",
              place: settings.places["with.repository"] ?? .nowhere)))
      }
    }
    if settings.texts(of: .repository).isEmpty {
      let watch = try resolver.watch(settings.at(revision: "HEAD"), provider: bound.provider, secrets: [:])
      guard case .text(let text)? = watch.settings[StandardSetting.repository.rawValue] else {
        throw Failure(
          "bad-setting", "the watch `\(settings.name)` doesn't say which repository", advice: "Write `with: {repository: PATH}`.",
          place: settings.places["provider"] ?? .nowhere)
      }
      all = [target(text)]
    }
    // A repository may fit two patterns; what a pattern can't tell is another thing than a repository of that name.
    var (seen, told): (Set<Text>, Set<Text>) = ([], [])
    return all.filter { $0.problem == nil ? seen.insert($0.repository).inserted : told.insert($0.repository).inserted }
  }

  /// The references of one repository. One that a pattern found and that has none that fits is none of the watch's, as long as another one
  /// has some; in one that is named by itself a pattern without fruit is told.
  private func references(of settings: WatchSettings, in repository: Target, _ fruitless: inout Set<Text>) async -> [Target] {
    let asked = settings.texts(of: .ref)
    func target(_ reference: Text?, shown: Text?, because problem: Diagnostic? = nil) -> Target {
      var target = repository
      (target.reference, target.shownReference, target.problem) = (reference, shown, problem)
      return target
    }
    guard !settings.isOne(.ref) else { return [target(asked.first, shown: nil)] }
    var known = ReferenceNames(names: [], notText: [])
    if asked.contains(where: { ReferencePattern($0) != nil }) {
      do throws(Failure) {
        known = try await Composition.git(environment).references(in: Text(FileSystem.path(repository.repository.string, from: folder)))
      } catch {
        // Which patterns would have found something there nobody knows.
        fruitless = []
        return [target(nil, shown: nil, because: error.diagnostics.first)]
      }
    }
    let isNamed = settings.texts(of: .repository).contains(repository.repository) || settings.texts(of: .repository).isEmpty
    var found: [(full: Text, target: Target)] = []
    for text in asked {
      guard let pattern = ReferencePattern(text) else {
        found.append((known.full(of: text) ?? text, target(text, shown: text)))
        continue
      }
      let fitting = known.names.filter { pattern.fits($0) }
        .map { (full: $0, target: target($0, shown: ReferencePattern.shown($0))) }
      let odd = known.notText.filter { pattern.fits($0.bytes) }.map { name in
        (
          full: name.shown,
          target: target(
            nil, shown: ReferencePattern.shown(name.shown),
            because: Diagnostic(
              "reference-not-utf8", "the reference \(name.shown) has a name that is no UTF-8", advice: "Rename it.",
              place: .file(repository.repository, line: 0, column: 0)))
        )
      }
      found += fitting + odd
      if !fitting.isEmpty || !odd.isEmpty || isNamed { fruitless.remove(text) }
      if fitting.isEmpty, odd.isEmpty, isNamed {
        found.append((text, target(nil, shown: text, because: Self.fruitless(text, of: settings))))
      }
    }
    var seen: Set<Text> = []
    found.removeAll { !seen.insert($0.full).inserted }
    // A branch and a tag of one name.
    let counts = Dictionary(grouping: found, by: \.target.shownReference).mapValues(\.count)
    return found.map { full, target in
      var target = target
      if counts[target.shownReference, default: 1] > 1 { target.shownReference = full }
      return target
    }
  }

  /// The submodules of a repository, and theirs; nil where it can't be opened, and then the watch of it says why.
  ///
  /// - Parameter watch: As the configuration calls it.
  private func submodules(in parent: Target, of watch: Text, but revisions: [Text: Text] = [:], depth: Int = 1) async -> [Target]? {
    let folder = FileSystem.path(parent.repository.string, from: folder)
    guard let list = try? await Composition.git(environment).submodules(in: Text(folder), at: parent.reference) else { return nil }
    var targets: [Target] = []
    func add(_ path: Text, _ commit: Text?, because problem: Diagnostic? = nil) {
      var target = parent
      target.repository = Text("\(parent.repository)/\(path)")
      target.shownRepository = Text([parent.shownRepository, path].compactMap { $0?.string }.joined(separator: "/"))
      (target.problem, target.parent) = (problem, parent.watchName(of: watch))
      target.reference = revisions[target.watchName(of: watch)] ?? commit
      targets.append(target)
    }
    for (path, commit) in list.found {
      let place = Diagnostic.Place.file(Text("\(parent.repository)/\(path)"), line: 0, column: 0)
      let (above, real) = (FileSystem.realPath(folder), FileSystem.realPath("\(folder)/\(path)"))
      if let above, let real, !real.utf8.starts(with: "\(above)/".utf8) {
        add(
          path, commit,
          because: Diagnostic(
            "submodule-outside", "the submodule's folder leads out of the repository, and links are not followed",
            advice: "Watch the repository that it points to by itself.", place: place))
      } else if depth == Self.deepest {
        add(
          path, commit,
          because: Diagnostic(
            "too-deep", "submodules are looked for \(Self.deepest) levels deep", advice: "Watch the repository by itself.", place: place))
      } else {
        add(path, commit)
        targets += await submodules(in: targets[targets.count - 1], of: watch, but: revisions, depth: depth + 1) ?? []
      }
      if targets.count > Self.mostTargets { break }
    }
    for path in list.conflicts {
      add(
        path, nil,
        because: Diagnostic(
          "merge-conflict", "the submodule has a merge conflict", advice: "Resolve it first.", place: .file(path, line: 0, column: 0)))
    }
    if let problem = list.problem { add("*", nil, because: problem) }
    return targets
  }
}

/// One repository at one reference, of those that a watch names.
struct Target: Sendable {
  /// As the configuration writes it.
  var repository: Text
  /// As the engine is asked for it; nil where the watch says nothing.
  var reference: Text?
  /// What tells the repository from others of the watch; nil where it is the only one.
  var shownRepository: Text?
  var shownReference: Text?
  /// Whether its submodules are wanted too.
  var hasSubmodules = false
  /// The watch of the repository that holds it, where it is a submodule.
  var parent: Text?
  /// Why it can't be read.
  var problem: Diagnostic?

  init(repository: Text, shownRepository: Text?, hasSubmodules: Bool) {
    (self.repository, self.shownRepository, self.hasSubmodules) = (repository, shownRepository, hasSubmodules)
  }

  /// What can't be found at all.
  init(_ name: Text, because problem: Diagnostic) { (repository, shownRepository, self.problem) = (name, name, problem) }

  /// What stands behind the watch's name; nil for the only one.
  var name: Text? {
    let parts = [shownRepository, shownReference].compactMap { $0?.string }
    return parts.isEmpty ? nil : Text(parts.joined(separator: "@"))
  }

  /// What its watch is called, by the name that the configuration gives to all of them.
  func watchName(of base: Text) -> Text { name.map { WatchTarget.name($0, of: base) } ?? base }

  func watch(of bound: BoundWatch) -> BoundWatch {
    let base = bound.settings.withoutSubmodules
    let settings = name.map { base.watching($0, repository: repository, reference: reference) } ?? base
    return BoundWatch(settings: settings, provider: bound.provider, problem: problem.map { NonEmpty($0) }, target: self)
  }
}
