/// How two resources under one address compare, as far as both snapshots tell.
public struct Likeness: Hashable, Sendable {
  /// Whether both are the same thing by their times of creation.
  public enum Creation: Hashable, Sendable, CaseIterable { case same, other, untold }
  /// What the time of the last change says.
  public enum LastChange: Hashable, Sendable, CaseIterable { case same, moved, untold }

  public let creation: Creation
  public let lastChange: LastChange
  /// Attributes that both sides tell and that differ, sorted by name.
  public let differences: [AttributeChange]
  /// Attributes that can't be compared: masked, declared by one manifest only, or fingerprints of two keys. Sorted.
  public let notCompared: [Text]
  /// A masked value stands against no value at all: one was set or removed, and can't be seen.
  public let maskAppearedOrVanished: Bool

  /// Whether all that can be told of both is the same.
  var isEqual: Bool { differences.isEmpty && notCompared.isEmpty && !maskAppearedOrVanished }

  public init(
    creation: Creation, lastChange: LastChange, differences: [AttributeChange], notCompared: [Text] = [],
    maskAppearedOrVanished: Bool = false
  ) {
    (self.creation, self.lastChange, self.differences) = (creation, lastChange, differences)
    (self.notCompared, self.maskAppearedOrVanished) = (notCompared, maskAppearedOrVanished)
  }
}
