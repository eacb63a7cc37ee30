import Documents
import SideEffects

/// What a store holds, as text and as JSON.
struct StoreListing {
  private let names: SnapshotNames

  init(_ names: SnapshotNames) { self.names = names }

  func text() -> String {
    let upgrades = names.upgrades.map(Self.row)
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
    let document = SnapshotFields.object([
      ("version", Document(.number("1"))),
      ("upgrades", Document(.list(names.upgrades.map { Self.document($0) }))),
      ("snapshots", Document(.list(names.snapshots.map { Self.document($0) }))),
    ])
    return String(decoding: JSONWriter(.pretty).write(document), as: UTF8.self) + "\n"
  }

  /// An upgrade as a row of a table.
  static func row(_ upgrade: Upgrade) -> [String] {
    [
      upgrade.name.string, upgrade.began.rfc3339, upgrade.command?.string ?? "by hand", end(upgrade),
      upgrade.after == nil ? "no after yet" : "",
    ]
  }

  private static func end(_ upgrade: Upgrade) -> String {
    switch upgrade.end {
    case .exited(let status): "exit \(status)"
    case .signalled(let signal): "signal \(signal)"
    case .byHand: "ended"
    case nil: upgrade.ended == nil ? "not ended" : ""
    }
  }

  static func document(_ upgrade: Upgrade) -> Document {
    let end: Document? =
      switch upgrade.end {
      case .exited(let status): Document(.number(String(status)))
      case .signalled(let signal): Document(.number(String(128 + signal)))
      case .byHand, nil: nil
      }
    return SnapshotFields.object([
      ("name", text(upgrade.name.string)), ("command", upgrade.command.map { text($0.string) }), ("began", text(upgrade.began.rfc3339)),
      ("ended", upgrade.ended.map { text($0.rfc3339) }), ("status", end), ("before", text(upgrade.before.string)),
      ("after", upgrade.after.map { text($0.string) }), ("now", upgrade.rollback.map { text($0.now.string) }),
      ("restored", upgrade.rollback.map { Document(.list($0.restored.map { text($0.string) })) }),
    ])
  }

  private static func document(_ snapshot: SnapshotSummary) -> Document {
    SnapshotFields.object([
      ("name", text(snapshot.name.string)), ("began", text(snapshot.began.rfc3339)), ("ended", text(snapshot.ended.rfc3339)),
      ("digest", text(snapshot.digest.description)), ("resources", Document(.number(String(snapshot.resources)))),
      ("complete", Document(.boolean(snapshot.isComplete))),
    ])
  }

  private static func text(_ string: String) -> Document { Document(.text(string)) }
}
