/// Who a watch's credential is at the service, and with which rights, as far as the service tells.
public struct Reader: Hashable, Sendable {
  /// What the service says that its credential may do.
  public enum Rights: Hashable, Sendable {
    case told(Set<Text>)
    case untold
  }

  /// The account's name; a fingerprint of the credential where the service doesn't tell; nil where nothing is needed to read.
  public let account: Text?
  public let rights: Rights

  public init(account: Text?, rights: Rights = .untold) { (self.account, self.rights) = (account, rights) }

  /// What a person would call it: not the fingerprint that tells two credentials apart.
  public var name: Text? { account.flatMap { $0.string.hasPrefix("fingerprint:") ? nil : $0 } }

  /// For what anyone may read, such as a repository on disk.
  public static let anyone = Reader(account: nil)

  /// Whether what this reader did not see counts against what `other` saw: the same account, with rights that reach at least as far.
  ///
  /// Equal rights of two accounts don't suffice: an OAuth scope says what a token may do, not which repositories its account is shown.
  public func reaches(asFarAs other: Reader) -> Bool {
    guard account == other.account else { return false }
    return switch (rights, other.rights) {
    case (.told(let mine), .told(let theirs)): mine.isSuperset(of: theirs)
    case (.untold, .untold): true
    case (.told, .untold), (.untold, .told): false
    }
  }
}
