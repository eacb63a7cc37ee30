internal import Documents

/// One resource as a store keeps it: `sort key TAB canonical JSON LF`.
///
/// The key holds the id and the scope, the JSON all the rest; watch and kind stand in the observation. Key bytes are all
/// greater than a tab, so that lines compared as bytes are in the order of their keys. Equal resources have equal bytes.
public struct ResourceLine: Hashable, Sendable {
  /// The whole line, with its line feed; a part of the chunk that it was read from.
  public let bytes: ArraySlice<UInt8>
  private let tab: Int

  public init(_ resource: Resource) {
    let key = Array(resource.address.sortKey.string.utf8)
    var line = key
    line.append(Self.tabulator)
    line += JSONWriter(.canonical).write(ResourceRecord.document(of: resource))
    line.append(Self.lineFeed)
    (bytes, tab) = (line[...], key.count)
  }

  /// Takes the first of some lines; nil where none is whole.
  package init?(in lines: ArraySlice<UInt8>) {
    guard let end = lines.firstIndex(of: Self.lineFeed), let tab = lines[..<end].firstIndex(of: Self.tabulator) else { return nil }
    (bytes, self.tab) = (lines[...end], tab)
  }

  /// What the lines of an observation are sorted by, compared as bytes.
  public var key: ArraySlice<UInt8> { bytes[..<tab] }

  /// Reads the resource back, exactly as it was written; fails with the rule `store-damaged` where the line is none of ours.
  public func resource(watch: Text, kind: Text) throws(Failure) -> Resource {
    let json = Array(bytes[(tab + 1)...].dropLast())
    let record = try StoredObject(json: json, name: "resource")
    return try ResourceRecord.resource(from: record, key: key, watch: watch, kind: kind)
  }

  private static let tabulator: UInt8 = 0x09
  private static let lineFeed: UInt8 = 0x0A
}
