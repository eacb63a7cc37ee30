/// One HTTP request, exactly as it goes out.
///
/// Beside what is given here libcurl adds only `Host`, `Content-Length`, `Accept-Encoding` and what the connection itself needs.
/// A request prints as its method and host: its headers, path and body may hold secrets.
public struct TransferRequest: Sendable, CustomStringConvertible, CustomReflectable {
  /// The verb, case and all: `GET`, `LIST`, `PATCH`.
  public var method: String
  /// An absolute http or https URL, percent-encoded, without userinfo. Its path is sent as it is, `..` included.
  public var url: String
  /// In the order in which they are sent. A value may be empty; no name or value may hold CR, LF or NUL.
  public var headers: [(name: String, value: String)]
  /// The content; `nil` sends none (`Content-Length: 0` with POST, PUT and PATCH).
  public var body: [UInt8]?
  /// Whether the request changes nothing at the service.
  ///
  /// A read may use a connection again; libcurl then sends it a second time, by itself, if the server has just closed that connection.
  /// Everything else gets a connection of its own, so that no webhook is created twice.
  public var isRead: Bool
  public var limits: TransferLimits
  /// The path of a PEM file that is trusted instead of the system's certificate authorities.
  public var certificateAuthority: String?

  /// `isRead` follows from the method unless it is given: true for GET, HEAD, OPTIONS and LIST.
  public init(
    method: String = "GET", url: String, headers: [(name: String, value: String)] = [], body: [UInt8]? = nil, isRead: Bool? = nil,
    limits: TransferLimits = .standard, certificateAuthority: String? = nil
  ) {
    (self.method, self.url, self.headers, self.body) = (method, url, headers, body)
    self.isRead = isRead ?? ["GET", "HEAD", "OPTIONS", "LIST"].contains(method)
    (self.limits, self.certificateAuthority) = (limits, certificateAuthority)
  }

  public var description: String { "\(method) \((try? TransferOrigin(url: url))?.description ?? "(no usable URL)")" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension TransferRequest {
  /// Refuses what could not be sent as it is: a line break in a header would be a header of somebody else's choosing.
  func check() throws(CurlError) {
    guard Self.isToken(method) else {
      throw CurlError(code: .invalidRequest, message: "The method is not an HTTP token: write a verb such as GET or LIST.")
    }
    if method == "HEAD", body != nil {
      throw CurlError(code: .invalidRequest, message: "A HEAD request has no body: leave the body out.")
    }
    for (number, header) in headers.enumerated() {
      guard Self.isToken(header.name) else {
        throw CurlError(
          code: .invalidRequest, message: "The name of header \(number + 1) is not an HTTP token: use letters, digits and hyphens.")
      }
      guard !header.value.utf8.contains(where: { $0 < 0x20 && $0 != UInt8(ascii: "\t") || $0 == 0x7F }) else {
        throw CurlError(
          code: .invalidRequest,
          message: "The value of the header \(header.name) holds a line break or another control character: remove it.")
      }
    }
  }

  /// RFC 9110, section 5.6.2.
  private static func isToken(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
      }
  }
}
