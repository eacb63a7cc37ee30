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
    let wanted: Value
  }

  /// The patches for what an audit found; each file is read once.
  public func patches(for audit: Audit) async -> FlagPatches {
    var made: [ResourceAddress: Result<FlagPatch, PatchRefusal>] = [:]
    var files: [[Text]: [Candidate]] = [:]
    for entry in audit.residue {
      let situation = Situation(entry)
      guard let watch = watches[situation.resource.address.watch], isPatched(situation, watch) else { continue }
      switch candidate(situation, watch) {
      case .success(let candidate): files[[watch.name, candidate.path], default: []].append(candidate)
      case .failure(let refusal): made[situation.resource.address] = .failure(refusal)
      }
    }
    for (_, candidates) in files.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      made.merge(await patches(candidates)) { first, _ in first }
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
    guard let path = current.location?.path else { return .failure(PatchRefusal("nobody knows in which file it stands")) }
    return .success(Candidate(watch: watch, path: path, current: current, wanted: wanted))
  }

  /// Those of one file.
  private func patches(_ candidates: [Candidate]) async -> [ResourceAddress: Result<FlagPatch, PatchRefusal>] {
    guard let first = candidates.first else { return [:] }
    let file: SourceFile
    let flags: FlagFile
    do throws(Failure) {
      file = try await source.file(first.path, of: first.watch)
      flags = FlagFile(path: first.path, file: file, walk: try FileWalk(watch: first.watch, fingerprinter: fingerprinter))
    } catch {
      let refusal = PatchRefusal("\(first.path) can't be read as it is now: \(error.diagnostics.first.sentence)")
      return Dictionary(candidates.map { ($0.current.address, .failure(refusal)) }, uniquingKeysWith: { first, _ in first })
    }
    let places = candidates.map { flags.place(of: $0.current) }
    var made: [ResourceAddress: Result<FlagPatch, PatchRefusal>] = [:]
    for (index, candidate) in candidates.enumerated() {
      made[candidate.current.address] = places[index].flatMap { place in
        let others = places.enumerated().compactMap { other, place in other == index ? nil : try? place.get() }
        return flags.patch(candidate.current, at: place, to: candidate.wanted, besides: others)
      }
    }
    return made
  }
}
