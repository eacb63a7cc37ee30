/// Why no patch is given; what to do instead is in the step's words.
public struct PatchRefusal: Error, Hashable, Sendable {
  /// Without its full stop.
  public let sentence: String
  public init(_ sentence: String) { self.sentence = sentence }
}

/// A flag's change back, and how to undo that.
public struct FlagPatch: Hashable, Sendable {
  public let forward: PlannedPatch
  public let back: PlannedPatch
  public init(forward: PlannedPatch, back: PlannedPatch) { (self.forward, self.back) = (forward, back) }
}

/// The patches that could be made, and why the others couldn't.
public struct FlagPatches: Hashable, Sendable {
  private let made: [ResourceAddress: Result<FlagPatch, PatchRefusal>]

  public init(_ made: [ResourceAddress: Result<FlagPatch, PatchRefusal>]) { self.made = made }

  /// Where no repository can be read.
  public static let none = FlagPatches([:])

  func patch(of address: ResourceAddress) -> Result<FlagPatch, PatchRefusal> {
    made[address] ?? .failure(PatchRefusal("the repository was not read"))
  }
}
