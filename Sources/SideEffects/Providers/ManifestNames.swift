/// The names that a placeholder's first word is looked up among, in a place of a manifest.
struct ManifestNames {
  var settings: Set<String> = []
  var lists: Set<String> = []
  var lets: Set<String> = []
  var hasDetail = false
  /// In paths of attributes, origins, natural keys and conditions a setting is never meant: `secret: [token]` is the item's token, not ours.
  var admitsSettings = true

  /// The root that a first word stands for; nil where it is a member of the item.
  func root(of word: String) -> Root? {
    if lets.contains(word) { return .letName(Text(word)) }
    if lists.contains(word) { return .list(Text(word)) }
    if admitsSettings, settings.contains(word) { return .setting(Text(word)) }
    if hasDetail, word == "detail" { return .detail }
    return nil
  }

  func withoutSettings() -> ManifestNames {
    var names = self
    names.admitsSettings = false
    return names
  }
}

/// Why a path or template can't be read: in words, with the place in its text.
struct ExpressionProblem: Error {
  let sentence: String
  let advice: String
  /// Byte offset in the expression's text.
  let offset: Int
  /// Names a thing of the language that is known and not built yet.
  var isNotBuilt = false
}
