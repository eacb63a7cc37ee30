internal import Documents

/// The members of one JSON object of a store, read by name; members that are not known are passed over.
///
/// What is not as it was written fails with the rule `store-damaged`, and a word of a newer version with `newer-version`.
struct StoredObject {
  /// What the object stands for, for messages.
  let name: String
  let members: [Document.Member]

  /// More than any snapshot needs, and less than a machine's memory.
  private static let limits = DocumentLimits(bytes: 1 << 30, depth: 64, nodes: 50_000_000, allowsAliases: false)

  init(json bytes: [UInt8], name: String) throws(Failure) {
    let document: Document?
    do {
      document = try DocumentFormat.json.read(bytes, limits: Self.limits).first
    } catch {
      throw Self.damaged("the record of a \(name) is no JSON: \(error)")
    }
    guard let document else { throw Self.damaged("the record of a \(name) is empty") }
    try self.init(document, name: name)
  }

  init(_ document: Document, name: String) throws(Failure) {
    guard let members = document.members else { throw Self.damaged("`\(name)` is no object") }
    (self.name, self.members) = (name, members)
  }

  subscript(key: String) -> Document? { members.first { $0.key == key }?.value }

  func required(_ key: String) throws(Failure) -> Document {
    guard let value = self[key] else { throw missing(key, "is missing") }
    return value
  }

  func text(_ key: String) throws(Failure) -> Text { try Self.text(try required(key), name: key) }
  func optionalText(_ key: String) throws(Failure) -> Text? { try optional(key, Self.text) }

  func integer(_ key: String) throws(Failure) -> Int { try Self.integer(try required(key), name: key) }
  func optionalInteger(_ key: String) throws(Failure) -> Int? { try optional(key, Self.integer) }

  func optionalBoolean(_ key: String) throws(Failure) -> Bool? {
    try optional(key) { document, name throws(Failure) in
      guard let boolean = document.boolean else { throw Self.damaged("`\(name)` is no truth value") }
      return boolean
    }
  }

  func instant(_ key: String) throws(Failure) -> Instant { try Self.instant(try required(key), name: key) }
  func optionalInstant(_ key: String) throws(Failure) -> Instant? { try optional(key, Self.instant) }

  func digest(_ key: String) throws(Failure) -> Digest { try Self.digest(try required(key), name: key) }
  func optionalDigest(_ key: String) throws(Failure) -> Digest? { try optional(key, Self.digest) }

  func object(_ key: String) throws(Failure) -> StoredObject { try StoredObject(try required(key), name: key) }
  func optionalObject(_ key: String) throws(Failure) -> StoredObject? { try optional(key, StoredObject.init) }

  /// The items of a list; none where it is absent, since empty lists are not written.
  func list<Item>(_ key: String, of read: (Document, String) throws(Failure) -> Item) throws(Failure) -> [Item] {
    guard let value = self[key] else { return [] }
    guard let items = value.list else { throw missing(key, "is no list") }
    var taken: [Item] = []
    taken.reserveCapacity(items.count)
    for item in items { taken.append(try read(item, key)) }
    return taken
  }

  /// The members of an object by their names; none where it is absent, since empty objects are not written.
  func table<Item>(_ key: String, of read: (Document, String) throws(Failure) -> Item) throws(Failure) -> [Text: Item] {
    guard let object = try optionalObject(key) else { return [:] }
    var table: [Text: Item] = [:]
    for member in object.members { table[Text(member.key)] = try read(member.value, member.key) }
    return table
  }

  /// One of the words of an enumeration.
  func word<Word: RawRepresentable<String>>(_ key: String) throws(Failure) -> Word {
    try Self.word(try required(key), name: key)
  }

  func optional<Item>(_ key: String, _ read: (Document, String) throws(Failure) -> Item) throws(Failure) -> Item? {
    guard let value = self[key] else { return nil }
    return try read(value, key)
  }

  private func missing(_ key: String, _ problem: String) -> Failure { Self.damaged("`\(key)` of `\(name)` \(problem)") }
}

extension StoredObject {
  static func text(_ document: Document, name: String) throws(Failure) -> Text {
    guard let text = document.text else { throw damaged("`\(name)` is no text") }
    return Text(text)
  }

  static func integer(_ document: Document, name: String) throws(Failure) -> Int {
    guard let number = document.number.flatMap(Int.init) else { throw damaged("`\(name)` is no whole number") }
    return number
  }

  static func instant(_ document: Document, name: String) throws(Failure) -> Instant {
    guard let text = document.text, let instant = Instant(told: text) else { throw damaged("`\(name)` is no time") }
    return instant
  }

  static func digest(_ document: Document, name: String) throws(Failure) -> Digest {
    guard let digest = document.text.flatMap(Digest.init(hexadecimal:)) else { throw damaged("`\(name)` is no digest") }
    return digest
  }

  static func word<Word: RawRepresentable<String>>(_ document: Document, name: String) throws(Failure) -> Word {
    guard let text = document.text else { throw damaged("`\(name)` is no word") }
    guard let word = Word(rawValue: text) else {
      throw Failure("newer-version", "a record of the store has a `\(name)` that this program doesn't know", advice: "update audit-residue")
    }
    return word
  }

  static func damaged(_ problem: String) -> Failure {
    Failure(
      "store-damaged", "a record of the store can't be read: \(problem)", advice: "restore the store from a copy, or take a new snapshot")
  }
}
