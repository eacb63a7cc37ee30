import Documents

/// An item as it is now with what changed laid back over it: the body of services that take a whole object only.
enum RestoredItem {
  /// - Parameters:
  ///   - differences: `before` is what is wanted; nil takes the member out.
  ///   - resource: The item as a resource, by which it is known what the service masks.
  /// - Throws: Where a masked value would be sent back as if it were the real one, or a place can't be told.
  static func document(
    _ item: FreshItem, _ resource: Resource, _ differences: [AttributeChange]
  ) throws(PlanProblem) -> Document {
    let masked = resource.attributes.filter { $0.value == .withheld }.keys.sorted()
    if let name = masked.first { throw PlanProblem("`\(name)` is masked by the service, and sending the mask back would set it") }
    guard var document = item.context.item else { throw PlanProblem("the object as it is now was not read") }
    for difference in differences {
      guard let path = try? ReferenceParser.path(difference.name.string),
        let laid = laid(difference.before?.document, at: path.steps[...], in: document)
      else { throw PlanProblem("the place of `\(difference.name)` in the object can't be told") }
      document = laid
    }
    return document
  }

  /// Nil where the path doesn't say one place.
  private static func laid(_ value: Document?, at steps: ArraySlice<DocumentPath.Step>, in document: Document) -> Document? {
    guard let step = steps.first else { return value ?? Document(.null) }
    let rest = steps.dropFirst()
    switch step {
    case .member(let name, _), .members(glob: let name):
      guard var members = document.isNull ? [] : document.members else { return nil }
      let index = members.firstIndex { Text($0.key) == name }
      if value == nil, rest.isEmpty {
        if let index { members.remove(at: index) }
        return Document(.map(members))
      }
      guard let grown = laid(value, at: rest, in: index.map { members[$0].value } ?? Document(.map([]))) else { return nil }
      let member = Document.Member(key: name.string, value: grown)
      if let index { members[index] = member } else { members.append(member) }
      return Document(.map(members))
    case .elements(let key, let wanted):
      guard var elements = document.list else { return nil }
      let fitting = elements.indices.filter { elements[$0][key.string]?.plainText.map { Text($0) } == wanted }
      guard fitting.count == 1, let index = fitting.first, let grown = laid(value, at: rest, in: elements[index]) else { return nil }
      elements[index] = grown
      return Document(.list(elements))
    case .everyElement: return rest.isEmpty ? value ?? Document(.list([])) : nil
    case .elementsBy, .everyValue: return nil
    }
  }
}
