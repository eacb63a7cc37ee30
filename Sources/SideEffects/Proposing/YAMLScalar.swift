import Documents

/// Texts as YAML, plain where nothing in them means anything to YAML.
enum YAMLScalar {
  static func text(_ text: String) -> String {
    let isPlain =
      text.first.map { $0.isASCII && ($0.isLetter || "/.".contains($0)) } ?? false
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-+".contains($0)) }
    let words: Set<String> = ["null", "true", "false", "yes", "no", "on", "off", ".inf", ".nan"]
    return isPlain && !words.contains(text.lowercased()) ? text : Document(.text(text)).canonicalJSON()
  }
}
