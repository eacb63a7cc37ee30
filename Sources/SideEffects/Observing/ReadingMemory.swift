/// Keeps for an engine what spares it work the next time.
///
/// What is missing, damaged or forgotten costs time and nothing else, so nothing here fails.
public protocol ReadingMemory: Sendable {
  /// What was kept last under a key, byte for byte.
  func recall(_ key: Digest) async -> [UInt8]?
  func keep(_ bytes: [UInt8], under key: Digest) async
}
