/// The picture of an upgrade as SVG within a page: narrow enough for a phone, and told in words too.
enum HTMLPicture {
  private static let width = 360
  /// Room for the lines; without any the names begin at the edge.
  private static let margin = 34
  private static let pitch = 18
  /// A kind with more changes shows so many, and the count of the rest.
  private static let mostMarks = 32
  /// More kinds are counted in one line.
  private static let mostGroups = 30
  /// Lines side by side in the margin; more could not be told apart.
  private static let mostLines = 24

  /// Nothing where nothing changed.
  static func figure(_ picture: UpgradePicture) -> String {
    guard !picture.groups.isEmpty else { return "" }
    let groups = picture.groups.prefix(mostGroups)
    let lines = picture.lines.filter { $0.to < groups.count }.prefix(mostLines)
    let left = lines.isEmpty ? 2 : margin
    var (y, centres, shapes) = (4, [Int](), [String]())
    for group in groups {
      centres.append(y + 10)
      shapes += drawn(group, at: y, left, counts(group, picture))
      y += height(group)
    }
    shapes = lines.enumerated().map { arc($1, $0, centres) } + shapes
    var notes = [legend(picture)]
    if groups.count < picture.groups.count {
      notes.append("\(Headline.count(picture.groups.count - groups.count, "more kind")), not drawn.")
    }
    if lines.count < picture.lines.count { notes.append("\(Headline.count(picture.lines.count - lines.count, "more tie")), not drawn.") }
    if picture.tiedElsewhere > 0 {
      notes.append(
        "\(Headline.count(picture.tiedElsewhere, "thing")) that did not change \(picture.tiedElsewhere == 1 ? "holds" : "hold") the same as one that did."
      )
    }
    return [
      "<figure class=\"picture\">",
      "<figcaption><h2>\(picture.isPrediction ? "What changed, and what will stay" : "What changed, and what stayed")</h2></figcaption>",
      "<svg viewBox=\"0 0 \(width) \(y)\" role=\"img\" aria-labelledby=\"picture-title picture-words\">",
      "<title id=\"picture-title\">Changes of the upgrade by watch and kind</title>",
      "<desc id=\"picture-words\">\(HTMLText.text(words(picture)))</desc>", shapes.joined(separator: "\n"), "</svg>",
      "<p class=\"soft\">\(notes.joined(separator: " "))</p>", "</figure>",
    ].joined(separator: "\n")
  }

  /// A name gives way to its counts: it stands whole in the picture's words.
  private static func drawn(_ group: UpgradePicture.Group, at y: Int, _ left: Int, _ counts: String) -> [String] {
    let place = DisplayText.shortened(
      ValueText.withShortFingerprints(DisplayText.terminal(Text("\(group.watch) · \(group.kind)"))), to: max(14, 50 - counts.count))
    var shapes = [
      "<text x=\"\(left)\" y=\"\(y + 14)\">\(HTMLText.text(place))</text>",
      "<text class=\"count\" x=\"\(width - 4)\" y=\"\(y + 14)\" text-anchor=\"end\">\(counts)</text>",
    ]
    for (index, mark) in group.marks.prefix(mostMarks).enumerated() {
      let (x, top) = (left + index % perRow * pitch, y + 22 + index / perRow * pitch)
      shapes.append(
        "<g class=\"mark \(mark.fate)\"><rect x=\"\(x)\" y=\"\(top)\" width=\"14\" height=\"14\" rx=\"2\"/>"
          + "<text x=\"\(x + 7)\" y=\"\(top + 11)\" text-anchor=\"middle\">\(mark.sign == "-" ? "−" : mark.sign)</text></g>")
    }
    if group.marks.count > mostMarks {
      let (x, top) = (left + mostMarks % perRow * pitch, y + 22 + mostMarks / perRow * pitch)
      shapes.append("<text class=\"count\" x=\"\(x)\" y=\"\(top + 11)\">and \(group.marks.count - mostMarks)</text>")
    }
    return shapes
  }

  private static var perRow: Int { (width - margin) / pitch }

  private static func height(_ group: UpgradePicture.Group) -> Int {
    let shown = min(group.marks.count, mostMarks + 1)
    return 22 + (shown + perRow - 1) / perRow * pitch + 8
  }

  /// In the margin, each a little further out.
  private static func arc(_ line: UpgradePicture.Line, _ index: Int, _ centres: [Int]) -> String {
    let x = margin - 12 - index * 3 % 18
    let (top, bottom) = (centres[line.from], centres[line.to])
    return
      "<path class=\"tie\" d=\"M\(margin - 4) \(top)H\(x + 4)Q\(x) \(top) \(x) \(top + 4)V\(bottom - 4)Q\(x) \(bottom) \(x + 4) \(bottom)H\(margin - 4)\"/>"
  }

  private static func counts(_ group: UpgradePicture.Group, _ picture: UpgradePicture) -> String {
    UpgradePicture.Fate.allCases.filter { group.count($0) > 0 }.map { fate in
      let count = group.count(fate)
      return switch fate {
      case .stays: picture.isPrediction ? "\(count) \(count == 1 ? "stays" : "stay")" : "\(count) not as before"
      case .unknown: "\(count) unknown"
      case .back: picture.isPrediction ? "\(count) undone" : "\(count) as before"
      }
    }.joined(separator: ", ")
  }

  private static func legend(_ picture: UpgradePicture) -> String {
    let back = picture.isPrediction ? "would be undone by a restore" : "as before again"
    let ties = picture.lines.isEmpty ? "" : " A line joins kinds that hold the same secret, id or URL."
    let unknown = picture.groups.contains { $0.count(.unknown) > 0 } ? "; dashed: nobody could look" : ""
    return
      "+ created, ~ changed, − deleted, ± made anew. Filled: \(picture.isPrediction ? "stays" : "not as before"); hollow: \(back)\(unknown).\(ties)"
  }

  private static func words(_ picture: UpgradePicture) -> String {
    let groups = picture.groups.map { group in
      let signs = [("+", "created"), ("~", "changed"), ("-", "deleted"), ("±", "made anew")]
      let changes = signs.map { sign, word in (word, group.marks.count { $0.sign == sign }) }.filter { $0.1 > 0 }.map { "\($1) \($0)" }
      return "\(group.watch) · \(group.kind): \(changes.joined(separator: ", ")); \(counts(group, picture))."
    }
    let ties = picture.lines.map { line in
      "\(picture.groups[line.from].watch) · \(picture.groups[line.from].kind) is tied to \(picture.groups[line.to].watch) · \(picture.groups[line.to].kind)."
    }
    return (groups + ties).joined(separator: " ")
  }
}
