/// Makes the patches that set flags back, against the files as they are now.
public struct PatchPlanner: Sendable {
  private let watches: [Text: Watch]
  private let source: any SourceReading
  private let fingerprinter: Fingerprinter

  /// - Parameter fingerprinter: The store's, since values that may be secret are compared by their fingerprints.
  public init(watches: [Text: Watch], source: any SourceReading, fingerprinter: Fingerprinter) {
    (self.watches, self.source, self.fingerprinter) = (watches, source, fingerprinter)
  }

  /// One flag that a patch may set back.
  private struct Candidate {
    let watch: Watch
    let path: Text
    let current: Resource
    /// As it was.
    let old: Resource?
    let wanted: Value
    /// The commit that made it what it is, and did nothing else.
    let commit: Text?
  }

  /// The patches for what an audit found; each file is read once.
  public func patches(for audit: Audit) async -> FlagPatches {
    var made: [ResourceAddress: Result<FlagPatch, PatchRefusal>] = [:]
    var files: [[Text]: [Candidate]] = [:]
    var touched: [[Text]: [Situation]] = [:]
    for entry in audit.residue {
      let situation = Situation(entry)
      if let path = situation.resource.location?.path { touched[[situation.resource.address.watch, path], default: []].append(situation) }
      guard let watch = watches[situation.resource.address.watch], isPatched(situation, watch) else { continue }
      switch candidate(situation, watch) {
      case .success(let candidate): files[[watch.name, candidate.path], default: []].append(candidate)
      case .failure(let refusal): made[situation.resource.address] = .failure(refusal)
      }
    }
    let look = Self.look(audit)
    for (key, candidates) in files.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      made.merge(await patches(candidates, besides: touched[key] ?? [], look)) { first, _ in first }
    }
    return FlagPatches(made)
  }

  private func isPatched(_ situation: Situation, _ watch: Watch) -> Bool {
    guard situation.aim == .putBack, case .patch? = watch.provider.manifest.kind(situation.resource.address.kind)?.remedies.updated?.action
    else { return false }
    return true
  }

  private func candidate(_ situation: Situation, _ watch: Watch) -> Result<Candidate, PatchRefusal> {
    guard let current = situation.current, let difference = situation.differences.first(where: { $0.name == "value" }),
      let wanted = difference.before
    else {
      return .failure(PatchRefusal("what changed is not the flag's value"))
    }
    guard !wanted.holdsFingerprint else { return .failure(PatchRefusal("of the value that it had only a fingerprint is kept")) }
    if case .value(let value)? = current.attributes["value"], value.holdsFingerprint {
      return .failure(PatchRefusal("a patch would show the value that it has, which may be a secret"))
    }
    guard let path = current.location?.path else { return .failure(PatchRefusal("nobody knows in which file it stands")) }
    // A commit that came after others of the same flag takes back less than the upgrade did.
    let (origin, left) = (situation.entry.change.resource.origin, situation.entry.change.after?.attributes["value"])
    let isAlone = origin.story.map { $0.didNothingElse && $0.earlier.isEmpty } ?? false
    return .success(
      Candidate(
        watch: watch, path: path, current: current, old: situation.wanted, wanted: wanted,
        commit: isAlone && left == current.attributes["value"] ? origin.commit : nil))
  }

  /// The command that looks again.
  private static func look(_ audit: Audit) -> String {
    if let upgrade = audit.upgrade { return "audit-residue audit --upgrade \(DisplayText.shell(upgrade.name))" }
    return "audit-residue audit --before \(DisplayText.shell(audit.before))"
      + (audit.after.map { " --after \(DisplayText.shell($0))" } ?? "")
  }

  /// Those of one file, of which these steps change something.
  private func patches(
    _ candidates: [Candidate], besides steps: [Situation], _ look: String
  ) async -> [ResourceAddress: Result<FlagPatch, PatchRefusal>] {
    guard let first = candidates.first else { return [:] }
    let file: SourceFile
    let flags: FlagFile
    do throws(Failure) {
      file = try await source.file(first.path, of: first.watch)
      flags = FlagFile(
        path: first.path, file: file, walk: try FileWalk(watch: first.watch, fingerprinter: fingerprinter),
        changing: steps.map(\.resource.address))
    } catch {
      let refusal = PatchRefusal("\(first.path) can't be read as it is now: \(error.diagnostics.first.sentence)")
      return Dictionary(candidates.map { ($0.current.address, .failure(refusal)) }, uniquingKeysWith: { first, _ in first })
    }
    var made: [ResourceAddress: Result<FlagPatch, PatchRefusal>] = [:]
    for candidate in candidates {
      made[candidate.current.address] = flags.place(of: candidate.current, wanted: candidate.wanted, look: look).flatMap { place in
        let others = steps.filter { $0.resource.address != candidate.current.address }
          .flatMap { flags.touched(by: $0, besides: candidate.old, at: place.bytes) }
        return flags.patch(candidate.current, at: place, to: candidate.wanted, besides: others).map { patch in
          FlagPatch(forward: patch.forward.orReverting(candidate.commit), back: patch.back)
        }
      }
    }
    return made
  }
}
