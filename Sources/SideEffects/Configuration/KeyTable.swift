/// The keys that one section of a configuration or manifest may have: what the reader checks by and the JSON Schema is made of.
public struct KeyTable: Sendable {
  /// What may stand behind a key.
  public indirect enum Shape: Sendable {
    /// A string. `named` is what people call it: a path, a template, a condition.
    case text(named: String)
    /// A string, a number or a boolean, taken as text.
    case scalar
    case boolean
    case integer(ClosedRange<Int>)
    case word([String])
    case list(Shape)
    /// One, or a list of them.
    case oneOrMore(Shape)
    /// Any keys, the same shape behind each.
    case map(Shape)
    /// A section; a closure, since sections hold each other.
    case table(@Sendable () -> KeyTable)
    /// The first whose form (text, list, map) fits.
    case either([Shape])
    /// Any tree.
    case anything
  }

  /// One key: what may stand behind it, and what it means.
  public struct Key: Sendable {
    public let name: String
    public let shape: Shape
    public let isRequired: Bool
    /// False for a key whose meaning is known and not built yet: it is refused by name, never ignored.
    public let isBuilt: Bool
    /// A sentence for editors and docs, its full stop left out or not.
    public let help: String
    public let example: String?

    public init(
      _ name: String, _ shape: Shape, isRequired: Bool = false, isBuilt: Bool = true, help: String, example: String? = nil
    ) {
      (self.name, self.shape, self.isRequired, self.isBuilt) = (name, shape, isRequired, isBuilt)
      (self.help, self.example) = (help, example)
    }

    /// The help with a full stop, to have something after it.
    var sentence: String { help.hasSuffix(".") ? help : help + "." }
  }

  /// Unique among the tables of one language; the schema's definitions are called so.
  public let name: String
  public let help: String
  public let keys: [Key]
  /// Exactly one of the keys must be there.
  public let isChoice: Bool
  /// It says where a secret comes from, so the secret itself may stand here by mistake: no message shows what was written.
  public let standsForSecret: Bool

  public init(_ name: String, help: String, keys: [Key], isChoice: Bool = false, standsForSecret: Bool = false) {
    (self.name, self.help, self.keys) = (name, help, keys)
    (self.isChoice, self.standsForSecret) = (isChoice, standsForSecret)
  }
}
