/// Where a flag is read in the code, in the words of a report.
enum UsesText {
  /// `read at src/a.go:12, src/b.go:40 and in 17 more places`; nil where nobody searched.
  static func phrase(_ resource: Resource, atMost limit: Int = 3) -> String? {
    guard let uses = resource.uses else { return nil }
    let cut = uses.isCut ? "; not all files were searched" : ""
    guard uses.count > 0 else { return uses.isCut ? "read nowhere that was searched" + cut : nil }
    let places = uses.places.prefix(limit).map { "\($0.path):\($0.line)" }
    let more = uses.count - places.count
    let rest = more > 0 ? " and in \(Headline.count(more, "more place"))" : ""
    return "read at \(places.joined(separator: ", "))\(rest)\(cut)"
  }
}
