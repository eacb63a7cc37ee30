/// Stands for a secret: HMAC-SHA-256 under the store's key, so that equal secrets compare equal and none can be read back.
public struct Fingerprint: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let digest: Digest

  /// For one that was stored; a new one comes from a `Fingerprinter`.
  public init(stored digest: Digest) { self.digest = digest }

  /// `fingerprint:` and 64 hexadecimal digits, as the JSON reports show it.
  public var description: String { "fingerprint:\(digest)" }

  /// The first twelve digits, for people.
  public var short: String { "fingerprint:" + digest.description.prefix(12) }

  public static func < (a: Self, b: Self) -> Bool { a.digest < b.digest }
}
