/// An item as the service gave it a moment ago, secrets included: for requests that are made of it, and never kept.
public struct FreshItem: Sendable {
  let context: TemplateContext

  init(_ context: TemplateContext) { self.context = context }
}
