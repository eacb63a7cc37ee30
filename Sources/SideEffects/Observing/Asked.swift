/// What an observation was asked to see, so that two of them can be told apart before they are compared.
public struct Asked: Hashable, Sendable {
  /// The provider's name.
  public let provider: Text
  /// What the watch is set to, without secrets and without what only says which moment is seen (`ref`).
  public let settings: [Text: Text]
  /// What each list of constants held (accounts, regions): a scope below a value that was not asked for proves nothing.
  public let constants: [Text: Set<Text>]
  /// The revision that a repository was read at, in full.
  public let revision: Text?

  public init(provider: Text, settings: [Text: Text], constants: [Text: Set<Text>] = [:], revision: Text? = nil) {
    (self.provider, self.settings, self.constants, self.revision) = (provider, settings, constants, revision)
  }

  /// Whether a listing in `scope` was among what was asked for.
  public func includes(_ scope: Scope) -> Bool {
    scope.steps.allSatisfy { step in constants[step.list]?.contains(step.id) ?? true }
  }
}
