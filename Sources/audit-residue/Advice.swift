import SideEffects

/// Where a person goes on after a report.
enum Advice {
  /// The call that makes the plan of this residue; nil where there is none, or no upgrade to make it for.
  static func next(_ audit: Audit, upgrade: Upgrade?) -> Text? {
    guard !audit.residue.isEmpty || !audit.stale.isEmpty, let upgrade else { return nil }
    return Text("audit-residue plan --upgrade \(upgrade.name) --format markdown -o plan.md")
  }
}
