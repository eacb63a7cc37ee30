/// Text that may hold secrets: it goes out whole and is shown with `[NAME]` in their place.
public struct SensitiveText: Sendable, CustomStringConvertible {
  /// A stretch of text, or a secret with the name that is shown for it.
  public enum Fragment: Sendable {
    case literal(String)
    case secret(name: String, Secret)
  }

  public let fragments: [Fragment]

  public init(_ fragments: [Fragment]) { self.fragments = fragments }
  public init(_ literal: String) { fragments = [.literal(literal)] }

  /// For people and logs: secrets are named, never told.
  public var description: String {
    fragments.map { fragment in
      switch fragment {
      case .literal(let text): text
      case .secret(let name, _): "[\(name)]"
      }
    }.joined()
  }

  public var bytes: [UInt8] {
    fragments.flatMap { fragment in
      switch fragment {
      case .literal(let text): Array(text.utf8)
      case .secret(_, let secret): secret.withBytes { $0 }
      }
    }
  }

  public var holdsSecret: Bool {
    fragments.contains { fragment in
      switch fragment {
      case .literal: false
      case .secret: true
      }
    }
  }
}
