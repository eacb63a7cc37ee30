/// One attribute that differs between two snapshots.
public struct AttributeChange: Hashable, Sendable {
  /// What each side holds; the value before comes first.
  public enum Difference: Hashable, Sendable {
    case appeared(Value)
    case vanished(Value)
    case replaced(Value, Value)
  }

  public let name: Text
  public let difference: Difference

  public init(name: Text, difference: Difference) { (self.name, self.difference) = (name, difference) }

  public var before: Value? {
    switch difference {
    case .appeared: nil
    case .vanished(let value), .replaced(let value, _): value
    }
  }

  public var after: Value? {
    switch difference {
    case .vanished: nil
    case .appeared(let value), .replaced(_, let value): value
    }
  }
}

/// What became of one resource between two snapshots.
public struct Change: Hashable, Sendable {
  /// Which sides hold the resource, and as what.
  public enum What: Hashable, Sendable {
    case created(Resource)
    case deleted(Resource)
    /// Deleted and created again under a new id: a natural key that is unique on both sides says so.
    case recreated(before: Resource, after: Resource)
    /// The attributes that differ; none where only the time of the last change moved: `updated (not shown)`.
    case updated(before: Resource, after: Resource)
  }

  public internal(set) var what: What
  /// Sorted by name. For a recreated resource, what it lost or got along with its new id.
  public let attributes: [AttributeChange]
  /// Attributes that a service masked or a manifest of another version doesn't declare, on either side.
  public let notCompared: [Text]
  /// Of the side that is newest.
  public let schema: KindSchema
  /// Nil where a commit is named, and where history was not asked. Never stored.
  public internal(set) var withoutCommit: NoCommit?

  public init(what: What, attributes: [AttributeChange] = [], notCompared: [Text] = [], schema: KindSchema) {
    (self.what, self.attributes, self.notCompared, self.schema) = (what, attributes, notCompared, schema)
  }

  public var before: Resource? {
    switch what {
    case .created: nil
    case .deleted(let resource), .recreated(let resource, _), .updated(let resource, _): resource
    }
  }

  public var after: Resource? {
    switch what {
    case .deleted: nil
    case .created(let resource), .recreated(_, let resource), .updated(_, let resource): resource
    }
  }

  /// The side that is newest: what is there now, or what was there before it was deleted.
  public var resource: Resource {
    switch what {
    case .created(let resource), .deleted(let resource), .recreated(_, let resource), .updated(_, let resource): resource
    }
  }

  /// The word for it: `created`, `updated`, `deleted` or `recreated`.
  public var word: Text {
    switch what {
    case .created: "created"
    case .deleted: "deleted"
    case .recreated: "recreated"
    case .updated: "updated"
    }
  }

  /// The service says that it changed, and shows nothing that did: a secret may have been rotated.
  public var isNotShown: Bool {
    switch what {
    case .updated: attributes.isEmpty
    case .created, .deleted, .recreated: false
    }
  }
}

extension Change {
  /// The order of a report: by watch, kind, id and scope; of two at one address what was deleted comes first.
  static func precedes(_ a: Change, _ b: Change) -> Bool {
    let (left, right) = (a.resource.address, b.resource.address)
    return left == right ? a.after == nil && b.after != nil : left < right
  }
}
