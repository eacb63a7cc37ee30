/// What the user wants looked at, what a restore puts back, and what may be passed over: `audit-residue.yaml`, read and checked.
public struct Configuration: Sendable {
  /// The file, for messages.
  public let file: Text
  /// Over the file's bytes: trust is given to exactly these.
  public let digest: Digest
  /// Nil for the user's state folder.
  public let store: Text?
  public let copies: [Text]
  /// Folders with providers of the user's own; a folder there goes before a built-in one of the same name.
  public let providers: [Text]
  public let watches: [WatchSettings]
  public let restores: [RestoreDeclaration]
  public let ignore: [IgnoreRule]
  public let acknowledge: [Acknowledgement]
  public let limits: LimitsDeclaration
  public let upgrades: UpgradesDeclaration

  public init(
    file: Text, digest: Digest, store: Text?, copies: [Text], providers: [Text], watches: [WatchSettings], restores: [RestoreDeclaration],
    ignore: [IgnoreRule], acknowledge: [Acknowledgement], limits: LimitsDeclaration = LimitsDeclaration(),
    upgrades: UpgradesDeclaration = UpgradesDeclaration()
  ) {
    (self.file, self.digest, self.store, self.copies, self.providers) = (file, digest, store, copies, providers)
    (self.watches, self.restores, self.ignore, self.acknowledge) = (watches, restores, ignore, acknowledge)
    (self.limits, self.upgrades) = (limits, upgrades)
  }
}

extension Configuration {
  /// The keys of the file's top; every other section hangs below it.
  public static let keys = KeyTable(
    "configuration", help: "What to look at before and after an upgrade, and what a restore puts back.",
    keys: [
      .init("version", .integer(1...1), isRequired: true, help: "The version of this format.", example: "1"),
      .init(
        "store", .text(named: "a path"),
        help: "Where snapshots are kept: a folder outside all that a restore puts back. The user's state folder, if left out.",
        example: "/srv/audit-residue"),
      .init(
        "copies", .list(.text(named: "a path")),
        help: "Folders that each snapshot also goes to, as one file; `audit-residue import` brings it back.",
        example: "[/mnt/backup/residue]"),
      .init(
        "providers", .list(.text(named: "a path")),
        help: "Folders with providers of your own; one of them goes before a built-in one of the same name, and then asks for trust once.",
        example: "[./providers]"),
      .init(
        "watches", .list(.table { WatchSettings.keys }), isRequired: true, help: "What to look at.",
        example: "[{name: forge, provider: our-forge}]"),
      .init("restores", .list(.table { RestoreDeclaration.keys }), help: "What each way to roll back covers and leaves."),
      .init("ignore", .list(.table { IgnoreRule.keys }), help: "Changes that are expected."),
      .init("acknowledge", .list(.table { Acknowledgement.keys }), help: "Blind spots that are known."),
      .init("limits", .table { LimitsDeclaration.keys }, help: "How much `audit-residue apply` may do without being told so once more."),
      .init("upgrades", .table { UpgradesDeclaration.keys }, help: "What is known of upgrades in general."),
    ])
}
