/// The links of an answer's `Link` headers (RFC 8288 section 3).
enum LinkHeader {
  /// The target of the first link of that relation; nil where there is none, or where it says that it holds no results.
  static func target(relation: String, in values: [String]) -> String? {
    for value in values {
      for link in links(in: value)
      where link.parameters["rel"]?.split(separator: " ").contains(where: { $0.lowercased() == relation }) == true {
        return link.parameters["results"] == "false" ? nil : link.target
      }
    }
    return nil
  }

  private static func links(in value: String) -> [(target: String, parameters: [String: String])] {
    var links: [(target: String, parameters: [String: String])] = []
    var rest = value[...]
    while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
      let target = String(rest[rest.index(after: open)..<close])
      rest = rest[rest.index(after: close)...]
      var parameters: [String: String] = [:]
      while true {
        rest = rest.drop { $0 == " " || $0 == "\t" }
        guard rest.first == ";" else { break }
        rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
        let name = rest.prefix { !"=;, \t".contains($0) }
        rest = rest[name.endIndex...].drop { $0 == " " || $0 == "\t" }
        guard rest.first == "=" else { continue }
        rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
        let (text, after) = word(rest)
        rest = after
        if parameters[name.lowercased()] == nil { parameters[name.lowercased()] = text }
      }
      links.append((target, parameters))
      rest = rest.drop { $0 != "," }.dropFirst()
    }
    return links
  }

  /// A token or a quoted string.
  private static func word(_ text: Substring) -> (String, Substring) {
    guard text.first == "\"" else {
      let token = text.prefix { !";, \t".contains($0) }
      return (String(token), text[token.endIndex...])
    }
    var word = ""
    var rest = text.dropFirst()
    while let character = rest.popFirst(), character != "\"" {
      if character == "\\", let escaped = rest.popFirst() { word.append(escaped) } else { word.append(character) }
    }
    return (word, rest)
  }
}
