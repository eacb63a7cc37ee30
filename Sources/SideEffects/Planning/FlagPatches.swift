/// Why no patch is given; what to do instead is in the step's words.
public struct PatchRefusal: Error, Hashable, Sendable {
  /// Without its full stop.
  public let sentence: String
  /// Whether it is because there is nothing left to do.
  public let isDone: Bool
  public init(_ sentence: String, isDone: Bool = false) { (self.sentence, self.isDone) = (sentence, isDone) }
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

  /// Whether a flag has the value back already.
  func isDone(_ address: ResourceAddress) -> Bool {
    switch made[address] {
    case .failure(let refusal): refusal.isDone
    case .success, nil: false
    }
  }

  func patch(of address: ResourceAddress) -> Result<FlagPatch, PatchRefusal> {
    made[address] ?? .failure(PatchRefusal("the repository was not read"))
  }
}
