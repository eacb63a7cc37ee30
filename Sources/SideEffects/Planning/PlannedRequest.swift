/// A request of a remedy as a person reads it and as `apply` builds it again: secrets stand in it by name.
public struct PlannedRequest: Hashable, Sendable {
  public let method: Text
  /// Whole; a secret in it stands as `[NAME]`.
  public let url: Text
  /// Those that the remedy itself asks for.
  public let headers: [Header]
  /// How it says who it is from, the secrets by name.
  public let credentials: [Credential]
  /// Nil where nothing is sent.
  public let body: Body?
  /// How it shows that this request has done its work; nil for the last one, of which the step's own check tells.
  public let done: Expectation?

  /// A header or a field of a form.
  public struct Header: Hashable, Sendable {
    public let name: Text
    public let value: Text
    public init(name: Text, value: Text) { (self.name, self.value) = (name, value) }
  }

  /// What the request sends.
  public enum Body: Hashable, Sendable {
    /// Canonical JSON; a secret to be asked for stands as `{ask.NAME}`.
    case json(Text)
    /// Fields in order, as `application/x-www-form-urlencoded`.
    case form([Header])
  }

  /// One way of saying who a request is from.
  public enum Credential: Hashable, Sendable {
    /// `user:password` (RFC 7617).
    case basic([Part])
    case header(name: Text, value: [Part])
    /// A member of the body.
    case field(name: Text, value: [Part])
  }

  /// Text, or a secret by its setting's name.
  public enum Part: Hashable, Sendable {
    case literal(Text)
    case secret(name: Text)
  }

  public init(method: Text, url: Text, headers: [Header] = [], credentials: [Credential] = [], body: Body? = nil, done: Expectation? = nil)
  {
    (self.method, self.url, self.headers, self.credentials, self.body) = (method, url, headers, credentials, body)
    self.done = done
  }
}
