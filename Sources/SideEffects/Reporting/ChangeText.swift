/// What a change is in one phrase, for people.
enum ChangeText {
  static func sign(_ change: Change) -> String {
    switch change.what {
    case .created: "+"
    case .deleted: "-"
    case .updated: "~"
    case .recreated: "±"
    }
  }

  static func tone(_ change: Change) -> Style.Tone {
    switch change.what {
    case .created: .green
    case .deleted: .red
    case .updated, .recreated: .yellow
    }
  }

  /// The phrase beside a resource's name.
  static func phrase(_ change: Change) -> String {
    switch change.what {
    case .created(let resource), .deleted(let resource): return state(resource, change.schema)
    case .recreated(let before, let after):
      let identity = before.address.id == after.address.id ? "same id, made anew" : "id \(id(before)) -> \(id(after))"
      return change.attributes.count == 1 ? identity + ", " + attribute(change.attributes[0]) : identity
    case .updated:
      if change.isNotShown { return "changed, but not shown: a secret may have been rotated" }
      return change.attributes.count == 1 ? attribute(change.attributes[0]) : "\(change.attributes.count) attributes"
    }
  }

  /// The same of an entry; of what is back as another thing, its ids.
  static func phrase(_ entry: Audit.Entry) -> String {
    if entry.outcome == .recreated, let old = entry.change.before, let now = entry.now, old.address.id != now.address.id {
      return "id \(id(old)) -> \(id(now))"
    }
    return phrase(entry.change)
  }

  /// Attributes that want lines of their own, each in a few words.
  static func details(_ entry: Audit.Entry) -> [(name: Text, words: String)] {
    if entry.outcome != nil { return FactText.details(entry).map { ($0.name, FactText.words($0, of: entry)) } }
    let attributes = entry.change.attributes
    return attributes.count > 1 ? attributes.map { ($0.name, ValueText.change($0)) } : []
  }

  private static func attribute(_ change: AttributeChange) -> String {
    change.name == "value" ? ValueText.change(change) : "\(DisplayText.terminal(change.name)): \(ValueText.change(change))"
  }

  private static func id(_ resource: Resource) -> String {
    DisplayText.shortened(ValueText.withShortFingerprints(DisplayText.terminal(resource.address.id)), to: 24)
  }

  /// What matters of a thing that came or went: a flag's value, whether it is in force, where it leads, what it listens to, until when.
  private static func state(_ resource: Resource, _ schema: KindSchema) -> String {
    var words: [String] = []
    if let value = value(of: resource, "value") { words.append(ValueText.of(value)) }
    if resource.isActive == false { words.append("disabled") }
    words += addresses(resource, schema).map(ValueText.of)
    for name in resource.attributes.keys.sorted() where schema.role(of: name) == .set {
      if let value = value(of: resource, name), !value.scalars.isEmpty { words.append(ValueText.of(value)) }
    }
    if let until = resource.origin.until { words.append("until \(OriginText.moment(until))") }
    return words.joined(separator: ", ")
  }

  /// URLs that its name doesn't say.
  private static func addresses(_ resource: Resource, _ schema: KindSchema) -> [Value] {
    resource.attributes.keys.sorted().filter { schema.role(of: $0) == .value }.compactMap { value(of: resource, $0) }.filter { value in
      guard case .scalar(.text(let text)) = value else { return false }
      return text != resource.name && (text.string.hasPrefix("https://") || text.string.hasPrefix("http://"))
    }
  }

  private static func value(of resource: Resource, _ name: Text) -> Value? {
    switch resource.attributes[name] {
    case .value(let value): value
    case .withheld, nil: nil
    }
  }
}
