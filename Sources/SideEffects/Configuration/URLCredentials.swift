/// User names and passwords inside URLs, which are secrets where nobody looks for one.
enum URLCredentials {
  /// Whether a text holds a URL with `user:password@` before its host (RFC 3986 section 3.2.1); of HTTP the user alone may be a token.
  static func stand(in text: String) -> Bool {
    var rest = Array(text.lowercased().utf8)[...]
    while let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
      let scheme = rest[..<colon].reversed().prefix { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }.reversed()
      let isHTTP = ["http", "https"].contains { scheme.elementsEqual($0.utf8) }
      rest = rest[(colon + 1)...]
      guard rest.starts(with: "//".utf8) else { continue }
      let authority = rest.dropFirst(2).prefix { !"/?# ".utf8.contains($0) }
      guard let at = authority.lastIndex(of: UInt8(ascii: "@")) else { continue }
      let separator = authority[..<at].firstIndex(of: UInt8(ascii: ":"))
      if isHTTP ? at > authority.startIndex : separator.map({ $0 + 1 < at }) ?? false { return true }
    }
    return false
  }
}
