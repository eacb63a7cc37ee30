/// What an upgrade changed, what came back and what stayed, by watch and kind: what a picture of it is drawn from.
public struct UpgradePicture: Hashable, Sendable {
  /// What became of a change; before a rollback what the restores say will become of it.
  public enum Fate: Hashable, Sendable, CaseIterable { case stays, unknown, back }

  /// One change.
  public struct Mark: Hashable, Sendable {
    /// `+`, `-`, `~` or `±`.
    public let sign: String
    public let fate: Fate
  }

  /// The changes of one kind, those that stay first.
  public struct Group: Hashable, Sendable {
    public let watch: Text
    public let kind: Text
    public let marks: [Mark]

    func count(_ fate: Fate) -> Int { marks.count { $0.fate == fate } }
  }

  /// Two groups of which things hold the same secret, id or URL: positions, the lesser first.
  public struct Line: Hashable, Sendable {
    public let from: Int
    public let to: Int
  }

  public let groups: [Group]
  public let lines: [Line]
  /// Things that did not change and hold the same as one that did.
  public let tiedElsewhere: Int
  public let isPrediction: Bool

  public init(_ audit: Audit) {
    isPrediction = audit.now == nil
    var marks: [[Text]: [Mark]] = [:]
    for entry in audit.entries {
      let address = entry.change.resource.address
      marks[[address.watch, address.kind], default: []].append(Mark(sign: ChangeText.sign(entry.change), fate: Self.fate(entry)))
    }
    let keys = marks.keys.sorted { $0.lexicographicallyPrecedes($1) }
    groups = keys.map { key in
      let sorted = (marks[key] ?? []).sorted { (Self.rank($0), $0.sign) < (Self.rank($1), $1.sign) }
      return Group(watch: key[0], kind: key[1], marks: sorted)
    }
    let places = Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($1, $0) })
    let changed = Set(audit.entries.flatMap { [$0.change.before?.address, $0.change.after?.address, $0.now?.address].compactMap(\.self) })
    var lines: Set<Line> = []
    var elsewhere: Set<ResourceAddress> = []
    for entry in audit.entries {
      let address = entry.change.resource.address
      for tie in entry.ties {
        if !changed.contains(tie.address) { elsewhere.insert(tie.address) }
        guard changed.contains(tie.address), let from = places[[address.watch, address.kind]],
          let to = places[[tie.address.watch, tie.address.kind]], from != to
        else { continue }
        lines.insert(Line(from: min(from, to), to: max(from, to)))
      }
    }
    self.lines = lines.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
    tiedElsewhere = elsewhere.count
  }

  private static func fate(_ entry: Audit.Entry) -> Fate {
    if entry.outcome == .blind { return .unknown }
    return entry.isResidue ? .stays : .back
  }

  private static func rank(_ mark: Mark) -> Int {
    switch mark.fate {
    case .stays: 0
    case .unknown: 1
    case .back: 2
    }
  }
}
