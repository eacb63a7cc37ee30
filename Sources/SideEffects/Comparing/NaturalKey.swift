/// The values that say "the same thing under another id".
struct NaturalKey: Hashable {
  private let parts: [[Text: Scalar]]

  /// Nil where the kind has none, where a part of it is masked, and where nothing of it is there.
  ///
  /// A path names an attribute, a kept value, or a parent (`repository`, `repository.id`).
  init?(of resource: Resource, paths: [Text]) {
    var parts: [[Text: Scalar]] = []
    for path in paths {
      guard let part = Self.part(path, of: resource) else { return nil }
      parts.append(part)
    }
    guard parts.contains(where: { !$0.isEmpty }) else { return nil }
    self.parts = parts
  }

  /// Each name that the path gives, with its value; nil where one is masked.
  private static func part(_ path: Text, of resource: Resource) -> [Text: Scalar]? {
    let pattern = AttributePattern(path)
    var found: [Text: Scalar] = [:]
    for (name, reading) in resource.attributes where pattern.covers(name) {
      switch reading {
      case .withheld: return nil
      case .value(.scalar(let scalar)): found[name] = scalar
      case .value(.set(let elements)):
        for (index, element) in elements.sorted().enumerated() { found[Text("\(name)[\(index)]")] = element }
      case .value(.list(let elements)):
        for (index, element) in elements.enumerated() { found[Text("\(name)[\(index)]")] = element }
      }
    }
    if !found.isEmpty { return found }
    if let kept = resource.kept[path] { return [path: kept] }
    let parent = resource.address.scope.steps.last { path == $0.list || path == Text("\($0.list).id") }
    return parent.map { [path: .text($0.id)] } ?? [:]
  }
}
