import Documents

/// The headers of a request: of each name the one that was set last.
struct RequestHeaders {
  private(set) var fields: [(name: String, value: SensitiveText)] = []

  func has(_ name: String) -> Bool { fields.contains { $0.name.lowercased() == name.lowercased() } }

  mutating func set(_ name: String, _ value: SensitiveText) {
    fields.removeAll { $0.name.lowercased() == name.lowercased() }
    fields.append((name, value))
  }

  /// Sets those that say who the request is from.
  ///
  /// - Returns: The members of the body that say so, and whether anything does.
  mutating func sign(
    with schemes: [Authentication], _ context: TemplateContext
  ) throws(TemplateProblem) -> (members: [CallManifest.Field], isSigned: Bool) {
    var members: [CallManifest.Field] = []
    var isSigned = false
    for scheme in schemes {
      switch scheme {
      // An empty credential is none: some services ask for one only where they are set up so.
      case .bearer(let template):
        let token = try context.render(template)
        guard !token.bytes.isEmpty else { continue }
        set("Authorization", SensitiveText([.literal("Bearer ")] + token.fragments))
      case .basic(let template):
        let pair = try context.render(template).bytes
        guard pair.contains(where: { $0 != UInt8(ascii: ":") }) else { continue }
        set("Authorization", SensitiveText([.literal("Basic "), .secret(name: "user and password", Secret(Base64.encode(pair)))]))
      case .headers(let fields): for field in fields { set(field.name, try context.render(field.value)) }
      case .body(let fields): members += fields
      }
      isSigned = true
    }
    return (members, isSigned)
  }
}

extension TemplateTree {
  /// With more members, where it is an object.
  func adding(_ fields: [CallManifest.Field]) -> TemplateTree {
    guard !fields.isEmpty, case .map(let members) = self else { return self }
    return .map(members + fields.map { .init(key: Text($0.name), value: .template($0.value)) })
  }
}
