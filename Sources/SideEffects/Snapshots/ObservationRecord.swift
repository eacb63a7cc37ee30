internal import Documents

/// An observation inside a snapshot's record.
enum ObservationRecord {
  static func document(of observation: Observation) -> Document {
    .object([
      ("asked", document(of: observation.asked)),
      ("chunks", .listed(observation.chunks.map(document(of:)))),
      ("completeness", CompletenessRecord.document(of: observation.completeness)),
      ("kind", .of(observation.kind)),
      ("leftOut", .listed(observation.leftOut.map(LeftOutRecord.document(of:)))),
      ("leftOutSince", .of(observation.leftOutSince)),
      ("reader", document(of: observation.reader)),
      ("schema", document(of: observation.schema)),
      ("standing", .listed(observation.standing.map(DiagnosticRecord.document(of:)))),
      ("watch", .of(observation.watch)),
    ])
  }

  static func observation(from record: StoredObject) throws(Failure) -> Observation {
    Observation(
      watch: try record.text("watch"), kind: try record.text("kind"), reader: try reader(from: record.object("reader")),
      asked: try asked(from: record.object("asked")), schema: try schema(from: record.object("schema")),
      completeness: try CompletenessRecord.completeness(from: record.object("completeness")),
      standing: try record.list("standing", of: DiagnosticRecord.diagnostic),
      leftOut: try record.list("leftOut", of: LeftOutRecord.leftOut), leftOutSince: try record.optionalText("leftOutSince"),
      chunks: try record.list("chunks", of: chunk))
  }

  private static func document(of chunk: ChunkReference) -> Document {
    .object([("count", .of(chunk.count)), ("digest", .of(chunk.digest)), ("first", .of(chunk.first))])
  }

  private static func chunk(from document: Document, name: String) throws(Failure) -> ChunkReference {
    let record = try StoredObject(document, name: name)
    return ChunkReference(first: try record.text("first"), count: try record.integer("count"), digest: try record.digest("digest"))
  }

  /// Rights that were told and are none differ from rights that were not told: these are absent.
  private static func document(of reader: Reader) -> Document {
    let rights: Document? =
      switch reader.rights {
      case .told(let rights): Document(.list(rights.sorted().map { .of($0) }))
      case .untold: nil
      }
    return .object([("account", .of(reader.account)), ("rights", rights)])
  }

  private static func reader(from record: StoredObject) throws(Failure) -> Reader {
    let rights: Reader.Rights = record["rights"] == nil ? .untold : .told(Set(try record.list("rights", of: StoredObject.text)))
    return Reader(account: try record.optionalText("account"), rights: rights)
  }

  private static func document(of asked: Asked) -> Document {
    .object([
      ("constants", .table(asked.constants) { Document(.list($0.sorted().map { .of($0) })) }),
      ("provider", .of(asked.provider)), ("revision", .of(asked.revision)),
      ("settings", .table(asked.settings) { .of($0) }),
    ])
  }

  private static func asked(from record: StoredObject) throws(Failure) -> Asked {
    let constants = try record.table("constants") { document, name throws(Failure) -> Set<Text> in
      guard let items = document.list else { throw StoredObject.damaged("`\(name)` is no list") }
      var texts: Set<Text> = []
      for item in items { texts.insert(try StoredObject.text(item, name: name)) }
      return texts
    }
    return Asked(
      provider: try record.text("provider"), settings: try record.table("settings", of: StoredObject.text), constants: constants,
      revision: try record.optionalText("revision"))
  }

  private static func document(of schema: KindSchema) -> Document {
    .object([
      ("attributes", .table(schema.attributes) { Document(.text($0.rawValue)) }), ("level", Document(.text(schema.level.rawValue))),
      ("listing", .of(schema.listing)), ("manifest", .of(schema.manifest)), ("naturalKey", .listed(schema.naturalKey.map { .of($0) })),
      ("sort", Document(.text(schema.sort.rawValue))),
    ])
  }

  private static func schema(from record: StoredObject) throws(Failure) -> KindSchema {
    KindSchema(
      sort: try record.word("sort"), level: try record.word("level"), manifest: try record.digest("manifest"),
      naturalKey: try record.list("naturalKey", of: StoredObject.text), attributes: try record.table("attributes", of: StoredObject.word),
      listing: try record.optionalDigest("listing"))
  }
}
