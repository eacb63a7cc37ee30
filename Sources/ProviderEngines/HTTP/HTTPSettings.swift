/// How patient the http engine is, and how much it takes.
public struct HTTPSettings: Hashable, Sendable {
  /// For the name, the connection and the TLS handshake together.
  public var connectTimeout: Duration = .seconds(10)
  /// For one whole answer.
  public var answerTimeout: Duration = .seconds(60)
  /// How long an answer may stand still.
  public var stallTimeout: Duration = .seconds(20)
  /// The largest answer, unpacked.
  public var bodyBytes = 64 << 20
  public var headerBytes = 256 << 10
  /// How long a watch may wait, all in all, because the service asks for it.
  public var waiting: Duration = .seconds(60)
  public var redirects = 5
  /// Requests under way at a time, of all watches together and to one scheme, host and port.
  public var concurrentRequests = 16
  public var requestsPerOrigin = 8
  /// Such as `audit-residue/1.0`.
  public var userAgent = "audit-residue"
  /// A PEM file that is trusted instead of the system's certificate authorities.
  public var certificateAuthority: String?

  public init() {}

  public static let standard = HTTPSettings()
}
