/// Identity of a resource across snapshots: watch, kind, parents and the service's own id.
public struct ResourceAddress: Hashable, Comparable, Sendable {
  public let watch: Text
  public let kind: Text
  public let id: Text
  public let scope: Scope

  public init(watch: Text, kind: Text, id: Text, scope: Scope = .whole) {
    (self.watch, self.kind, self.id, self.scope) = (watch, kind, id, scope)
  }

  public static func < (a: Self, b: Self) -> Bool { (a.watch, a.kind, a.id, a.scope) < (b.watch, b.kind, b.id, b.scope) }

  /// What resources of one watch and kind are sorted by in a store: bytes that stand outside the line's JSON.
  ///
  /// Control characters and `%` are percent-encoded, so the unit separator between the parts and the tab after the key are unambiguous.
  public var sortKey: Text {
    var bytes: [UInt8] = []
    func append(_ text: Text) {
      for byte in text.string.utf8 {
        if byte < 0x20 || byte == 0x25 || byte == 0x7f {
          bytes.append(0x25)
          bytes += [byte >> 4, byte & 15].map { Array("0123456789ABCDEF".utf8)[Int($0)] }
        } else {
          bytes.append(byte)
        }
      }
    }
    append(id)
    for step in scope.steps {
      bytes.append(0x1f)
      append(step.list)
      bytes.append(0x1f)
      append(step.id)
    }
    return Text(String(decoding: bytes, as: UTF8.self))
  }
}

extension ResourceAddress {
  /// The same for the same resource in every upgrade, and another with other words.
  func digest(with words: String...) -> Digest {
    Digest(of: (["\(watch)", "\(kind)", "\(sortKey)"] + words).joined(separator: "\u{1f}").utf8)
  }
}
