/// Keeps for an engine what spares it work the next time.
///
/// What is missing, damaged or forgotten costs time and nothing else, so nothing here fails.
public protocol ReadingMemory: Sendable {
  /// What was kept last under a key, byte for byte.
  func recall(_ key: Digest) async -> [UInt8]?
  func keep(_ bytes: [UInt8], under key: Digest) async
}

/// What one version of the program keeps is not for another one, which may read more.
struct ToolMemory: ReadingMemory {
  let memory: any ReadingMemory
  let tool: Text

  func recall(_ key: Digest) async -> [UInt8]? { await memory.recall(own(key)) }
  func keep(_ bytes: [UInt8], under key: Digest) async { await memory.keep(bytes, under: own(key)) }

  private func own(_ key: Digest) -> Digest { Digest(of: Array(tool.string.utf8) + key.bytes) }
}

/// A memory in which nothing is kept.
struct RecalledMemory: ReadingMemory {
  let memory: any ReadingMemory

  func recall(_ key: Digest) async -> [UInt8]? { await memory.recall(key) }
  func keep(_ bytes: [UInt8], under key: Digest) async {}
}
