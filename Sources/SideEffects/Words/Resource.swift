/// One thing that exists outside.
public struct Resource: Hashable, Sendable {
  public let address: ResourceAddress
  /// What people call it.
  public let name: Text
  /// By the vendor's names; a missing name is an absent attribute.
  public let attributes: [Text: Reading]
  public let origin: Origin
  /// Whether it is in force, where the service tells; for people, never compared.
  public let isActive: Bool?
  /// Ids of resources of other kinds in the same watch, by kind.
  public let references: [Text: Text]
  /// What its remedies need and is no attribute: path in the item, and value. Never a secret, never compared.
  public let kept: [Text: Scalar]
  /// Where its value stands, for what is read out of files; never compared.
  public let location: SourceLocation?
  /// Where it is read in the code; nil where nobody searched. Never stored, never compared.
  public let uses: SourceUses?

  public init(
    address: ResourceAddress, name: Text, attributes: [Text: Reading], origin: Origin = .unknown, isActive: Bool? = nil,
    references: [Text: Text] = [:], kept: [Text: Scalar] = [:], location: SourceLocation? = nil, uses: SourceUses? = nil
  ) {
    (self.address, self.name, self.attributes, self.origin) = (address, name, attributes, origin)
    (self.isActive, self.references, self.kept, self.location) = (isActive, references, kept, location)
    self.uses = uses
  }
}

/// Where the name of a flag stands in the code, besides the place that sets it.
public struct SourceUses: Hashable, Sendable {
  /// The first ones, by path and line.
  public let places: [SourceLocation]
  /// How many there are in all, as far as was searched.
  public let count: Int
  /// Whether not all files were searched.
  public let isCut: Bool

  /// More places than this are only counted.
  public static let mostPlaces = 20

  public init(places: [SourceLocation], count: Int, isCut: Bool) { (self.places, self.count, self.isCut) = (places, count, isCut) }
}

/// The place of a value in a file of a repository or folder.
public struct SourceLocation: Hashable, Sendable {
  public let path: Text
  /// From 1.
  public let line: Int
  /// Byte offsets of the value in the file as it is spelled, quotes included; nil where the reader of its format can't tell.
  public let bytes: Range<Int>?

  public init(path: Text, line: Int, bytes: Range<Int>?) { (self.path, self.line, self.bytes) = (path, line, bytes) }
}
