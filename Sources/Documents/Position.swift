/// A place in a source text.
///
/// Lines end at a line feed. Columns count UTF-8 bytes, as compilers and SARIF's `byteOffset` do, not characters:
/// a column cuts the line's bytes without knowing about combining marks.
public struct Position: Hashable, Comparable, Sendable, CustomStringConvertible {
  // 32 bits each: a document of a million nodes holds four million of these numbers.
  private let storedLine: UInt32
  private let storedColumn: UInt32
  private let storedOffset: UInt32

  /// Makes a position; numbers beyond 32 bits are held at the largest that fits.
  public init(line: Int, column: Int, offset: Int) {
    storedLine = UInt32(clamping: line)
    storedColumn = UInt32(clamping: column)
    storedOffset = UInt32(clamping: offset)
  }

  /// The first byte of a text.
  public static let start = Position(line: 1, column: 1, offset: 0)

  /// The line, counted from 1.
  public var line: Int { Int(storedLine) }

  /// The column in UTF-8 bytes, counted from 1.
  public var column: Int { Int(storedColumn) }

  /// The byte's offset in the text, counted from 0, a byte order mark included.
  public var offset: Int { Int(storedOffset) }

  public var description: String { "line \(line), column \(column)" }

  public static func < (left: Position, right: Position) -> Bool { left.storedOffset < right.storedOffset }
}
