import Documents

/// The changes of an audit that stand in files, as SARIF 2.1.0 (OASIS), so that code hosts show each at its line.
///
/// What stands in no file has no place in it: how much that is, and all that could not be looked at, is said among the notifications, and
/// a run with blind spots is not called successful.
public struct SARIFReport {
  private let audit: Audit
  private let version: Text

  /// - Parameter version: The program's own.
  public init(_ audit: Audit, version: Text) { (self.audit, self.version) = (audit, version) }

  /// UTF-8, a line feed at the end; the same bytes for the same audit.
  public func json() -> String { String(decoding: JSONWriter(.pretty).write(document), as: UTF8.self) + "\n" }

  private var placed: [Audit.Entry] { audit.entries.filter { $0.change.resource.location != nil } }

  private var document: Document {
    JSONFields.object([
      ("$schema", .text("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json")),
      ("version", .text("2.1.0")),
      ("runs", .list([run])),
    ])
  }

  private var run: Document {
    JSONFields.object([
      ("tool", JSONFields.object([("driver", driver)])),
      ("automationDetails", JSONFields.object([("id", .text(Text("audit-residue/\(audit.upgrade?.name ?? audit.before)/")))])),
      ("invocations", .list([invocation])),
      ("columnKind", .text("unicodeCodePoints")),
      ("results", .list(placed.map(result))),
    ])
  }

  private var driver: Document {
    JSONFields.object([
      ("name", .text("audit-residue")), ("semanticVersion", .text(version)),
      (
        "rules",
        .list(
          Self.rules.map { rule in
            JSONFields.object([
              ("id", .text(rule.id)), ("shortDescription", JSONFields.object([("text", .text(rule.help))])),
              ("defaultConfiguration", JSONFields.object([("level", .text("warning"))])),
            ])
          })
      ),
    ])
  }

  private static let rules: [(id: Text, help: Text)] = [
    ("created", "The upgrade made it, and a restore leaves it there."), ("updated", "The upgrade changed it, and a restore leaves it so."),
    ("deleted", "The upgrade took it away, and a restore does not bring it back."),
    ("recreated", "It is there again as another thing."),
  ]

  private var invocation: Document {
    var notifications = audit.openBlindSpots.map { spot in
      let place = "\(spot.watch) · \(spot.kind)" + (spot.scope == .whole ? "" : " · \(spot.scope.label)")
      return notification("error", spot.code, "\(place): \(spot.because.sentence)")
    }
    let others = audit.entries.count - placed.count
    if others > 0 {
      notifications.append(
        notification(
          "note", "not-in-a-file",
          "\(Headline.count(others, "change")) \(others == 1 ? "stands in no file and is" : "stand in no file and are") not among the results"
        ))
    }
    return JSONFields.object([
      ("executionSuccessful", .boolean(audit.isComplete)), ("toolExecutionNotifications", .list(notifications)),
    ])
  }

  private func notification(_ level: Text, _ code: Text, _ words: String) -> Document {
    JSONFields.object([
      ("level", .text(level)), ("descriptor", JSONFields.object([("id", .text(code))])),
      ("message", JSONFields.object([("text", .text(Text(DisplayText.terminal(Text(words)))))])),
    ])
  }

  private func result(_ entry: Audit.Entry) -> Document {
    let change = entry.change
    return JSONFields.object([
      ("ruleId", .text(change.word)), ("ruleIndex", .count(Self.rules.firstIndex { $0.id == change.word } ?? 0)),
      ("level", .text(entry.isResidue ? "warning" : "note")),
      ("message", JSONFields.object([("text", .text(Text(words(entry))))])),
      ("locations", change.resource.location.map { .list([Self.location($0)]) }),
      ("relatedLocations", change.resource.uses.flatMap { $0.places.isEmpty ? nil : .list($0.places.map(Self.location)) }),
      // The same flag in the next upgrade is the same finding, on whichever line it stands by then.
      ("partialFingerprints", JSONFields.object([("resource/v1", .text(Text(change.resource.address.digest().description)))])),
      ("properties", ChangeFields.document(entry)),
    ])
  }

  private func words(_ entry: Audit.Entry) -> String {
    let resource = entry.change.resource
    let name = DisplayText.terminal(Text(ValueText.withShortFingerprints(resource.name.string)))
    let phrase = ChangeText.phrase(entry)
    let origin = OriginText.of(entry.change)
    let outcome = OutcomeText.phrase(entry).map { ", \($0)" } ?? ""
    return "\(resource.address.kind) \(name): \(entry.change.word)" + (phrase.isEmpty ? "" : ", \(phrase)") + outcome
      + (origin.isEmpty ? "" : " (\(origin))")
  }

  /// Relative to the repository's root; a file of the machine has an address of its own.
  private static func location(_ location: SourceLocation) -> Document {
    let path = PercentEncoding.path.encode(location.path.string)
    let artifact =
      path.hasPrefix("/")
      ? JSONFields.object([("uri", .text(Text("file://\(path)")))])
      : JSONFields.object([("uri", .text(Text(relative(path)))), ("uriBaseId", .text("%SRCROOT%"))])
    return JSONFields.object([
      (
        "physicalLocation",
        JSONFields.object([
          ("artifactLocation", artifact), ("region", location.line > 0 ? JSONFields.object([("startLine", .count(location.line))]) : nil),
        ])
      )
    ])
  }

  /// A first segment with a colon would read as a scheme (RFC 3986, section 4.2).
  private static func relative(_ path: String) -> String {
    path.prefix { $0 != "/" }.contains(":") ? "./\(path)" : path
  }
}
