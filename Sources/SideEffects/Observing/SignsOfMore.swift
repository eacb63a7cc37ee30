import Documents

/// Marks of services that hand out a list in parts; one of them in a list that is said to be whole means that it was cut.
enum SignsOfMore {
  /// What shows that there is more; nil where nothing does.
  static func sign(in answer: HTTPAnswer, _ document: Document, items: Int) -> String? {
    if LinkHeader.target(relation: "next", in: answer.headerValues("Link")) != nil { return "a Link header with rel=next" }
    guard document.members != nil else { return nil }
    let inner = ["meta", "pagination", "paging", "page_info", "pageInfo", "links", "_links", "response_metadata", "metadata"].compactMap {
      document[$0]
    }
    for place in [document] + inner {
      for member in place.members ?? [] {
        if let sign = sign(member, items: items) { return sign }
      }
    }
    return nil
  }

  private static func sign(_ member: Document.Member, items: Int) -> String? {
    let name = member.key.lowercased().filter { $0 != "_" && $0 != "-" }
    switch name {
    case "hasmore", "hasnextpage", "truncated", "istruncated", "more", "moredata":
      return member.value.plainText == "true" ? "`\(member.key)` is true" : nil
    case "next", "nextpage", "nextpagetoken", "nextcursor", "nextlink", "nexttoken", "nexturl", "nextpageurl", "continue",
      "@odata.nextlink":
      let target = member.value["href"] ?? member.value
      guard let text = target.plainText, !text.isEmpty, text != "false" else { return nil }
      return "`\(member.key)` names a next page"
    case "total", "totalcount", "totalresults", "totalitems", "totalfilteredcount", "filteredcount", "itemcount":
      guard let total = member.value.number.flatMap({ Int($0) }), total > items else { return nil }
      return "`\(member.key)` says \(total) and \(items) came"
    default: return nil
    }
  }
}
