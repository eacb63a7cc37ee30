import Documents

/// Attributes put back into the nesting of the service's own answer, as a body wants them.
struct VendorNesting {
  /// An object, or what an item is that is no object.
  private(set) var document = Document(.map([]))
  /// Names whose place can't be told, such as members of several elements under one name.
  private(set) var unplaced: [Text] = []

  init(_ values: [Text: Document]) {
    var nested: Document?
    for name in values.keys.sorted() {
      guard let value = values[name], let path = try? ReferenceParser.path(name.string),
        let grown = Self.inserting(value, at: path.steps[...], in: nested)
      else {
        unplaced.append(name)
        continue
      }
      nested = grown
    }
    if let nested { document = nested }
  }

  /// Nil where something else stands there already, or the path doesn't say one place.
  private static func inserting(_ value: Document, at steps: ArraySlice<DocumentPath.Step>, in document: Document?) -> Document? {
    guard let step = steps.first else { return document == nil ? value : nil }
    let rest = steps.dropFirst()
    switch step {
    // In the name of an attribute that was read, a star is a member's own name.
    case .member(let name, _), .members(glob: let name):
      guard var members = document == nil ? [] : document?.members else { return nil }
      let index = members.firstIndex { Text($0.key) == name }
      guard let grown = inserting(value, at: rest, in: index.map { members[$0].value }) else { return nil }
      let member = Document.Member(key: name.string, value: grown)
      if let index { members[index] = member } else { members.append(member) }
      return Document(.map(members))
    case .elements(let key, let wanted):
      guard var elements = document == nil ? [] : document?.list else { return nil }
      let index = elements.firstIndex { $0[key.string]?.plainText.map { Text($0) } == wanted }
      let start = index.map { elements[$0] } ?? Document(.map([.init(key: key.string, value: Document(.text(wanted.string)))]))
      guard let grown = inserting(value, at: rest, in: start) else { return nil }
      if let index { elements[index] = grown } else { elements.append(grown) }
      return Document(.list(elements))
    case .everyElement: return rest.isEmpty && document == nil ? value : nil
    case .elementsBy, .everyValue: return nil
    }
  }
}
