import LibCurl
import SideEffects

/// Carries single requests over libcurl, for all watches of the process.
///
/// It sends exactly what it is given and follows nothing; what a watch may send, when and where to, is its carrier's business.
public final class HTTPTransport: Sendable {
  private let thread: CurlThread
  let settings: HTTPSettings

  public init(settings: HTTPSettings = .standard) {
    self.settings = settings
    thread = CurlThread(maximumConcurrentTransfers: settings.concurrentRequests, connectionsPerHost: settings.requestsPerOrigin)
  }

  /// Ends all requests under way as `cancelled` and closes all connections before it returns, so that no child process inherits one.
  public func close() { thread.close() }

  /// One request and its whole answer.
  ///
  /// A read is sent once more if its connection broke before a byte of the answer came; nothing else ever is.
  /// - Parameter place: where a failure says it happened.
  func exchange(_ request: HTTPRequest, place: Diagnostic.Place) async throws(Failure) -> HTTPAnswer {
    let transfer = transfer(request)
    do throws(CurlError) {
      try check(request, transfer)
      return try await send(transfer)
    } catch {
      guard error.code == .dropped, request.isRead else { throw error.failure(at: place) }
    }
    do throws(CurlError) { return try await send(transfer) } catch { throw error.failure(at: place) }
  }

  private func send(_ transfer: TransferRequest) async throws(CurlError) -> HTTPAnswer {
    let response = try await thread.send(transfer)
    return HTTPAnswer(status: response.status, headers: response.headers, body: response.body)
  }

  private func transfer(_ request: HTTPRequest) -> TransferRequest {
    func text(_ sensitive: SensitiveText) -> String { String(decoding: sensitive.bytes, as: UTF8.self) }
    var headers = request.headers.map { (name: $0.name, value: text($0.value)) }
    if !headers.contains(where: { $0.name.lowercased() == "user-agent" }) { headers.append(("User-Agent", settings.userAgent)) }
    var limits = TransferLimits(connect: settings.connectTimeout, total: settings.answerTimeout, stall: settings.stallTimeout)
    (limits.bodyBytes, limits.headerBytes) = (settings.bodyBytes, settings.headerBytes)
    return TransferRequest(
      method: request.method.string, url: text(request.url), headers: headers, body: request.body?.bytes, isRead: request.isRead,
      limits: limits,
      certificateAuthority: settings.certificateAuthority)
  }

  /// Two readers of URLs may differ on a crafted one; what libcurl reads is where the credential would go.
  private func check(_ request: HTTPRequest, _ transfer: TransferRequest) throws(CurlError) {
    guard request.isAuthenticated else { return }
    let target = try TransferOrigin(url: transfer.url)
    guard try target == TransferOrigin(url: request.origin.description) else {
      throw CurlError(code: .unsupportedURL, message: "the request would take its credential to another host than the watch's")
    }
  }
}

extension CurlError {
  /// As a person needs it: libcurl's words and what to do.
  fileprivate func failure(at place: Diagnostic.Place) -> Failure {
    let words = message.hasSuffix(".") ? String(message.dropLast()) : message
    func failure(_ rule: Text, _ sentence: String, _ advice: String) -> Failure { Failure(rule, sentence, advice: advice, place: place) }
    switch code {
    case .unresolvedHost:
      return failure(
        "unresolvable", "the host has no address: \(words)", "Check the host's name in `base`, and whether this machine can look up names.")
    case .cannotConnect:
      return failure(
        "unreachable", "nothing answers there: \(words)",
        "Check that the service runs, and that firewalls and proxies let this machine reach it.")
    case .tls:
      return failure(
        "tls-failed", "no trusted connection: \(words)",
        "Check the service's certificate, its name and its date, and that its authority is trusted on this machine.")
    case .timedOut:
      return failure("timed-out", "no whole answer came in time: \(words)", "Check the service's health, and look again when it answers.")
    case .dropped, .cutShort:
      return failure(
        "cut-short", "the answer ended too early: \(words)",
        "Look again; if it stays, read the logs of the service and of proxies before it.")
    case .bodyTooLarge, .headersTooLarge:
      return failure("too-large", "the answer is too large: \(words)", "Ask for smaller pages, or narrow the watch by its settings.")
    case .protocolError:
      return failure(
        "not-http", "the answer is no HTTP that can be read: \(words)", "Check that `base` is the address of the service's API.")
    case .cancelled:
      return failure("cancelled", "the request was given up before its answer came", "Look again.")
    case .unsupportedURL, .invalidRequest:
      return failure(
        "bad-request", "the request can't be sent: \(words)", "Check the watch's settings and secrets for what doesn't belong there.")
    case .other(let number):
      return failure(
        "transfer-failed", "the transfer failed: \(words) (libcurl \(number))", "Look again; if it stays, try the same URL with curl.")
    }
  }
}
