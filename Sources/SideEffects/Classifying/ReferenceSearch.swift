/// Finds what else holds the secrets, ids and URLs of what changed, and what refers to what is gone.
///
/// Everything that the newest snapshot holds is looked at once, a chunk at a time.
public struct ReferenceSearch {
  private struct Owner {
    let entry: Int
    let old: Resource
    let now: Resource?
  }

  private let entries: [Audit.Entry]
  private let newest: Snapshot
  private let owners: [Text: Text]
  private let services: Set<Text>
  /// What was there and is not any more, by what it is referred to.
  private var gone: [Trace: Owner] = [:]
  /// What changed things hold, by what they hold it by.
  private var wanted: [Trace: [Int]] = [:]
  /// Which changed things hold it still.
  private var held: [Trace: Set<Int>] = [:]
  private var stale: [Trace: [Stale]] = [:]
  /// Traces that a current thing of the owner's kind still holds.
  private var alive: Set<Trace> = []
  private var ties: [Int: [Audit.Reference]] = [:]
  private let changed: Set<ResourceAddress>

  /// More holders than this share something that says nothing.
  private static let mostHolders = 20

  /// The strongest first.
  enum Trace: Hashable, Comparable {
    case secret(Text)
    case id(Text)
    case url(Text)
  }

  /// - Parameters:
  ///   - owners: Who does the steps, by watch.
  ///   - services: Watches of what issues things: what a file holds is issued by nobody there.
  ///   - keysAreEqual: Whether the fingerprints of all snapshots were made with one key.
  private init(_ audit: Audit, newest: Snapshot, owners: [Text: Text], services: Set<Text>, keysAreEqual: Bool) {
    (entries, self.newest, self.owners, self.services) = (audit.entries, newest, owners, services)
    changed = Set(entries.flatMap { [$0.change.before?.address, $0.change.after?.address, $0.now?.address].compactMap(\.self) })
    for (index, entry) in entries.enumerated() {
      note(entry, index, keysAreEqual)
      for resource in Self.sides(entry) {
        for trace in Self.traces(of: resource, secrets: keysAreEqual) + [Trace.id(resource.address.id)].filter(Self.isDistinct) {
          if !wanted[trace, default: []].contains(index) { wanted[trace, default: []].append(index) }
          if resource == Self.current(entry) { held[trace, default: []].insert(index) }
        }
      }
    }
  }

  /// The audit with what its changes share with other things, and with what refers to what is gone.
  ///
  /// Throws what reading throws.
  public static func complete(
    _ audit: Audit, in newest: Snapshot, owners: [Text: Text], services: Set<Text>, keysAreEqual: Bool,
    read: @escaping ChunkStream.Fetch
  ) async throws(Failure) -> Audit {
    guard !audit.entries.isEmpty else { return audit }
    var search = ReferenceSearch(audit, newest: newest, owners: owners, services: services, keysAreEqual: keysAreEqual)
    search.tieChanges()
    for observation in newest.observations {
      var stream = ChunkStream(observation, fetch: read)
      while let line = try await stream.next() { search.look(at: try stream.resource(of: line), observation) }
    }
    return audit.completed(ties: search.ties, stale: search.found)
  }

  private static func sides(_ entry: Audit.Entry) -> [Resource] {
    [entry.change.before, entry.change.after, entry.now].compactMap(\.self)
  }

  private static func current(_ entry: Audit.Entry) -> Resource? { entry.outcome == nil ? entry.change.after : entry.now }

  /// What of a change is gone now, where a listing that was read to its end shows it.
  private mutating func note(_ entry: Audit.Entry, _ index: Int, _ keysAreEqual: Bool) {
    let address = entry.change.resource.address
    guard services.contains(address.watch), entry.outcome != .blind,
      newest.observation(watch: address.watch, kind: address.kind)?.completeness.isComplete ?? false
    else {
      return
    }
    let now = Self.current(entry)
    let there = now.map { Set(Self.traces(of: $0, secrets: keysAreEqual)) } ?? []
    for old in [entry.change.before, entry.outcome == nil ? nil : entry.change.after].compactMap(\.self) {
      for trace in Self.traces(of: old, secrets: keysAreEqual) where !there.contains(trace) {
        // A URL or an id that a thing held is not the thing itself.
        guard case .secret = trace else { continue }
        gone[trace] = Owner(entry: index, old: old, now: now)
      }
      let id = Trace.id(old.address.id)
      if old.address.id != now?.address.id, Self.isDistinct(id) { gone[id] = Owner(entry: index, old: old, now: now) }
    }
  }

  private static func isDistinct(_ trace: Trace) -> Bool {
    guard case .id(let text) = trace else { return true }
    return Traces.isDistinct(text)
  }

  private static func traces(of resource: Resource, secrets: Bool) -> [Trace] {
    let traces = Traces(of: [resource], ownHosts: [])
    return (secrets ? traces.secrets.map { .secret($0) } : []) + traces.urls.map { .url($0) } + traces.texts.map { .id($0) }
  }

  private mutating func look(at resource: Resource, _ observation: Observation) {
    let (address, schema) = (resource.address, observation.schema)
    let owner = WatchTarget.value(of: address.watch, in: owners)
    // In order: of several things that two share, the first is told.
    for (name, reading) in resource.attributes.sorted(by: { $0.key < $1.key }) where schema.role(of: name) != .volatile {
      guard case .value(let value) = reading else { continue }
      for trace in Set(Self.traces(of: value)).sorted() {
        if let lost = gone[trace] {
          if lost.old.address.watch == address.watch, lost.old.address.kind == address.kind {
            alive.insert(trace)
          } else {
            let reference: Stale.Reference =
              switch trace {
              case .secret, .url: .secret
              case .id(let id): .id(id)
              }
            stale[trace, default: []].append(
              Stale(
                holder: resource, attribute: name, reference: reference, target: lost.old, replacement: lost.now, owner: owner,
                schema: schema))
          }
        }
        guard !changed.contains(address) else { continue }
        for index in wanted[trace] ?? [] { tie(index, to: resource, trace, holdsStill: true) }
      }
    }
    // What names the id of an unchanged thing is tied to it too.
    let id = Trace.id(address.id)
    if let lost = gone[id], lost.old.address.watch == address.watch, lost.old.address.kind == address.kind { alive.insert(id) }
    if !changed.contains(address), Self.isDistinct(id) { for index in wanted[id] ?? [] { tie(index, to: resource, id, holdsStill: true) } }
  }

  private static func traces(of value: Value) -> [Trace] {
    value.scalars.flatMap { scalar -> [Trace] in
      switch scalar {
      case .secret(let fingerprint): return [.secret(Text(fingerprint.description))]
      case .text(let text):
        return (text.holdsFingerprint ? [.secret(text)] : []) + (WebOrigin(text.string) == nil ? [] : [.url(text)])
          + (Traces.isDistinct(text) ? [.id(text)] : [])
      case .number(let text): return Traces.isDistinct(text) ? [.id(text)] : []
      case .null, .boolean, .structure: return []
      }
    }
  }

  private mutating func tieChanges() {
    for (trace, group) in wanted.sorted(by: { $0.key < $1.key }) where group.count > 1 && group.count <= Self.mostHolders {
      for one in group {
        for other in group where one != other {
          tie(one, to: entries[other].change.resource, trace, holdsStill: held[trace]?.contains(other) ?? false)
        }
      }
    }
  }

  private mutating func tie(_ index: Int, to other: Resource, _ trace: Trace, holdsStill: Bool) {
    let how: String =
      switch trace {
      case .secret: "the same secret"
      case .url(let url): "the URL \(url)"
      case .id(let id): "the id \(id)"
      }
    // A word that both hold, such as the name of a hash, is no id of either.
    if case .id(let id) = trace, id != other.address.id, !Self.sides(entries[index]).contains(where: { $0.address.id == id }) { return }
    let isPast = !holdsStill || held[trace]?.contains(index) != true
    let reference = Audit.Reference(address: other.address, name: other.name, how: Text(how), isPast: isPast)
    if ties[index]?.contains(where: { $0.address == reference.address }) != true, ties[index]?.count ?? 0 < Self.mostHolders {
      ties[index, default: []].append(reference)
    }
  }

  private var found: [Stale] {
    stale.filter { !alive.contains($0.key) }.flatMap(\.value).sorted {
      ($0.holder.address, $0.attribute, $0.target.address) < ($1.holder.address, $1.attribute, $1.target.address)
    }
  }
}

extension Audit {
  /// Another thing that holds the same as a changed one.
  public struct Reference: Hashable, Sendable {
    public let address: ResourceAddress
    public let name: Text
    /// What both hold.
    public let how: Text
    /// Whether one of the two no longer holds it.
    public let isPast: Bool

    public init(address: ResourceAddress, name: Text, how: Text, isPast: Bool = false) {
      (self.address, self.name, self.how, self.isPast) = (address, name, how, isPast)
    }
  }

  fileprivate func completed(ties: [Int: [Reference]], stale: [Stale]) -> Audit {
    let entries = self.entries.enumerated().map { index, entry in
      entry.tied(to: (ties[index] ?? []).sorted { ($0.address, $0.how) < ($1.address, $1.how) })
    }
    return Audit(
      before: before, after: after, now: now, restored: restored, upgrade: upgrade, subjects: subjects, entries: entries, ignored: ignored,
      blindSpots: blindSpots, remarks: remarks, wrongDeclarations: wrongDeclarations, stale: stale)
  }
}
