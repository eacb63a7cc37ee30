import Glibc
import ProviderEngines
import SideEffects

/// Makes watches of their own of the repositories and references that one watch names.
struct WatchExpansion: Sendable {
  /// Relative paths are seen from here; absolute.
  let folder: String
  let environment: [String: String]

  /// More are a mistake in a pattern.
  private static let mostTargets = 1_000

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
    let repositories = try repositories(of: settings)
    let isOne = !settings.withoutSubmodules.hasTargets
    let isOneRepository = settings.texts(of: .repository).count == 1 && !Glob.isPattern(settings.texts(of: .repository)[0].string)
    var targets: [BoundWatch] = []
    var names: Set<Text> = []
    for repository in repositories {
      for (reference, shown) in try await references(of: settings, in: repository) {
        let parts = [isOneRepository ? nil : repository, shown].compactMap { $0?.string }
        let watch =
          isOne
          ? settings.withoutSubmodules : settings.watching(Text(parts.joined(separator: "@")), repository: repository, reference: reference)
        guard names.insert(watch.name).inserted else { continue }
        targets.append(BoundWatch(settings: watch, provider: bound.provider))
        guard settings.hasSubmodules else { continue }
        let path = Text(FileSystem.path(repository.string, from: folder))
        for (submodule, commit) in try await Composition.git(environment).submodules(in: path, at: reference) {
          let below = Text("\(repository)/\(submodule)")
          let target = Text(([isOneRepository ? submodule : below, shown].compactMap { $0?.string }).joined(separator: "@"))
          let watch = settings.watching(target, repository: below, reference: commit)
          if names.insert(watch.name).inserted { targets.append(BoundWatch(settings: watch, provider: bound.provider)) }
        }
      }
    }
    guard targets.count <= Self.mostTargets else {
      throw Failure(
        "too-many-targets",
        "the watch `\(settings.name)` names \(targets.count) repositories and references, more than \(Self.mostTargets)",
        advice: "Write narrower patterns.")
    }
    return targets
  }

  /// As the configuration writes them; those that a pattern finds are folders that hold a repository.
  private func repositories(of settings: WatchSettings) throws(Failure) -> [Text] {
    var found: [Text] = []
    for text in settings.texts(of: .repository) {
      guard Glob.isPattern(text.string) else {
        found.append(text)
        continue
      }
      let fitting = Self.folders(fitting: text.string, from: folder).filter { Self.holdsRepository(FileSystem.path($0, from: folder)) }
      guard !fitting.isEmpty else {
        throw Failure(
          "no-repository", "no folder that fits `\(text)` holds a git repository",
          advice: "Correct `repository` of the watch `\(settings.name)`, or mount what holds them.",
          place: settings.places["with.repository"] ?? .nowhere)
      }
      found += fitting.map { Text($0) }
    }
    var seen: Set<Text> = []
    return found.filter { seen.insert($0).inserted }
  }

  private func references(of settings: WatchSettings, in repository: Text) async throws(Failure) -> [(reference: Text?, shown: Text?)] {
    let asked = settings.texts(of: .ref)
    guard asked.count > 1 || asked.contains(where: { Glob.isPattern($0.string) }) else { return [(asked.first, nil)] }
    var found: [(Text?, Text?)] = []
    var all: [Text]?
    for text in asked {
      guard let pattern = ReferencePattern(text) else {
        found.append((text, text))
        continue
      }
      let path = Text(FileSystem.path(repository.string, from: folder))
      let known: [Text]
      if let all { known = all } else { known = try await Composition.git(environment).references(in: path) }
      all = known
      let fitting = known.filter { pattern.fits($0) }
      guard !fitting.isEmpty else {
        throw Failure(
          "no-reference", "no reference of \(repository) fits `\(text)`",
          advice: "Correct `ref` of the watch `\(settings.name)`, or fetch what it means.", place: settings.places["with.ref"] ?? .nowhere)
      }
      found += fitting.map { ($0, ReferencePattern.shown($0)) }
    }
    return found
  }

  /// The folders that fit a path with `*` and `?`, sorted, written as the pattern is; hidden ones only where the pattern says so.
  private static func folders(fitting pattern: String, from folder: String) -> [String] {
    var found = [pattern.hasPrefix("/") ? "/" : ""]
    for part in pattern.split(separator: "/") {
      found = found.flatMap { above -> [String] in
        func joined(_ name: String) -> String { above.isEmpty || above == "/" ? above + name : "\(above)/\(name)" }
        guard Glob.isPattern(part) else { return [joined(String(part))] }
        let names = try? FileSystem.names(in: FileSystem.path(above.isEmpty ? "." : above, from: folder))
        return (names ?? []).filter { ($0.hasPrefix(".") == part.hasPrefix(".")) && Glob.fits(name: $0, String(part)) }.sorted().map(joined)
      }
    }
    return found
  }

  private static func holdsRepository(_ path: String) -> Bool {
    access(path + "/.git", F_OK) == 0 || (access(path + "/HEAD", F_OK) == 0 && access(path + "/objects", F_OK) == 0)
  }
}
