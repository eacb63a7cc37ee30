internal import CZstd

/// Packs the lines of chunks with Zstandard (RFC 8878).
enum ChunkCompression {
  /// Why bytes could not be packed or unpacked, in the library's own words.
  struct Problem: Error, Hashable {
    let message: String
  }

  /// The level that is worth its time on lines of JSON; any other can be read as well.
  private static let level: Int32 = 3

  static func compress(_ bytes: [UInt8]) throws(Problem) -> [UInt8] {
    let capacity = ZSTD_compressBound(bytes.count)
    return try buffer(of: capacity) { ZSTD_compress($0, capacity, bytes, bytes.count, level) }
  }

  /// Unpacks exactly `count` bytes: packed bytes that would give more or fewer are refused.
  static func decompress(_ packed: [UInt8], count: Int) throws(Problem) -> [UInt8] {
    let bytes = try buffer(of: count) { ZSTD_decompress($0, count, packed, packed.count) }
    guard bytes.count == count else { throw Problem(message: "\(bytes.count) bytes came out instead of \(count)") }
    return bytes
  }

  private static func buffer(of capacity: Int, fill: (UnsafeMutableRawPointer?) -> Int) throws(Problem) -> [UInt8] {
    var status = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      status = fill(UnsafeMutableRawPointer(buffer.baseAddress))
      count = ZSTD_isError(status) == 0 ? status : 0
    }
    guard ZSTD_isError(status) == 0 else { throw Problem(message: String(cString: ZSTD_getErrorName(status))) }
    return bytes
  }
}
