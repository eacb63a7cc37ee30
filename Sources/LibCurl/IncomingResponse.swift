/// What has arrived of a response so far, held to its limits.
struct IncomingResponse {
  private let limits: TransferLimits
  private(set) var headers: [(name: String, value: String)] = []
  private(set) var body: [UInt8] = []
  /// Why we stopped receiving; libcurl itself only knows that the callback refused.
  private(set) var refusal: CurlError?
  /// Whether the final response's headers are still to come or arriving.
  var isInHeaders: Bool {
    if case .bodyAndTrailers = part { false } else { true }
  }
  /// Whether a header line has come.
  var hasBegun: Bool { headerBytes > 0 }
  private var part = Part.statusLine
  private var headerBytes = 0

  private enum Part {
    case statusLine
    case headers(interim: Bool)
    case bodyAndTrailers
  }

  init(limits: TransferLimits) {
    self.limits = limits
  }

  /// Takes one whole line, its line break included, as libcurl hands them out; false refuses the rest.
  mutating func receive(headerLine line: UnsafeRawBufferPointer) -> Bool {
    headerBytes += line.count
    guard headerBytes <= limits.headerBytes else {
      refusal = CurlError(
        code: .headersTooLarge, message: "The response's headers are larger than \(limits.headerBytes) bytes, which is the limit.")
      return false
    }
    let text = String(decoding: line, as: UTF8.self)
    switch part {
    case .statusLine:
      // RFC 9110, section 15.2: any number of 1xx responses may stand before the one that counts.
      let isInterim = text.split(separator: " ", maxSplits: 2).dropFirst().first?.first == "1"
      (headers, part) = ([], .headers(interim: isInterim))
    case .headers(let isInterim):
      if text.trimmed.isEmpty {
        part = isInterim ? .statusLine : .bodyAndTrailers
      } else {
        add(text)
      }
    case .bodyAndTrailers:
      // RFC 9110, section 6.5.1: a trailer must not be taken for a header.
      break
    }
    return true
  }

  private mutating func add(_ line: String) {
    let content = line.trimmed
    if line.first == " " || line.first == "\t", let last = headers.popLast() {
      // RFC 9112, section 5.2: a folded value goes on, after one blank.
      headers.append((last.name, (last.value + " " + content).trimmed))
    } else if let colon = content.firstIndex(of: ":") {
      headers.append((String(content[..<colon]).trimmed, String(content[content.index(after: colon)...]).trimmed))
    }
  }

  /// Takes a decoded piece of the body; false refuses the rest.
  mutating func receive(body piece: UnsafeRawBufferPointer) -> Bool {
    guard body.count + piece.count <= limits.bodyBytes else {
      refusal = CurlError(
        code: .bodyTooLarge, message: "The response's body is larger than \(limits.bodyBytes) bytes once decoded, which is the limit.")
      return false
    }
    body.append(contentsOf: piece)
    return true
  }
}

extension String {
  /// Without the blanks and line breaks around it.
  fileprivate var trimmed: String {
    func isBlank(_ character: Character) -> Bool { character.isASCII && character.isWhitespace }
    guard let start = firstIndex(where: { !isBlank($0) }), let end = lastIndex(where: { !isBlank($0) }) else { return "" }
    return String(self[start...end])
  }
}
