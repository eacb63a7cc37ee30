import Documents

/// Moves one item of a JSON file from a list to the list beside it, where which list holds it is what a flag is set to.
///
/// Each item has lines of its own, as programs write them; other spellings are left to people.
struct ListMove {
  /// In order.
  let edits: [ByteEdit]
  /// The lines that the item takes up, of which a patch shows each.
  let lines: Range<Int>

  private struct Item {
    let span: Range<Int>
    /// All items of the list.
    let list: [SourceSpan]
    /// Where the map begins that holds the list.
    let parent: Int
    let listStart: Int
  }

  /// - Parameters:
  ///   - line: Where the item begins.
  ///   - others: Lines on which items of the list that it goes to begin.
  ///   - moving: Lines on which items begin that other steps move: nothing can be found beside them.
  init?(itemAt line: Int, toListOf others: [Int], besides moving: Set<Int>, in bytes: [UInt8]) {
    guard let document = try? DocumentFormat.json.read(bytes).first else { return nil }
    var items: [Int: Item] = [:]
    Self.collect(document, into: &items)
    guard let item = items[line], let index = item.list.firstIndex(where: { $0.offsets == item.span }) else { return nil }
    let target = others.lazy.compactMap { items[$0] }.first { $0.parent == item.parent && $0.listStart != item.listStart }
    guard let target, let taken = Self.lines(of: item.span, in: bytes) else { return nil }
    var text = Array(bytes[taken.lowerBound..<item.span.upperBound]) + [UInt8(ascii: ",")]
    text += bytes[..<taken.upperBound].suffix(2) == [0x0d, 0x0a] ? [0x0d, 0x0a] : [0x0a]
    // Where it would be sorted in, or near it; before the last one at the latest, so that no other line changes.
    let name = bytes[item.span]
    let sorted = target.list.firstIndex { name.lexicographicallyPrecedes(bytes[$0.offsets]) } ?? target.list.count - 1
    let places = target.list.indices.filter { $0 == 0 || !moving.contains(target.list[$0 - 1].start.line) }
    guard let next = places.min(by: { abs($0 - sorted) < abs($1 - sorted) }),
      let place = Self.lines(of: target.list[next].offsets, in: bytes)?.lowerBound
    else { return nil }
    let insertion = ByteEdit(range: place..<place, value: text)
    let removal: ByteEdit
    if index > 0, index == item.list.count - 1 {
      guard let comma = bytes[item.list[index - 1].offsets.upperBound...].firstIndex(of: UInt8(ascii: ",")), comma < item.span.lowerBound
      else {
        return nil
      }
      removal = ByteEdit(range: comma..<item.span.upperBound, value: [])
    } else {
      removal = ByteEdit(range: taken, value: [])
    }
    lines = taken
    edits = [removal, insertion].sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  private static func collect(_ document: Document, into items: inout [Int: Item]) {
    for member in document.members ?? [] {
      if let list = member.value.list, let parent = document.span?.offsets.lowerBound, let start = member.value.span?.offsets.lowerBound {
        let spans = list.compactMap(\.span)
        for element in list where spans.count == list.count {
          guard let span = element.span else { continue }
          items[span.start.line] = Item(span: span.offsets, list: spans, parent: parent, listStart: start)
        }
      }
      collect(member.value, into: &items)
    }
    for element in document.list ?? [] { collect(element, into: &items) }
  }

  /// The whole lines of an item with the comma behind it; nil where something else stands on them.
  private static func lines(of span: Range<Int>, in bytes: [UInt8]) -> Range<Int>? {
    let start = (bytes[..<span.lowerBound].lastIndex(of: 0x0a) ?? -1) + 1
    guard bytes[start..<span.lowerBound].allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { return nil }
    guard let end = bytes[span.upperBound...].firstIndex(of: 0x0a) else { return nil }
    let rest = bytes[span.upperBound..<end].filter { $0 != 0x20 && $0 != 0x0d }
    return rest.isEmpty || rest == [UInt8(ascii: ",")] ? start..<(end + 1) : nil
  }
}
