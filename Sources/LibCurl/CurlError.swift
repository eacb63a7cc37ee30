import CCurl

/// Why a transfer gave no response.
///
/// The message is in libcurl's words or ours and names at most the host and the port: never a path, a query, userinfo or a header's value.
public struct CurlError: Error, Sendable, CustomStringConvertible {
  /// What went wrong, as far as a caller can act on it.
  public enum Code: Hashable, Sendable {
    /// The host's or the proxy's name has no address.
    case unresolvedHost
    /// Nothing accepts connections at the address.
    case cannotConnect
    /// No TLS session, or a certificate that isn't trusted.
    case tls
    /// One of the time limits of `TransferLimits` was reached.
    case timedOut
    /// The decoded body is larger than `TransferLimits.bodyBytes`.
    case bodyTooLarge
    /// The header lines are larger than `TransferLimits.headerBytes`.
    case headersTooLarge
    /// The connection ended before a byte of the response came.
    case dropped
    /// The connection ended before the response did.
    case cutShort
    /// What arrived isn't HTTP, or its encoding is broken.
    case protocolError
    /// The task was cancelled, or the thread was closed.
    case cancelled
    /// The URL isn't a plain http or https URL without userinfo.
    case unsupportedURL
    /// The method, a header or the body can't be sent as it is; nothing was sent.
    case invalidRequest
    /// Any other result of libcurl: a `CURLcode`, see libcurl-errors(3).
    case other(Int32)
  }

  public let code: Code
  /// One line for a person.
  public let message: String

  public init(code: Code, message: String) {
    (self.code, self.message) = (code, message)
  }

  public var description: String { message }
}

extension CurlError {
  init(_ result: CURLcode, message: String? = nil) {
    self.init(code: Code(result), message: message ?? String(cString: curl_easy_strerror(result)))
  }

  init(_ result: CURLMcode) {
    self.init(code: .other(result.rawValue), message: String(cString: curl_multi_strerror(result)))
  }

  static let taskCancelled = CurlError(code: .cancelled, message: "The transfer was cancelled.")
  static let threadClosed = CurlError(code: .cancelled, message: "The transfer was cancelled: transfers are being shut down.")
}

extension CurlError.Code {
  /// Source of the meanings: libcurl-errors(3).
  init(_ result: CURLcode) {
    self =
      switch result {
      case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .unresolvedHost
      case CURLE_COULDNT_CONNECT, CURLE_PROXY: .cannotConnect
      case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE,
        CURLE_SSL_CRL_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CLIENTCERT,
        CURLE_USE_SSL_FAILED:
        .tls
      case CURLE_OPERATION_TIMEDOUT: .timedOut
      case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR: .cutShort
      // The URL's scheme was checked before: "unsupported protocol" is what a response without a status line is called.
      case CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING, CURLE_HTTP2, CURLE_HTTP2_STREAM, CURLE_UNSUPPORTED_PROTOCOL:
        .protocolError
      case CURLE_URL_MALFORMAT: .unsupportedURL
      default: .other(Int32(bitPattern: result.rawValue))
      }
  }
}
