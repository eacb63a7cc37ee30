import Documents

/// Where a walk stands: what placeholders are filled from, and the scope of what is read there.
struct WalkPoint: Sendable {
  var context: TemplateContext
  var scope: Scope
  /// Its values are secrets unless they are booleans or numbers: those of dotenv and its like, and what nobody named.
  var protectsText = false

  init(context: TemplateContext, scope: Scope = .whole) { (self.context, self.scope) = (context, scope) }

  /// The items of one list below this point; throws where the list's own rules can't be applied to one of them.
  func items(of source: ListSource, among matches: [PathMatch]) throws(TemplateProblem) -> [WalkPoint] {
    var points: [WalkPoint] = []
    for match in matches {
      var point = self
      point.context.item = match.document
      point.context.key = match.key ?? context.key
      point.protectsText = protectsText || match.protectsText
      if let condition = source.condition {
        guard let holds = condition.verdict({ point.context.document($0) }) else {
          throw TemplateProblem("a pattern of `where` needs too many steps for one of the items")
        }
        if !holds { continue }
      }
      try point.addLets(of: source)
      points.append(point)
    }
    return points
  }

  private mutating func addLets(of source: ListSource) throws(TemplateProblem) {
    for (name, template) in source.lets {
      if let value = try context.value(template) { context.lets[name] = value }
    }
  }

  /// This point as a parent: below it, `{NAME}` is its item's id and its scope holds a step more.
  func asParent(_ list: Text, _ source: ListSource?, sanitizer: Sanitizer) throws(TemplateProblem) -> WalkPoint {
    let item = context.item ?? Document(.null)
    let id: String
    if let template = source?.id {
      id = try context.plain(template)
    } else if let scalar = item.plainText {
      id = scalar
    } else if let member = item["id"]?.plainText {
      id = member
    } else {
      throw TemplateProblem("an item of `\(list)` has no id")
    }
    let label = try source?.label.map { template throws(TemplateProblem) in try context.plain(template) }
    var point = self
    point.context.parents[list] = .init(id: Text(id), item: item)
    point.context.item = nil
    point.scope = scope.appending(.init(list: list, id: Text(sanitizer.text(id)), label: label.map { Text(sanitizer.text($0)) }))
    return point
  }

  /// The item's id; nil where it can't be told, as before its details were read.
  func id(by template: Template?) -> String? {
    guard let template else { return context.item?["id"]?.plainText ?? context.item?.plainText }
    return try? context.plain(template)
  }

  /// Two points with common parents, joined below them; nil where a common parent differs.
  func joined(with other: WalkPoint) -> WalkPoint? {
    for (name, parent) in other.context.parents {
      if let mine = context.parents[name], mine.id != parent.id { return nil }
    }
    var point = self
    point.context.parents.merge(other.context.parents) { mine, _ in mine }
    point.context.lets.merge(other.context.lets) { mine, _ in mine }
    for step in other.scope.steps where !scope.steps.contains(step) { point.scope = point.scope.appending(step) }
    return point
  }
}
