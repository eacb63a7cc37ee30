/// Tells whether a key is new to a map, by its bytes, in about the same time for any number of members.
struct KeyIndex {
  // Most maps are small, and looking through a few members is quicker than hashing their keys.
  private static let few = 16
  private var many: Set<KeyBytes> = []

  /// Whether the key is in none of the members; to be asked for each member before it is added.
  mutating func isNew(_ key: String, to members: [Document.Member]) -> Bool {
    guard members.count >= KeyIndex.few else {
      // Equal bytes are always canonically equivalent, and `==` is the quicker question.
      return !members.contains { $0.key == key && $0.key.utf8.elementsEqual(key.utf8) }
    }
    if many.isEmpty {
      for member in members { many.insert(KeyBytes(member.key)) }
    }
    return many.insert(KeyBytes(key)).inserted
  }
}
