/// What is audited: how all of a kind is listed, told apart, compared and mended.
public struct KindManifest: Sendable {
  public let name: Text
  public let sort: KindSchema.Sort
  public let level: KindSchema.Level
  /// Empty where nothing can be listed: then `blind` says so.
  public let lists: [ListSource]
  public let id: Template?
  public let label: Template?
  /// A flag's value, kept as the attribute `value`.
  public let value: Template?
  public let active: Condition?
  public let naturalKey: [Reference]
  public let attributes: [AttributeManifest]
  public let origin: OriginManifest
  public let references: [(kind: Text, template: Template)]
  /// Rights that the credential must have to see all of it.
  public let needs: [Text]
  public let blind: [BlindManifest]
  public let expected: [ExpectedManifest]
  public let remedies: RemediesManifest
  /// What remedies and conditions refer to and no attribute keeps.
  public let keeps: [Reference]
  /// Over the parts of the manifest that decide what is listed: its lists and id, the lists walked through, and what all requests share.
  public let listing: Digest

  public init(
    name: Text, sort: KindSchema.Sort, level: KindSchema.Level, lists: [ListSource], id: Template?, label: Template?, value: Template?,
    active: Condition?, naturalKey: [Reference], attributes: [AttributeManifest], origin: OriginManifest,
    references: [(kind: Text, template: Template)], needs: [Text], blind: [BlindManifest], expected: [ExpectedManifest],
    remedies: RemediesManifest, keeps: [Reference], listing: Digest
  ) {
    (self.name, self.sort, self.level, self.lists, self.id, self.label) = (name, sort, level, lists, id, label)
    (self.value, self.active, self.naturalKey, self.attributes, self.origin) = (value, active, naturalKey, attributes, origin)
    (self.references, self.needs, self.blind, self.expected) = (references, needs, blind, expected)
    (self.remedies, self.keeps, self.listing) = (remedies, keeps, listing)
  }

  /// The declared paths of what is kept of it, as written in the manifest.
  var attributePaths: [Text] { attributes.map(\.reference.text) + (value == nil ? [] : ["value"]) }

  /// How its resources are compared.
  public func schema(manifest: Digest) -> KindSchema {
    var roles: [Text: KindSchema.Role] = [:]
    for attribute in attributes { roles[attribute.reference.text] = attribute.role }
    if value != nil { roles["value"] = .value }
    return KindSchema(
      sort: sort, level: level, manifest: manifest, naturalKey: naturalKey.map(\.text), attributes: roles,
      listing: listing)
  }
}

/// One declared attribute: the path that picks it, and its role.
public struct AttributeManifest: Sendable {
  public let reference: Reference
  public let role: KindSchema.Role
  public init(reference: Reference, role: KindSchema.Role) { (self.reference, self.role) = (reference, role) }
}

/// Where a service tells when and by whom a thing was made.
public struct OriginManifest: Sendable {
  public let at: Template?
  public let by: Template?
  public let changed: Template?
  public let until: Template?
  public init(at: Template? = nil, by: Template? = nil, changed: Template? = nil, until: Template? = nil) {
    (self.at, self.by, self.changed, self.until) = (at, by, changed, until)
  }
}

/// A standing blind spot: what can't be seen here, for some readers or all.
public struct BlindManifest: Sendable {
  public let what: Text
  public let byHand: Template?
  public let open: Template?
  public let condition: Condition?
  public init(what: Text, byHand: Template?, open: Template?, condition: Condition?) {
    (self.what, self.byHand, self.open, self.condition) = (what, byHand, open, condition)
  }
}

/// Changes that are ignored, with the reason.
public struct ExpectedManifest: Sendable {
  public let condition: Condition
  public let because: Text
  public init(condition: Condition, because: Text) { (self.condition, self.because) = (condition, because) }
}

/// What mends each change of a kind.
public struct RemediesManifest: Sendable {
  public let created: RemedyManifest?
  public let updated: RemedyManifest?
  public let deleted: RemedyManifest?
  /// Offered before a deletion.
  public let disable: RemedyManifest?
  public init(
    created: RemedyManifest? = nil, updated: RemedyManifest? = nil, deleted: RemedyManifest? = nil, disable: RemedyManifest? = nil
  ) {
    (self.created, self.updated, self.deleted, self.disable) = (created, updated, deleted, disable)
  }
}

extension RemediesManifest {
  /// The remedy for what a step aims at; nil where none is declared.
  func remedy(for aim: Situation.Aim) -> RemedyManifest? {
    switch aim {
    case .remove: created
    case .putBack, .settle: updated
    case .makeAgain: deleted
    case .decide: nil
    }
  }
}

/// One remedy: requests or a patch, or words for a person, and what it costs.
public struct RemedyManifest: Sendable {
  /// How it is done.
  public enum Action: Sendable {
    /// In order; one whose condition doesn't hold is not sent.
    case calls([CallManifest])
    case patch
    case byHand
  }

  /// How it shows that it is done.
  public enum Done: Sendable {
    /// Read again, this holds.
    case condition(Condition)
    /// The service's answer is all the evidence.
    case answer
  }

  public let action: Action
  /// Nil where presence and the values that were put back say it.
  public let done: Done?
  /// How long it may take, in seconds.
  public let within: Int
  public let loses: [Text]
  public let beware: Text?
  /// Why it can't be undone.
  public let never: Text?
  public let byHand: Template?
  public let open: Template?
  /// Kinds of things that are mended first where this one refers to them, since what it is follows from them.
  public let after: [Text]

  public init(
    action: Action, done: Done?, within: Int, loses: [Text], beware: Text?, never: Text?, byHand: Template?, open: Template?,
    after: [Text] = []
  ) {
    (self.action, self.done, self.within, self.loses, self.after) = (action, done, within, loses, after)
    (self.beware, self.never, self.byHand, self.open) = (beware, never, byHand, open)
  }
}
