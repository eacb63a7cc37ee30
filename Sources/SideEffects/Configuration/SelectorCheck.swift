/// Whether what a configuration says of kinds and attributes can mean any that its watches have: a typing error would never fit.
public struct SelectorCheck: Sendable {
  private let configuration: Configuration
  /// By the watches' names.
  private let kinds: [Text: [KindManifest]]

  /// - Parameter providers: By the watches' names.
  public init(_ configuration: Configuration, providers: [Text: Provider]) {
    self.configuration = configuration
    kinds = providers.mapValues(\.manifest.kinds)
  }

  /// Each with the place of its entry.
  public var problems: [Diagnostic] {
    var problems: [Diagnostic] = []
    for restore in configuration.restores {
      for selector in restore.covers + restore.leaves {
        problems += problem(of: selector.kind, in: selector.watch, "the restore `\(restore.name)`", line: restore.line)
      }
    }
    for rule in configuration.ignore {
      let unknown = problem(of: rule.selector.kind, in: rule.selector.watch, "the rule under `ignore`", line: rule.line)
      problems += unknown
      if unknown.isEmpty, let attribute = rule.attribute { problems += problem(of: attribute, rule) }
    }
    for entry in configuration.acknowledge {
      problems += problem(of: entry.kind, in: entry.watch, "the entry under `acknowledge`", line: entry.line)
    }
    return problems
  }

  /// The kinds of all watches that a name means.
  private func kinds(of watch: Text) -> [KindManifest] {
    kinds.filter { WatchTarget.fits($0.key, WatchTarget.base(of: watch)) }.flatMap(\.value)
  }

  private func problem(of kind: Text?, in watch: Text, _ entry: String, line: Int) -> [Diagnostic] {
    let known = kinds(of: watch).map(\.name.string)
    guard let kind, !known.isEmpty, !known.contains(where: { Glob.fits(name: $0, kind.string) }) else { return [] }
    return [
      Diagnostic(
        "unknown-kind", "\(entry) names the kind `\(kind)`, which no watch has that is called `\(watch)`",
        advice: Self.advice(kind.string, known), place: .file(configuration.file, line: line, column: 0))
    ]
  }

  private func problem(of attribute: Text, _ rule: IgnoreRule) -> [Diagnostic] {
    let kinds = kinds(of: rule.selector.watch).filter { rule.selector.fits(kind: $0.name) }
    let known = kinds.flatMap(\.attributePaths)
    guard !known.isEmpty, !known.contains(where: { AttributePattern($0).covers(attribute) }) else { return [] }
    return [
      Diagnostic(
        "unknown-attribute", "the rule under `ignore` names the attribute `\(attribute)`, which no kind has that it is about",
        advice: Self.advice(attribute.string, known.map(\.string)), place: .file(configuration.file, line: rule.line, column: 0))
    ]
  }

  private static func advice(_ name: String, _ known: [String]) -> String {
    let names = Set(known).sorted { Text($0) < Text($1) }
    return NearestKey.of(name, among: names).map { "Did you mean `\($0)`?" }
      ?? "There are \(names.map { "`\($0)`" }.joined(separator: ", "))."
  }
}
