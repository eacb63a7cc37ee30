extension KindManifest {
  /// What the provider says that it can't see, as far as it holds for this reader.
  func standing(_ context: TemplateContext, _ sanitizer: Sanitizer) -> [Diagnostic] {
    blind.compactMap { blind in
      if let condition = blind.condition, condition.verdict({ context.document($0) }) == false { return nil }
      let advice = [blind.byHand, blind.open].compactMap { $0.flatMap { try? context.plain($0) } }.map { sanitizer.text($0) }
      return Diagnostic(lists.isEmpty ? "not-listable" : "not-shown", blind.what.string, advice: advice.joined(separator: ": "))
    }
  }
}
