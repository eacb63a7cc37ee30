internal import CGit2

/// Who wrote or committed a change, and when.
public struct Signature: Equatable, Sendable {
  public let name: String
  public let email: String
  /// Seconds since 1970 in UTC.
  public let time: Int64
  /// The writer's distance from UTC in minutes, positive to the east.
  public let offset: Int

  /// Bytes that are no UTF-8 are replaced: names are for people, never compared.
  init(_ signature: git_signature) {
    name = signature.name.map { String(cString: $0) } ?? ""
    email = signature.email.map { String(cString: $0) } ?? ""
    time = signature.when.time
    offset = Int(signature.when.offset)
  }

  init() { (name, email, time, offset) = ("", "", 0, 0) }
}
