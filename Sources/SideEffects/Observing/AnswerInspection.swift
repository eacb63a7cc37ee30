import Documents

/// Whether an answer is what was asked for: status, type, body, and the manifest's own words. Anything else is a reason, never an empty list.
struct AnswerInspection: Sendable {
  enum Verdict {
    case document(Document)
    /// The manifest says that this answer means nothing is there.
    case saidEmpty
    case refused(Diagnostic)
  }

  let call: CallManifest
  let context: TemplateContext
  let place: Diagnostic.Place
  /// What the kind needs, for the advice.
  let needs: [Text]

  func verdict(_ answer: HTTPAnswer) -> Verdict {
    var context = context
    context.status = answer.status
    context.headers = answer.headers
    let body = Result { () throws(DocumentError) -> Document in try DocumentFormat.json.read(answer.body).first ?? Document(.null) }
    let isHTML = Self.isHTML(answer)
    let expected: Set<Int> = call.method == "POST" ? [200, 201] : [200]
    let isExpected = expected.contains(answer.status)
    if let empty = call.empty, !isHTML, mayMeanEmpty(empty, isExpected: isExpected, isMap: (try? body.get())?.members != nil) {
      context.item = try? body.get()
      // What the manifest says of every good answer holds for one that means nothing, too.
      let isGood = !isExpected || call.ok?.holds { context.document($0) } ?? true
      if isGood, empty.condition.holds({ context.document($0) }) { return .saidEmpty }
    }
    guard expected.contains(answer.status) else { return .refused(refusal(answer)) }
    guard !answer.body.isEmpty else {
      return .refused(
        diagnostic(
          "empty-answer", "status \(answer.status) with an empty body", "An empty answer is no empty list: look at the service's log."))
    }
    guard !isHTML else {
      return .refused(
        diagnostic(
          "not-data", "status \(answer.status) with a web page: a log-in page, or a proxy's", "Check the base address and the credential."))
    }
    if call.answer == .byContentType, let type = answer.header("Content-Type"), !Self.isJSON(type) {
      return .refused(diagnostic("not-data", "the answer's type is \(Self.shown(type)), not JSON", "Check the base address."))
    }
    let document: Document
    switch body {
    case .failure(let error):
      return .refused(
        diagnostic(
          "unparsable", "the answer is not JSON: \(error.problem)",
          "Ask again; if it stays, look at what stands between here and the service."))
    case .success(let parsed): document = parsed
    }
    context.item = document
    if let ok = call.ok, !ok.holds({ context.document($0) }) {
      let wanted = ok.references.map { "`\($0.text)`" }.joined(separator: ", ")
      return .refused(
        diagnostic(
          "not-ok", "status \(answer.status), but \(wanted) is not what a good answer has",
          "The service may have refused in its own words: ask it by hand."))
    }
    return .document(document)
  }

  /// Whether an answer can be the one that means an empty list: what is absent from a cut body, from what is no object, or from an error
  /// that the manifest doesn't name by its status, is no sign of anything.
  private func mayMeanEmpty(_ empty: CallManifest.Empty, isExpected: Bool, isMap: Bool) -> Bool {
    let roots = empty.condition.references.map(\.root)
    return (isExpected || roots.contains(.status)) && (isMap || !roots.contains(.item))
  }

  private func refusal(_ answer: HTTPAnswer) -> Diagnostic {
    let rights = needs.isEmpty ? "" : " It needs: \(needs.map(\.string).joined(separator: ", "))."
    switch answer.status {
    case 401 where context.reader != nil || context.rights != nil:
      // The service told who the credential is, so that it is good.
      return diagnostic(
        "unauthorized", "401: refused here, though the credential is accepted elsewhere",
        needs.isEmpty ? "Give the account the right to read it." : "Give the account\(rights.dropFirst(9))")
    case 401:
      return diagnostic("unauthorized", "401: the service doesn't accept the credential", "Renew the credential of this watch.\(rights)")
    case 403:
      return diagnostic(
        "forbidden", "403: the credential may not read this",
        needs.isEmpty ? "Give the account the right to read it." : "Give the account\(rights.dropFirst(9))")
    case 404:
      return diagnostic(
        "not-found", "404: there is no such list, or the credential may not see it",
        "Check the address and the settings, then the account's rights.\(rights)")
    case 429:
      let wait = answer.header("Retry-After").flatMap { UInt32($0) }.map { " It asks to wait \($0) seconds." } ?? ""
      return diagnostic("rate-limited", "429: too many requests", "Wait and take the snapshot again.\(wait)")
    case 500...599:
      return diagnostic(
        "server-error", "\(answer.status): the service failed", "Look at the service's own state, then take the snapshot again.")
    case 300...399:
      return diagnostic(
        "redirected-away", "\(answer.status): the service sends elsewhere", "Set the base address to where the service now is.")
    default: return diagnostic("unexpected-status", "\(answer.status) where 200 is the answer", "Check the address and the settings.")
    }
  }

  func diagnostic(_ rule: Text, _ sentence: String, _ advice: String) -> Diagnostic {
    Diagnostic(rule, sentence, advice: advice, place: place)
  }

  private static func isJSON(_ type: String) -> Bool {
    let media = type.prefix { $0 != ";" }.lowercased()
    return media.contains("json")
  }

  private static func isHTML(_ answer: HTTPAnswer) -> Bool {
    if let type = answer.header("Content-Type")?.lowercased(), type.hasPrefix("text/html") || type.hasPrefix("application/xhtml") {
      return true
    }
    let start = answer.body.prefix(256).drop { $0 <= 0x20 }.prefix(14).map { $0 >= 65 && $0 <= 90 ? $0 + 32 : $0 }
    return start.starts(with: Array("<!doctype html".utf8)) || start.starts(with: Array("<html".utf8))
  }

  /// A header's value, short and without control characters.
  /// A media type without its parameters; what is no plain one may hold anything, a secret that was echoed too.
  private static func shown(_ type: String) -> String {
    let essence = type.prefix { $0 != ";" }.lowercased()
    let isPlain =
      essence.utf8.count <= 80
      && essence.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || "/.+- ".utf8.contains($0) }
    return isPlain ? essence : "none of the common ones"
  }
}
