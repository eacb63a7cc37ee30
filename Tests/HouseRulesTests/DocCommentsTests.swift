import Foundation
import Testing

/// What others may use is explained where it is declared.
@Suite("Doc comments")
struct DocCommentsTests {
  @Test("stand before every public type, and before every public function that no protocol explains")
  func comments() {
    let (explained, declaration) = (Self.requirements, Self.declaration)
    for file in Checkout.sources {
      for (number, line) in file.lines.enumerated() {
        guard let declared = line.wholeMatch(of: declaration) else { continue }
        let (keyword, name) = (String(declared.output.1), String(declared.output.2))
        if keyword == "func", explained.contains(name) || !(name.first?.isLetter ?? false) { continue }
        var above = number - 1
        while above >= 0, file.lines[above].trimmingCharacters(in: .whitespaces).hasPrefix("@") { above -= 1 }
        let comment = above >= 0 ? file.lines[above].trimmingCharacters(in: .whitespaces) : ""
        #expect(comment.hasPrefix("///"), "\(file.path):\(number + 1): say in one sentence what `\(name)` is or does")
      }
    }
  }

  @Test("begin with one whole sentence")
  func sentences() {
    for file in Checkout.sources {
      var previous = ""
      for (number, line) in file.lines.enumerated() {
        let text = line.trimmingCharacters(in: .whitespaces)
        defer { previous = text }
        guard text.hasPrefix("///"), !previous.hasPrefix("///") else { continue }
        #expect(text.count > 6, "\(file.path):\(number + 1): an empty first line explains nothing")
      }
    }
  }

  private static var declaration: Regex<(Substring, Substring, Substring)> {
    #/\s*(?:@\w+(?:\([^)]*\))?\s+)*public (?:(?:final|static|mutating|borrowing|consuming|nonisolated|indirect)\s+)*(struct|enum|class|actor|protocol|typealias|func)\s+([^\s(<:{]+).*/#
  }

  /// The functions of protocols, ours and those of the standard library that we conform to.
  private static let requirements: Set<String> = {
    var names: Set<String> = ["hash", "enqueue", "encode"]
    for file in Checkout.sources {
      for match in file.text.matches(of: #/(?ms)^public protocol .*?^}/#) {
        names.formUnion(match.output.matches(of: #/func (\w+)/#).map { String($0.output.1) })
      }
    }
    return names
  }()
}
