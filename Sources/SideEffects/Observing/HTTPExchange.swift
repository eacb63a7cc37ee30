/// A request on its way out: what may be shown of it is in its description, what is sent in its bytes.
public struct HTTPRequest: Sendable {
  public let method: Text
  public let url: SensitiveText
  public let headers: [(name: String, value: SensitiveText)]
  /// Nil where none is sent.
  public let body: SensitiveText?
  /// Whether it carries the watch's credential: then it goes to the base's origin only.
  public let isAuthenticated: Bool
  /// Scheme, host and port of the watch's base: nothing is followed elsewhere.
  public let origin: WebOrigin
  /// Whether it changes nothing at the service, so that it may be sent again when a connection broke.
  public let isRead: Bool

  /// - Parameter isRead: Nil where the method decides: GET, HEAD, LIST and OPTIONS are reads.
  public init(
    method: Text, url: SensitiveText, headers: [(name: String, value: SensitiveText)], body: SensitiveText?, isAuthenticated: Bool,
    origin: WebOrigin,
    isRead: Bool? = nil
  ) {
    self.isRead = isRead ?? ["GET", "HEAD", "LIST", "OPTIONS"].contains(method.string)
    (self.method, self.url, self.headers, self.body) = (method, url, headers, body)
    (self.isAuthenticated, self.origin) = (isAuthenticated, origin)
  }
}

/// An answer as it arrived, unpacked and whole: a cut one is a failure of the carrier.
public struct HTTPAnswer: Sendable {
  public let status: Int
  public let headers: [(name: String, value: String)]
  public let body: [UInt8]

  public init(status: Int, headers: [(name: String, value: String)], body: [UInt8]) {
    (self.status, self.headers, self.body) = (status, headers, body)
  }

  /// The first header of that name, in any case.
  public func header(_ name: String) -> String? { headers.first { $0.name.lowercased() == name.lowercased() }?.value }
  /// All headers of that name, in any case, in their order.
  public func headerValues(_ name: String) -> [String] { headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value) }
}

/// Carries bytes: libcurl in the engine, recorded exchanges in `providers test`.
///
/// Keeps rate limits, follows redirects inside the request's origin, retries nothing but what the service asked to be retried.
public protocol HTTPCarrier: Sendable {
  /// Throws what kept a whole answer from arriving, such as `unreachable`, `timed-out`, `cut-short` or `redirected-away`.
  func send(_ request: HTTPRequest) async throws(Failure) -> HTTPAnswer
}

/// Scheme, host and port (RFC 6454).
public struct WebOrigin: Hashable, Sendable {
  public let scheme: String
  public let host: String
  public let port: Int

  /// Nil unless the URL is absolute, http or https, and names a host.
  public init?(_ url: String) {
    guard let end = url.range(ofText: "://") else { return nil }
    let scheme = url[..<end.lowerBound].lowercased()
    guard scheme == "http" || scheme == "https" else { return nil }
    let rest = url[end.upperBound...]
    let authority = rest.prefix { !"/?#\\".contains($0) }
    let hostAndPort = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
    let standard = scheme == "https" ? 443 : 80
    if let colon = hostAndPort.lastIndex(of: ":"), !hostAndPort[colon...].contains("]") {
      let digits = hostAndPort[hostAndPort.index(after: colon)...]
      guard let port = digits.isEmpty ? standard : Int(digits), (1...65_535).contains(port) else { return nil }
      (self.host, self.port) = (hostAndPort[..<colon].lowercased(), port)
    } else {
      (self.host, self.port) = (hostAndPort.lowercased(), standard)
    }
    guard !host.isEmpty, !host.contains(where: { $0.isWhitespace || $0 == "%" }) else { return nil }
    self.scheme = scheme
  }

  /// Whether what is sent there stays on this machine.
  public var isLoopback: Bool {
    if host == "localhost" || host.hasSuffix(".localhost") || host == "[::1]" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    return parts.count == 4 && parts.allSatisfy { $0 != nil } && parts[0] == 127
  }

  public var description: String {
    let standard = scheme == "https" ? 443 : 80
    return "\(scheme)://\(host)" + (port == standard ? "" : ":\(port)")
  }
}

extension String {
  fileprivate func range(ofText text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
