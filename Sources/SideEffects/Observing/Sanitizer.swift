import Documents

/// Turns what must not be kept into fingerprints before anything is stored: secrets inside URLs, our own credentials echoed back, declared secrets.
struct Sanitizer: Sendable {
  let fingerprinter: Fingerprinter
  /// The watch's own secrets: a service may show a token that it was asked with.
  private let own: [[UInt8]]

  init(fingerprinter: Fingerprinter, secrets: [Secret]) {
    self.fingerprinter = fingerprinter
    // Shorter ones stand in other words by chance.
    own = secrets.map { $0.withBytes { $0 } }.filter { $0.count >= 8 }
  }

  /// A text without user information and query values of URLs, and without our own secrets.
  func text(_ text: String) -> String {
    let bytes = Array(text.utf8)
    guard bytes.contains(UInt8(ascii: ":")) || !own.isEmpty else { return text }
    var clean = withoutURLSecrets(bytes)
    for secret in own { clean = replacing(secret, in: clean) }
    return clean == bytes ? text : String(decoding: clean, as: UTF8.self)
  }

  func scalar(_ document: Document) -> Scalar {
    switch document.content {
    case .null: .null
    case .boolean(let value): .boolean(value)
    case .number(let spelling): .number(Text(spelling))
    case .text(let string): .text(Text(text(string)))
    case .list, .map: .structure(Text(structure(document).canonicalJSON()))
    }
  }

  /// A declared secret; a URL keeps its origin, so that a person sees where it leads. Withheld where the service shows a mask.
  func secret(_ document: Document) -> Reading {
    let spelling = document.plainText ?? document.canonicalJSON()
    if Self.isMask(spelling) { return .withheld }
    let fingerprint = fingerprinter.fingerprint(of: spelling)
    if let origin = WebOrigin(spelling) { return .value(.scalar(.text(Text("\(origin.description)/\(fingerprint)")))) }
    return .value(.scalar(.secret(fingerprint)))
  }

  /// Stars or bullets, with perhaps a few characters left at the ends.
  static func isMask(_ text: String) -> Bool {
    let marks = text.count { "*•●·".contains($0) }
    return marks >= 3 && marks * 2 >= text.count || text == "[redacted]" || text == "<redacted>"
  }

  /// What a file of environment values may hold without being a secret: booleans, numbers, and nothing.
  static func isHarmless(_ text: String) -> Bool {
    let words: Set<String> = ["", "true", "false", "on", "off", "yes", "no", "enabled", "disabled", "null", "none"]
    if words.contains(text.lowercased()) { return true }
    return text.utf8.count <= 24 && text.contains(where: \.isNumber)
      && text.allSatisfy { $0.isASCII && ($0.isNumber || "+-.eE_".contains($0)) } && Double(text.replacing("_", with: "")) != nil
  }

  /// Whether a name says that a secret stands behind it; it rather takes a harmless one for it.
  static func namesSecret(_ name: String) -> Bool {
    let lowered = name.lowercased()
    return SecretLines.words.contains { lowered.contains($0) }
  }

  private func structure(_ document: Document) -> Document {
    switch document.content {
    case .null, .boolean, .number: document
    case .text(let string): Document(.text(text(string)))
    case .list(let elements): Document(.list(elements.map { structure($0) }))
    case .map(let members): Document(.map(members.map { .init(key: $0.key, value: structure($0.value)) }))
    }
  }

  private func short(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    Array("fingerprint:\(fingerprinter.fingerprint(of: Array(bytes)).digest.description.prefix(16))".utf8)
  }

  /// Everything from a scheme to white space or a quote is taken for one URL.
  private func withoutURLSecrets(_ bytes: [UInt8]) -> [UInt8] {
    var clean: [UInt8] = []
    var rest = bytes[...]
    while let start = Self.firstRange(of: Array("://".utf8), in: rest) {
      clean += rest[..<start.upperBound]
      rest = rest[start.upperBound...]
      let url = rest.prefix { $0 > 0x20 && !"\"'<>`".utf8.contains($0) }
      rest = rest[url.endIndex...]
      clean += self.url(url)
    }
    return clean + rest
  }

  /// What stands behind `://`.
  private func url(_ url: ArraySlice<UInt8>) -> [UInt8] {
    let authority = url.prefix { !"/?#".utf8.contains($0) }
    var clean: [UInt8] = []
    var rest = url
    if let at = authority.lastIndex(of: UInt8(ascii: "@")) {
      clean += short(url[..<at])
      rest = url[at...]
    }
    let path = rest.prefix { !"?#".utf8.contains($0) }
    clean += joined(path, by: UInt8(ascii: "/")) { Self.isOpaque($0) ? short($0) : Array($0) }
    let query = rest[path.endIndex...].prefix { $0 != UInt8(ascii: "#") }
    return clean + parameters(query) + parameters(rest[query.endIndex...])
  }

  /// A query or a fragment with its mark: names stay, and words that can't be a secret.
  private func parameters(_ part: ArraySlice<UInt8>) -> [UInt8] {
    guard let mark = part.first else { return [] }
    return [mark]
      + joined(part.dropFirst(), by: UInt8(ascii: "&")) { parameter in
        if let equals = parameter.firstIndex(of: UInt8(ascii: "=")) {
          return equals + 1 < parameter.endIndex ? Array(parameter[...equals]) + short(parameter[(equals + 1)...]) : Array(parameter)
        }
        let isWord = parameter.count <= 10 && parameter.allSatisfy { ("a"..."z").contains(Unicode.Scalar($0)) || "-_".utf8.contains($0) }
        return parameter.isEmpty || isWord ? Array(parameter) : short(parameter)
      }
  }

  /// Whether a segment of a path looks made by a machine, as in webhooks that are secrets themselves: letters and digits in a long run, or
  /// upper and lower case mixed, or simply very long.
  private static func isOpaque(_ segment: ArraySlice<UInt8>) -> Bool {
    if segment.count >= 48 { return true }
    let runs = segment.split { byte in !Unicode.Scalar(byte).properties.isAlphabetic && !("0"..."9").contains(Unicode.Scalar(byte)) }
    return runs.contains { run in
      let scalars = run.map { Unicode.Scalar($0) }
      let digits = scalars.count { ("0"..."9").contains($0) }
      let capitals = scalars.dropFirst().count { ("A"..."Z").contains($0) }
      return scalars.count >= 16 && digits < scalars.count && (digits > 0 || capitals >= 4)
    }
  }

  private func joined(_ bytes: ArraySlice<UInt8>, by separator: UInt8, _ part: (ArraySlice<UInt8>) -> [UInt8]) -> [UInt8] {
    Array(bytes.split(separator: separator, omittingEmptySubsequences: false).map(part).joined(separator: [separator]))
  }

  private func replacing(_ secret: [UInt8], in bytes: [UInt8]) -> [UInt8] {
    var clean: [UInt8] = []
    var rest = bytes[...]
    while let found = Self.firstRange(of: secret, in: rest) {
      clean += rest[..<found.lowerBound] + short(secret)
      rest = rest[found.upperBound...]
    }
    return clean + rest
  }

  private static func firstRange(of needle: [UInt8], in bytes: ArraySlice<UInt8>) -> Range<Int>? {
    guard let first = needle.first else { return nil }
    var start = bytes.startIndex
    while let candidate = bytes[start...].firstIndex(of: first) {
      if bytes[candidate...].starts(with: needle) { return candidate..<(candidate + needle.count) }
      start = candidate + 1
    }
    return nil
  }
}
