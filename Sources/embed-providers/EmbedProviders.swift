import Foundation

/// Writes every `provider.yaml` below a folder as one string literal: `embed-providers OUTPUT FOLDER`.
///
/// Literals, because a resource bundle doesn't travel with a copied binary and `.embedInCode` takes minutes to compile.
@main
struct EmbedProviders {
  static func main() throws {
    let output = URL(filePath: CommandLine.arguments[1])
    let folder = URL(filePath: CommandLine.arguments[2], directoryHint: .isDirectory)
    var source = "let embeddedProviders: [(name: String, manifest: String)] = [\n"
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
      let manifest = folder.appending(path: name).appending(path: "provider.yaml")
      guard let text = try? String(contentsOf: manifest, encoding: .utf8) else { continue }
      source += "  (\"\(escaped(name))\", \"\(escaped(text))\"),\n"
    }
    try (source + "]\n").write(to: output, atomically: true, encoding: .utf8)
  }

  static func escaped(_ text: String) -> String {
    var literal = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": literal += "\\\\"
      case "\"": literal += "\\\""
      case _ where scalar.value < 32 || scalar.value == 127: literal += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: literal.unicodeScalars.append(scalar)
      }
    }
    return literal
  }
}
