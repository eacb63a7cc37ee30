/// How much of a hostile text is read before it is refused.
public struct DocumentLimits: Hashable, Sendable {
  /// The longest text, in bytes.
  public let bytes: Int

  /// The deepest nesting: a scalar has depth 0, `[]` has depth 1.
  public let depth: Int

  /// The most values in all documents of a text together, containers and what aliases repeat included.
  public let nodes: Int

  /// Whether YAML's anchors, aliases and merge keys (`<<`) are followed; where not, they are refused.
  public let allowsAliases: Bool

  /// Makes limits; what is left out is as in `standard`.
  public init(bytes: Int = 64 << 20, depth: Int = 512, nodes: Int = 1_000_000, allowsAliases: Bool = true) {
    // Positions hold 32 bits, and a deeper tree could overflow the stack of the thread that frees it.
    self.bytes = min(bytes, Int(Int32.max))
    self.depth = min(depth, 512)
    self.nodes = nodes
    self.allowsAliases = allowsAliases
  }

  /// For data: 64 MiB, 512 levels, a million values, aliases followed.
  public static let standard = DocumentLimits()

  /// For what people write for this tool, where each value stands where it is used: the same without aliases.
  public static let withoutAliases = DocumentLimits(allowsAliases: false)
}
