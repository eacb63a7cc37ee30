import SideEffects

/// Finds the plan that `apply` and `verify` are to work with, and makes it again from what it was made of.
struct PlanDesk: Sendable {
  let session: Session
  let workspace: Workspace
  let store: any SnapshotStore

  /// A plan as somebody has read it, and as it is now.
  struct Found: Sendable {
    let kept: KeptPlan
    let plan: Plan
    /// The newest snapshot that it is made of.
    let basis: Snapshot
  }

  /// - Parameter word: A plan's name or a file with its JSON; nil for the newest plan.
  /// - Throws: `no-plan`, `plan-outdated`, and what kept it from being made again.
  func find(_ word: String?) async throws(Failure) -> Found {
    let kept = try await kept(word)
    let names = try await SnapshotNames(store)
    guard let upgrade = names.upgrades.first(where: { $0.name == kept.upgrade ?? kept.name }) else {
      throw Failure(
        "unknown-upgrade", "the plan is for the upgrade `\(kept.upgrade ?? kept.name)`, which this store does not know",
        advice: "Name the store that the plan was made in with --store.")
    }
    let maker = PlanMaker(session: session.lookingAtAll, workspace: workspace, store: store)
    let (plan, basis, _) = try await maker.remade(for: upgrade)
    guard plan.basis == kept.basis else {
      throw Failure(
        "plan-outdated", "the plan was made of the snapshot `\(kept.basis)`, and `\(plan.basis)` was taken since",
        advice: "Make it anew and read it: audit-residue plan --upgrade \(upgrade.name)")
    }
    if let store = kept.store, store != plan.ground?.store {
      throw Failure(
        "other-store", "the plan was made in another store", advice: "Name that store with --store, or make a plan in this one.")
    }
    // Numbers are what people give: they must mean the steps that were read.
    guard kept.numbersAlike(plan) else {
      throw Failure(
        "plan-differs", "the plan has other steps now than when it was read: the configuration or a provider has changed",
        advice: "Make it anew and read it: audit-residue plan --upgrade \(upgrade.name)")
    }
    return Found(kept: kept, plan: plan, basis: basis)
  }

  private func kept(_ word: String?) async throws(Failure) -> KeptPlan {
    if let word, word.contains("/") || word.hasSuffix(".json") {
      let path = FileSystem.path(word, from: session.folder)
      let bytes: [UInt8]
      do throws(FileSystem.Problem) {
        bytes = try FileSystem.read(path, limit: 1 << 28).bytes
      } catch {
        throw Failure("unreadable", "the plan \(word) can't be read: \(error.words)", advice: "See that it is there.")
      }
      return try KeptPlan(json: bytes)
    }
    guard let kept = try await store.plan(word.map { Text($0) }) else {
      let which = word.map { "no plan is called `\($0)`" } ?? "there is no plan yet"
      throw Failure("no-plan", which, advice: "Make one and read it: `audit-residue plan`.")
    }
    return try KeptPlan(json: kept.json)
  }

  /// What the steps of a plan are read and carried out with.
  func bench(_ found: Found, _ engines: Composition.Engines) async throws(Failure) -> StepBench {
    let named = Set(found.plan.steps.map(\.address.watch))
    let ready = await ReadyWatches(
      workspace.watches.filter { named.contains($0.settings.name) }, workspace: workspace, environment: session.environment)
    let progress: @Sendable (WatchProgress) -> Void = { [session] in session.progress.update($0.watch.string, $0.doing.string) }
    let look = EngineLook(
      basis: found.basis, fingerprinter: Fingerprinter(key: try await store.fingerprintKey()),
      memory: found.basis.tool == Text(AuditResidue.version) ? store : nil, progress: progress
    ) {
      watch throws(Failure) in try engines.engine(for: watch)
    }
    return StepBench(
      watches: ready.watches, problems: ready.problems, ground: found.plan.ground, basis: found.basis,
      tools: ApplyTools(store: store, looks: look, branches: engines.branches, clock: SystemApplyClock()) { engines.carrier(for: $0) })
  }
}

extension Session {
  /// The same without `--watch`: a plan of some watches has other numbers than the whole.
  var lookingAtAll: Session {
    var options = options
    options.watches = []
    return Session(hub: hub, progress: progress, environment: environment, options: options)
  }
}
