/// User names and passwords inside URLs, which are secrets where nobody looks for one.
enum URLCredentials {
  /// Whether a text holds a URL with `user:password@` before its host (RFC 3986 section 3.2.1).
  static func stand(in text: String) -> Bool {
    var rest = Array(text.utf8)[...]
    while let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
      rest = rest[(colon + 1)...]
      guard rest.starts(with: "//".utf8) else { continue }
      let authority = rest.dropFirst(2).prefix { !"/?# ".utf8.contains($0) }
      guard let at = authority.lastIndex(of: UInt8(ascii: "@")) else { continue }
      if let separator = authority[..<at].firstIndex(of: UInt8(ascii: ":")), separator + 1 < at { return true }
    }
    return false
  }
}
