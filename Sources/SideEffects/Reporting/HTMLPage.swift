/// A whole HTML file: one page that asks nothing of any network.
enum HTMLPage {
  /// - Parameter key: Under which the browser remembers ticked boxes; nil where there is nothing to tick.
  static func of(title: String, body: [String], key: String? = nil) -> String {
    let script = key == nil ? nil : HTMLScript.text
    let policy =
      "default-src 'none'; base-uri 'none'; form-action 'none'; style-src \(hash(HTMLStyle.text))"
      + (script.map { "; script-src \(hash($0))" } ?? "")
    let head = [
      "<!DOCTYPE html>", "<html lang=\"en\">", "<head>", "<meta charset=\"utf-8\">",
      "<meta http-equiv=\"Content-Security-Policy\" content=\"\(policy)\">",
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">", "<meta name=\"color-scheme\" content=\"light dark\">",
      "<meta name=\"referrer\" content=\"no-referrer\">", "<title>\(HTMLText.text(title))</title>", "<style>\(HTMLStyle.text)</style>",
      "</head>", key.map { "<body data-key=\"\(HTMLText.text($0))\">" } ?? "<body>",
    ]
    let foot = (script.map { ["<script>\($0)</script>"] } ?? []) + ["</body>", "</html>"]
    return (head + body + foot).joined(separator: "\n") + "\n"
  }

  /// What a policy allows by its content (Content Security Policy Level 3, section 2.3.1).
  private static func hash(_ content: String) -> String {
    "'sha256-" + String(decoding: Base64.encode(Digest(of: Array(content.utf8)).bytes), as: UTF8.self) + "'"
  }
}
