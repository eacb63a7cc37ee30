extension Value {
  /// Whether a secret's fingerprint is in it, so that it can't be compared with one that was made with another key.
  public var holdsFingerprint: Bool { scalars.contains(where: \.holdsFingerprint) }

  /// All scalars of it; those of a set sorted.
  public var scalars: [Scalar] {
    switch self {
    case .scalar(let scalar): [scalar]
    case .set(let elements): elements.sorted()
    case .list(let elements): elements
    }
  }
}

extension Scalar {
  /// Whether this is a fingerprint, or a text that one stands in, such as a URL without its secret part.
  public var holdsFingerprint: Bool {
    switch self {
    case .secret: true
    case .text(let text), .structure(let text): text.holdsFingerprint
    case .null, .boolean, .number: false
    }
  }
}

extension Text {
  /// Whether a fingerprint as it is spelled in texts and ids stands in it.
  public var holdsFingerprint: Bool {
    let mark = Array("fingerprint:".utf8)
    var rest = Array(string.utf8)[...]
    while rest.count >= mark.count {
      if rest.starts(with: mark) { return true }
      rest = rest.dropFirst()
    }
    return false
  }
}

extension ResourceAddress {
  /// Whether its id or a parent's stands for a secret.
  var holdsFingerprint: Bool { id.holdsFingerprint || scope.steps.contains { $0.id.holdsFingerprint } }
}
