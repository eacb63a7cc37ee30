/// What was found of one kind of a watch when it was read again just now.
public struct FreshLook: Sendable {
  /// What reading tells of one resource.
  public enum Sight: Hashable, Sendable {
    case present(Resource)
    case absent
    /// It can't be told whether it is there, and why.
    case unknown(NonEmpty<Diagnostic>)
  }

  public let observation: Observation
  public let resources: [ResourceAddress: Resource]
  /// The items themselves as the service gave them, for requests that are made of them.
  let items: [ResourceAddress: FreshItem]
  /// The look that the plan is made of: an absence counts only where that one would have been seen again. Nil where there is none.
  private let pair: ObservationPair?
  private let refusal: Diagnostic?

  /// - Parameters:
  ///   - earlier: Of the newest snapshot that the plan is made of.
  ///   - keysAreEqual: Whether the fingerprints of both were made with one key.
  init(
    _ observation: Observation, resources: [ResourceAddress: Resource], items: [ResourceAddress: FreshItem] = [:], earlier: Observation?,
    keysAreEqual: Bool
  ) {
    (self.observation, self.resources, self.items) = (observation, resources, items)
    guard let earlier else {
      pair = nil
      refusal = Diagnostic("first-look", "nobody looked at it when the plan was made", advice: "Audit again, and make the plan anew.")
      return
    }
    switch Comparability(before: earlier, after: observation, keysAreEqual: keysAreEqual, later: .now) {
    case .comparable(let pair): (self.pair, refusal) = (pair, nil)
    case .incomparable(_, let spot): (pair, refusal) = (nil, spot.because)
    }
  }

  /// What the look tells of a resource that the plan names.
  public func sight(of resource: Resource) -> Sight {
    if let refusal { return .unknown(NonEmpty(refusal)) }
    if let found = resources[resource.address] { return .present(found) }
    switch pair?.absence(of: resource, on: .after) {
    case .proven: return .absent
    case .unread, .notAsked, .leftOut, .notSearched, .otherManifest, .otherReader, .otherKey, nil:
      return .unknown(reasons(for: resource.address.scope))
    }
  }

  /// Whether the listing in which a scope lies was read to its end.
  func isWhole(in scope: Scope) -> Bool { refusal == nil && observation.completeness.proves(absenceIn: scope) }

  /// That another account looked than the one that the plan was made with; nil where it is the same, or nothing was read.
  func otherAccount(than watch: PlanGround.Watch) -> Diagnostic? {
    guard watch.account != observation.reader.account, !observation.completeness.isFailed else { return nil }
    return Diagnostic(
      "other-account", "another account looks than the one that the plan was made with",
      advice: "Take the credential of the first time, or audit again and make the plan anew.")
  }

  /// Why nothing can be said of what isn't found in a scope.
  func reasons(for scope: Scope) -> NonEmpty<Diagnostic> {
    if let refusal { return NonEmpty(refusal) }
    let gaps = observation.completeness.gaps.filter { $0.scope.contains(scope) || scope.contains($0.scope) }.map(\.because)
    return NonEmpty(gaps)
      ?? NonEmpty(
        Diagnostic(
          "not-seen", "it was not found, and this reader or this manifest need not have shown it",
          advice: "Look with the account and the provider that the plan was made with, or audit again."))
  }
}

/// Reads kinds of watches again.
public protocol FreshLooking: Sendable {
  /// One look at a kind; what goes wrong is in the observation.
  ///
  /// - Parameter scopes: The listings to read, where only some are of interest; nil for all.
  func look(at watch: Watch, kind: KindManifest, scopes: Set<Scope>?) async -> FreshLook
}
