internal import Documents

/// What stands in a resource's line beside its key.
enum ResourceRecord {
  static func document(of resource: Resource) -> Document {
    let steps = resource.address.scope.steps
    // A label that is the id itself goes without saying.
    let labels = steps.contains { $0.label != $0.id } ? steps.map { Document.of($0.label) } : []
    return .object([
      ("active", .of(resource.isActive)),
      ("attributes", .table(resource.attributes, of: ValueRecord.document(of:))),
      ("kept", .table(resource.kept, of: ValueRecord.document(of:))),
      ("labels", .listed(labels)),
      ("location", resource.location.map(document(of:))),
      ("name", .of(resource.name)),
      ("origin", document(of: resource.origin)),
      ("references", .table(resource.references) { .of($0) }),
    ])
  }

  static func resource(from record: StoredObject, key: ArraySlice<UInt8>, watch: Text, kind: Text) throws(Failure) -> Resource {
    let labels = try record.list("labels", of: StoredObject.text)
    guard let address = ResourceAddress(watch: watch, kind: kind, sortKey: key, labels: labels) else {
      throw StoredObject.damaged("the key of a resource is none")
    }
    return Resource(
      address: address, name: try record.text("name"), attributes: try record.table("attributes", of: ValueRecord.reading),
      origin: try record.optional("origin", origin) ?? .unknown, isActive: try record.optionalBoolean("active"),
      references: try record.table("references", of: StoredObject.text), kept: try record.table("kept", of: ValueRecord.scalar),
      location: try record.optional("location", location))
  }

  private static func document(of origin: Origin) -> Document? {
    guard origin != .unknown else { return nil }
    return .object([
      ("at", .of(origin.at)), ("by", .of(origin.by)), ("changed", .of(origin.changed)), ("commit", .of(origin.commit)),
      ("until", .of(origin.until)),
    ])
  }

  private static func origin(from document: Document, name: String) throws(Failure) -> Origin {
    let record = try StoredObject(document, name: name)
    return Origin(
      at: try record.optionalText("at"), by: try record.optionalText("by"), changed: try record.optionalText("changed"),
      until: try record.optionalText("until"), commit: try record.optionalText("commit"))
  }

  private static func document(of location: SourceLocation) -> Document {
    .object([
      ("bytes", location.bytes.map { Document(.list([.of($0.lowerBound), .of($0.upperBound)])) }),
      ("line", .of(location.line)), ("path", .of(location.path)),
    ])
  }

  private static func location(from document: Document, name: String) throws(Failure) -> SourceLocation {
    let record = try StoredObject(document, name: name)
    let ends = try record.list("bytes", of: StoredObject.integer)
    guard ends.isEmpty || ends.count == 2 && ends[0] <= ends[1] else { throw StoredObject.damaged("`bytes` of `\(name)` is no range") }
    return SourceLocation(
      path: try record.text("path"), line: try record.integer("line"), bytes: ends.isEmpty ? nil : ends[0]..<ends[1])
  }
}
