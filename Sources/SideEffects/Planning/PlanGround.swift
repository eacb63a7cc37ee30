/// What a plan stands on: which store, and who looked at what, so that one of another place or account is told apart.
public struct PlanGround: Hashable, Sendable {
  /// A watch as the newest look saw it.
  public struct Watch: Hashable, Sendable {
    public let name: Text
    public let provider: Text
    /// Over the provider's manifest as it was then.
    public let manifest: Digest
    /// Who looked; nil where nothing is needed to read.
    public let account: Text?
    /// How many resources there were, by kind.
    public let resources: [Text: Int]

    public init(name: Text, provider: Text, manifest: Digest, account: Text?, resources: [Text: Int]) {
      (self.name, self.provider, self.manifest, self.account, self.resources) = (name, provider, manifest, account, resources)
    }
  }

  /// The id of the store's fingerprint key, which no other store has.
  public let store: Text
  /// Sorted by name.
  public let watches: [Watch]

  public init(store: Text, watches: [Watch]) { (self.store, self.watches) = (store, watches) }

  /// Of the newest snapshot that the plan is made of.
  public init(_ snapshot: Snapshot) {
    store = snapshot.fingerprintKey
    watches = Dictionary(grouping: snapshot.observations, by: \.watch).sorted { $0.key < $1.key }.compactMap { name, observations in
      observations.first.map { first in
        Watch(
          name: name, provider: first.asked.provider, manifest: first.schema.manifest, account: first.reader.account,
          resources: Dictionary(observations.map { ($0.kind, $0.count) }, uniquingKeysWith: +))
      }
    }
  }

  /// A watch by its name; nil where the newest snapshot doesn't have it.
  public func watch(_ name: Text) -> Watch? { watches.first { $0.name == name } }
}
