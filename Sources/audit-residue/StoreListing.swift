import Documents
import SideEffects

/// What a store holds, as text and as JSON.
struct StoreListing {
  private let names: SnapshotNames

  init(_ names: SnapshotNames) { self.names = names }

  func text() -> String {
    let upgrades = names.upgrades.map { upgrade in
      [upgrade.name.string, upgrade.began.rfc3339, upgrade.command?.string ?? "by hand", Self.end(upgrade), upgrade.after == nil ? "no after yet" : ""]
    }
    let snapshots = names.snapshots.map { snapshot in
      [
        snapshot.name.string, snapshot.began.rfc3339, "\(snapshot.resources) \(snapshot.resources == 1 ? "resource" : "resources")",
        snapshot.isComplete ? "complete" : "with gaps",
      ]
    }
    let sections = [("upgrades", upgrades), ("snapshots", snapshots)].filter { !$0.1.isEmpty }
    guard !sections.isEmpty else { return "The store is empty.\n" }
    return sections.map { "\($0.0)\n\(TableText.lines($0.1, indent: 2))" }.joined(separator: "\n")
  }

  func json() -> String {
    let document = Self.object([
      ("version", Document(.number("1"))),
      ("upgrades", Document(.list(names.upgrades.map(Self.document)))),
      ("snapshots", Document(.list(names.snapshots.map(Self.document)))),
    ])
    return String(decoding: JSONWriter(.pretty).write(document), as: UTF8.self) + "\n"
  }

  private static func end(_ upgrade: Upgrade) -> String {
    switch upgrade.end {
    case .exited(let status): "exit \(status)"
    case .signalled(let signal): "signal \(signal)"
    case .byHand: "ended"
    case nil: upgrade.ended == nil ? "not ended" : ""
    }
  }

  private static func document(_ upgrade: Upgrade) -> Document {
    let end: Document? =
      switch upgrade.end {
      case .exited(let status): Document(.number(String(status)))
      case .signalled(let signal): Document(.number(String(128 + signal)))
      case .byHand, nil: nil
      }
    return object([
      ("name", text(upgrade.name.string)), ("command", upgrade.command.map { text($0.string) }), ("began", text(upgrade.began.rfc3339)),
      ("ended", upgrade.ended.map { text($0.rfc3339) }), ("status", end), ("before", text(upgrade.before.string)),
      ("after", upgrade.after.map { text($0.string) }),
    ])
  }

  private static func document(_ snapshot: SnapshotSummary) -> Document {
    object([
      ("name", text(snapshot.name.string)), ("began", text(snapshot.began.rfc3339)), ("ended", text(snapshot.ended.rfc3339)),
      ("digest", text(snapshot.digest.description)), ("resources", Document(.number(String(snapshot.resources)))),
      ("complete", Document(.boolean(snapshot.isComplete))),
    ])
  }

  private static func text(_ string: String) -> Document { Document(.text(string)) }

  /// Members without a value are left out.
  private static func object(_ members: [(String, Document?)]) -> Document {
    Document(.map(members.compactMap { key, value in value.map { Document.Member(key: key, value: $0) } }))
  }
}
