/// Something inside that refers to something outside which is gone or another now: a restore put back a token that its service has replaced.
public struct Stale: Hashable, Sendable {
  /// What it refers by.
  public enum Reference: Hashable, Sendable {
    case secret
    case id(Text)
  }

  /// What refers, as the newest look saw it.
  public let holder: Resource
  public let attribute: Text
  public let reference: Reference
  /// What is referred to, as it was.
  public let target: Resource
  /// What is there in its place now; nil where nothing is.
  public let replacement: Resource?
  /// Who does the steps, by the watch's `owner`.
  public let owner: Text?
  public let schema: KindSchema

  public init(
    holder: Resource, attribute: Text, reference: Reference, target: Resource, replacement: Resource?, owner: Text?, schema: KindSchema
  ) {
    (self.holder, self.attribute, self.reference, self.target) = (holder, attribute, reference, target)
    (self.replacement, self.owner, self.schema) = (replacement, owner, schema)
  }

  /// What is wrong, in a sentence without its full stop.
  public var sentence: String {
    let by: String =
      switch reference {
      case .secret: "the secret that \(StepWords.thing(target)) had"
      case .id(let id): "the id \(id) of \(StepWords.thing(target))"
      }
    let name = attribute == "." || attribute == "value" ? "" : " in \(attribute)"
    let watch = target.address.watch
    guard let replacement else { return "it holds\(name) \(by), which \(watch) no longer has" }
    let now = replacement.address.id == target.address.id ? "has replaced it" : "has \(replacement.address.id) in its place"
    return "it holds\(name) \(by), and \(watch) \(now)"
  }
}
