/// One action of a plan.
public struct Step: Hashable, Sendable {
  /// From 1, in the order in which they are done.
  public let number: Int
  /// Stable between plans of the same residue: watch, kind, id and what is done.
  public let id: Text
  /// What is there, else what was.
  public let resource: Resource
  /// What people call the resource.
  public let name: Text
  public let sort: KindSchema.Sort
  public let level: KindSchema.Level
  /// One line in the imperative: "Delete the webhook https://…".
  public let title: Text
  /// What was, what is, since when, by whom: a sentence each.
  public let evidence: NonEmpty<Text>
  public let precondition: Expectation
  public let remedy: Remedy
  /// A milder way that may be taken first, such as disabling before deleting.
  public let first: Remedy?
  public let risk: Risk
  /// What else it does; a sentence of the provider's.
  public let beware: Text?
  /// How to see that it is done, as what a reading must show; nil where nothing that anyone does would show.
  public let check: Expectation?
  /// The same in words.
  public let checkWords: Text
  /// How long it may take until it shows, in seconds.
  public let within: Int
  /// Nil where it can't be undone.
  public let undo: Remedy?
  public let owner: Text?
  /// Where a person sees it, if the provider tells.
  public let page: Text?
  /// Steps that come before it, and why.
  public let follows: [Dependency]

  public var address: ResourceAddress { resource.address }

  /// A step that has to be done before.
  public struct Dependency: Hashable, Sendable {
    public let step: Int
    public let because: Text
    public init(step: Int, because: Text) { (self.step, self.because) = (step, because) }
  }

  init(_ draft: StepDraft, number: Int, follows: [Dependency], andEvidence more: [Text]) {
    (self.number, id, resource, name) = (number, draft.id, draft.resource, draft.name)
    (sort, level, title) = (draft.sort, draft.level, draft.title)
    (evidence, precondition, remedy) = (NonEmpty(draft.evidence.first, draft.evidence.rest + more), draft.precondition, draft.remedy)
    (first, risk, beware) = (draft.first, draft.risk, draft.beware)
    (check, checkWords, within) = (draft.check, draft.checkWords, draft.within)
    (undo, owner, page, self.follows) = (draft.undo, draft.owner, draft.page, follows)
  }
}

/// A step that has no place among the others yet.
struct StepDraft: Hashable, Sendable {
  let id: Text
  let resource: Resource
  let name: Text
  let sort: KindSchema.Sort
  let level: KindSchema.Level
  let title: Text
  let evidence: NonEmpty<Text>
  let precondition: Expectation
  let remedy: Remedy
  let first: Remedy?
  let risk: Risk
  let beware: Text?
  /// Nil where it stays as it is for good.
  let check: Expectation?
  let checkWords: Text
  let within: Int
  let undo: Remedy?
  let owner: Text?
  let page: Text?

  var address: ResourceAddress { resource.address }
}
