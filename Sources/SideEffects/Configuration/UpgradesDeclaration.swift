internal import Documents

/// What is known of upgrades in general.
public struct UpgradesDeclaration: Hashable, Sendable {
  /// The accounts that they work as; `*` and `?` are wildcards.
  public let accounts: [Text]

  public init(accounts: [Text] = []) { self.accounts = accounts }
}

extension UpgradesDeclaration {
  static let keys = KeyTable(
    "upgrades", help: "What is known of upgrades in general.",
    keys: [
      .init(
        "accounts", .list(.text(named: "an account's name")), isRequired: true,
        help:
          "The accounts that upgrades work as at services; what another account makes meanwhile is not the upgrade's. `*` stands for any run of characters and `?` for one.",
        example: "[deploy-bot]")
    ])

  init(_ document: Document?) { self.init(accounts: (document?["accounts"]?.list ?? []).compactMap { $0.text.map { Text($0) } }) }
}
