/// How long a transfer may take and how much it may bring.
///
/// The times start when the transfer does: waiting for its turn behind other transfers doesn't count.
public struct TransferLimits: Hashable, Sendable {
  /// For the name, the connection and the TLS handshake together.
  public var connect: Duration
  /// For the whole transfer.
  public var total: Duration
  /// How long less than one byte a second may arrive; whole seconds, rounded up.
  public var stall: Duration
  /// The largest body in bytes, after decoding gzip and the like: a small answer can unpack to anything.
  public var bodyBytes: Int
  /// All header lines of all responses on the way (1xx, trailers) in bytes.
  public var headerBytes: Int

  public init(
    connect: Duration = .seconds(10), total: Duration = .seconds(60), stall: Duration = .seconds(20),
    bodyBytes: Int = 64 << 20, headerBytes: Int = 256 << 10
  ) {
    (self.connect, self.total, self.stall) = (connect, total, stall)
    (self.bodyBytes, self.headerBytes) = (bodyBytes, headerBytes)
  }

  /// 10 s to connect, 60 s in all, 20 s without a byte, a body of 64 MiB, headers of 256 KiB.
  public static let standard = TransferLimits()
}
