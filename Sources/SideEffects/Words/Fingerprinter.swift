internal import Crypto

/// Makes fingerprints under one key: HMAC-SHA-256 (RFC 2104) with a key of 32 bytes made for the store.
public struct Fingerprinter: Sendable {
  /// Names the key without telling it; kept with each snapshot, since fingerprints of two keys are not compared.
  public let keyID: Text
  private let key: SymmetricKey

  public init(key bytes: [UInt8]) {
    key = SymmetricKey(data: bytes)
    let name = HMAC<SHA256>.authenticationCode(for: Array("audit-residue key id".utf8), using: key)
    let digits = Digest(bytes: Array(name))?.description ?? ""
    keyID = Text(String(digits.prefix(16)))
  }

  /// The fingerprint of a secret, which can not be turned back.
  public func fingerprint(of bytes: [UInt8]) -> Fingerprint {
    let code = HMAC<SHA256>.authenticationCode(for: bytes, using: key)
    return Fingerprint(stored: Digest(bytes: Array(code)) ?? Digest(of: []))
  }

  /// The same of its UTF-8 bytes.
  public func fingerprint(of text: String) -> Fingerprint { fingerprint(of: Array(text.utf8)) }

  /// The same of a secret that is still wrapped up.
  public func fingerprint(of secret: Secret) -> Fingerprint { secret.withBytes { fingerprint(of: $0) } }
}
