/// Text that may hold secrets: it goes out whole and is shown with `[NAME]` in their place.
public struct SensitiveText: Sendable, CustomStringConvertible {
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

/// A request of a remedy as a person reads it and as `apply` builds it again: secrets stand in it by name.
public struct PlannedRequest: Hashable, Sendable {
  public let method: Text
  /// Whole, without secrets.
  public let url: Text
  /// Only those that the remedy itself asks for, not authentication.
  public let headers: [Header]
  /// Nil where nothing is sent.
  public let body: Body?

  public struct Header: Hashable, Sendable {
    public let name: Text
    public let value: Text
    public init(name: Text, value: Text) { (self.name, self.value) = (name, value) }
  }

  public enum Body: Hashable, Sendable {
    /// Canonical JSON; a secret to be asked for stands as `{ask.NAME}`.
    case json(Text)
    /// Fields in order, as `application/x-www-form-urlencoded`.
    case form([Header])
  }

  public init(method: Text, url: Text, headers: [Header] = [], body: Body? = nil) {
    (self.method, self.url, self.headers, self.body) = (method, url, headers, body)
  }
}
