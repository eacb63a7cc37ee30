/// What a server answered in the end: responses on the way (1xx, a proxy's CONNECT) and trailers are dropped.
///
/// A response prints as its status and sizes: its headers and body may hold secrets.
public struct TransferResponse: Sendable, CustomStringConvertible, CustomReflectable {
  /// 200 to 599, or whatever number the server wrote.
  public let status: Int
  /// In the order and with the names' case in which they arrived; a folded value is one line.
  public let headers: [(name: String, value: String)]
  /// Decoded: gzip and the like are undone.
  public let body: [UInt8]
  /// The URL that was asked, as libcurl writes it.
  public let effectiveURL: String

  public init(status: Int, headers: [(name: String, value: String)], body: [UInt8], effectiveURL: String) {
    (self.status, self.headers, self.body, self.effectiveURL) = (status, headers, body, effectiveURL)
  }

  /// The values of all headers of that name, in any case, joined by a comma and a blank (RFC 9110, section 5.3); `nil` where there is none.
  ///
  /// `Set-Cookie` is the one header that must not be joined: use `headers(_:)`.
  public func header(_ name: String) -> String? {
    let values = headers(name)
    return values.isEmpty ? nil : values.joined(separator: ", ")
  }

  /// The values of all headers of that name, in any case, in the order in which they arrived.
  public func headers(_ name: String) -> [String] {
    let name = name.lowercased()
    return headers.filter { $0.name.lowercased() == name }.map(\.value)
  }

  public var description: String { "\(status), \(headers.count) headers, \(body.count) bytes" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
