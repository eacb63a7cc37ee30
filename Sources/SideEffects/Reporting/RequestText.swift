import Documents

/// A planned request as a command that a person can use: secrets come out of the shell's variables, or curl asks for them.
enum RequestText {
  /// Lines of one command of a POSIX shell; none of them moves a terminal's cursor, and all text from outside is quoted.
  static func curl(_ request: PlannedRequest) -> [String] {
    let needsNoGlobs = request.url.string.contains { "[]{}".contains($0) }
    var lines = ["curl" + (needsNoGlobs ? " -g" : "") + " -X \(DisplayText.shell(request.method))"]
    for credential in request.credentials { lines += option(credential, request.body) }
    let headers = request.headers.filter { !($0.name.string.lowercased() == "content-type" && request.body == nil) }
    lines += headers.map { "-H \(DisplayText.shell(Text("\($0.name): \($0.value)")))" }
    switch request.body {
    case nil: break
    case .form(let fields): lines += fields.map(field)
    case .json(let json):
      if !headers.contains(where: { $0.name.string.lowercased() == "content-type" }) { lines.append("-H 'Content-Type: application/json'") }
      // What is put in that place is JSON of its own.
      let body = printable(json).string.replacing(#/"(\{restored[^"{}]*\})"/#) { $0.1 }
      lines.append("--data-raw \(DisplayText.shell(Text(body)))")
    }
    lines.append(DisplayText.shell(request.url))
    return lines.enumerated().map { index, line in (index == 0 ? "" : "  ") + line + (index == lines.count - 1 ? "" : " \\") }
  }

  /// What has to be at hand before the command is run; empty where nothing is.
  static func needs(_ requests: [PlannedRequest]) -> [String] {
    var variables: Set<String> = []
    var (asks, restores) = (false, false)
    for request in requests {
      for credential in request.credentials {
        switch credential {
        case .basic(let pair): if passwordUser(pair) == nil { variables.formUnion(secrets(pair)) }
        case .header(_, let value), .field(_, let value): variables.formUnion(secrets(value))
        }
      }
      switch request.body {
      case .json(let text):
        asks = asks || text.string.contains("{ask.")
        restores = restores || text.string.contains("{restored")
      case .form(let fields): asks = asks || fields.contains { $0.value.string.contains("{ask.") }
      case nil: break
      }
    }
    return (variables.isEmpty ? [] : ["Set \(variables.sorted().map { "$" + $0 }.joined(separator: ", ")) in the shell first."])
      + (asks ? ["Put the secret in the place of {ask.…}."] : [])
      + (restores ? ["Read the object first; put it, as it is then and with what changed put back, in the place of {restored…}."] : [])
  }

  private static func option(_ credential: PlannedRequest.Credential, _ body: PlannedRequest.Body?) -> [String] {
    switch credential {
    case .basic(let pair): return ["-u " + (passwordUser(pair).map { DisplayText.shell($0) } ?? word(pair))]
    case .header(let name, let value): return ["-H " + word([.literal(Text("\(name): "))] + value)]
    case .field(let name, let value):
      switch body {
      case .form, nil: return ["--data-urlencode " + word([.literal(Text("\(name)="))] + value)]
      case .json: return []
      }
    }
  }

  /// The user, where all that follows is one secret: then curl asks for the password, and no process list shows it.
  private static func passwordUser(_ pair: [PlannedRequest.Part]) -> Text? {
    guard case .secret? = pair.last else { return nil }
    var user = ""
    for part in pair.dropLast() {
      guard case .literal(let text) = part else { return nil }
      user += text.string
    }
    guard user.last == ":", user.dropLast().contains(":") == false, user.count > 1 else { return nil }
    return Text(String(user.dropLast()))
  }

  /// Neighbouring literals as one, so that they are quoted together.
  private static func joined(_ parts: [PlannedRequest.Part]) -> [PlannedRequest.Part] {
    parts.reduce(into: []) { joined, part in
      if case .literal(let text) = part, case .literal(let before)? = joined.last {
        joined[joined.count - 1] = .literal(Text(before.string + text.string))
      } else {
        joined.append(part)
      }
    }
  }

  private static func secrets(_ parts: [PlannedRequest.Part]) -> [String] {
    parts.compactMap { part in
      switch part {
      case .literal: nil
      case .secret(let name): variable(name)
      }
    }
  }

  private static func word(_ parts: [PlannedRequest.Part]) -> String {
    joined(parts).map { part in
      switch part {
      case .literal(let text): text.isEmpty ? "" : DisplayText.shell(text)
      case .secret(let name): "\"$\(variable(name))\""
      }
    }.joined()
  }

  private static func variable(_ name: Text) -> String {
    String(name.string.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
  }

  private static func field(_ field: PlannedRequest.Header) -> String {
    let pair = Text("\(field.name)=\(field.value)")
    guard pair.string.unicodeScalars.allSatisfy({ !DisplayText.isUnfit($0) }) else {
      return "--data-raw \(DisplayText.shell(Text("\(field.name)=\(PercentEncoding.query.encode(field.value.string))")))"
    }
    return "--data-urlencode \(DisplayText.shell(pair))"
  }

  /// The same JSON, with escapes for what a terminal would not just show (RFC 8259 section 7).
  private static func printable(_ json: Text) -> Text {
    var shown = ""
    for scalar in json.string.unicodeScalars {
      if DisplayText.isUnfit(scalar) {
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          shown += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
    return Text(shown)
  }
}
