import CCurl

/// Scheme, host and port of a URL, as libcurl itself reads it: where a request really goes.
public struct TransferOrigin: Hashable, Sendable, CustomStringConvertible {
  public let scheme: String
  /// As libcurl normalizes it: `127.1` is `127.0.0.1`; an IPv6 address stands in brackets.
  public let host: String
  public let port: Int

  /// Throws `CurlError.Code.unsupportedURL` for all but absolute http and https URLs without user information.
  public init(url: String) throws(CurlError) {
    // A NUL would cut the text on its way into C; a blank or a line break would reach the request line.
    guard url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
      throw CurlError(code: .unsupportedURL, message: "The URL holds a blank or a control character: percent-encode it.")
    }
    guard let parts = curl_url() else { throw CurlError(CURLE_OUT_OF_MEMORY) }
    defer { curl_url_cleanup(parts) }
    let result = curl_url_set(parts, CURLUPART_URL, url, UInt32(CURLU_DISALLOW_USER))
    guard result != CURLUE_USER_NOT_ALLOWED else {
      throw CurlError(code: .unsupportedURL, message: "The URL holds a user name or a password: send them in a header.")
    }
    guard result == CURLUE_OK else {
      throw CurlError(code: .unsupportedURL, message: "The URL can't be used: \(String(cString: curl_url_strerror(result))).")
    }
    func part(_ part: CURLUPart) -> String {
      var text: UnsafeMutablePointer<CChar>?
      guard curl_url_get(parts, part, &text, UInt32(CURLU_DEFAULT_PORT)) == CURLUE_OK, let text else { return "" }
      defer { curl_free(text) }
      return String(cString: text).lowercased()
    }
    (scheme, host, port) = (part(CURLUPART_SCHEME), part(CURLUPART_HOST), Int(part(CURLUPART_PORT)) ?? 0)
    guard ["http", "https"].contains(scheme) else {
      throw CurlError(code: .unsupportedURL, message: "The URL's scheme is neither http nor https: write one of the two.")
    }
  }

  public var description: String { "\(scheme)://\(host):\(port)" }

  /// Whether the host is this machine: RFC 6761, section 6.3, RFC 1122, section 3.2.1.3, RFC 4291, section 2.5.3.
  public var isLoopback: Bool {
    if host == "localhost" || host.hasSuffix(".localhost") || host == "[::1]" { return true }
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
    return numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy { UInt8($0) != nil }
  }
}
