/// Absolute and relative references to web pages (RFC 3986 section 5, for http and https).
package enum WebAddress {
  /// A reference found in an answer, made whole against the address that it came from; nil where it leads to no http or https URL.
  package static func resolve(_ reference: String, against base: String) -> String? {
    guard !reference.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7f || $0 == UInt8(ascii: "\\") }) else { return nil }
    if WebOrigin(reference) != nil { return reference }
    guard !hasScheme(reference), let origin = WebOrigin(base) else { return nil }
    if reference.hasPrefix("//") { return "\(origin.scheme):\(reference)" }
    if reference.hasPrefix("/") { return origin.description + reference }
    let path = path(of: base)
    if reference.hasPrefix("?") { return origin.description + path + reference }
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "/"
    return origin.description + folder + reference
  }

  /// A URL for people: without user information, query and fragment.
  package static func shown(_ url: String) -> String {
    guard let origin = WebOrigin(url) else { return "" }
    return origin.description + path(of: url)
  }

  private static func path(of url: String) -> String {
    var slashes = 0
    let path = url.drop { character in
      if character == "/" { slashes += 1 }
      return slashes < 3
    }
    let text = String(path.prefix { $0 != "?" && $0 != "#" })
    return text.isEmpty ? "/" : text
  }

  private static func hasScheme(_ reference: String) -> Bool {
    guard let colon = reference.firstIndex(of: ":") else { return false }
    return !reference[..<colon].contains { "/?#".contains($0) }
  }
}

extension HTTPRequest {
  /// For people: without user information, query and secrets.
  package var shownURL: String { WebAddress.shown(url.description) }
}
