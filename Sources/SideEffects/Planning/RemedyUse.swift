/// Which of a kind's remedies is used, and on what: enough to build its requests again.
public struct RemedyUse: Hashable, Sendable {
  /// By the manifest's words.
  public enum Name: String, Hashable, Sendable, CaseIterable { case created, updated, deleted, disable }

  public let name: Name
  /// What is there; what was, where nothing is.
  public let resource: Resource
  /// What should be there; nil where nothing should.
  public let wanted: Resource?
  /// `before` is the value that is wanted.
  public let differences: [AttributeChange]

  public init(name: Name, resource: Resource, wanted: Resource?, differences: [AttributeChange]) {
    (self.name, self.resource, self.wanted, self.differences) = (name, resource, wanted, differences)
  }
}

/// The requests of a remedy, in the order in which they are sent, with what they are made of.
public struct PlannedRequests: Hashable, Sendable {
  public let requests: NonEmpty<PlannedRequest>
  public let use: RemedyUse

  public init(requests: NonEmpty<PlannedRequest>, use: RemedyUse) { (self.requests, self.use) = (requests, use) }

  public var all: [PlannedRequest] { requests.all }

  /// Whether each names the place of what it makes.
  var areUnderTheirID: Bool { all.allSatisfy { $0.method == "PUT" } }
}

extension RemediesManifest {
  /// The remedy of that name, if the kind declares it.
  subscript(name: RemedyUse.Name) -> RemedyManifest? {
    switch name {
    case .created: created
    case .updated: updated
    case .deleted: deleted
    case .disable: disable
    }
  }
}
