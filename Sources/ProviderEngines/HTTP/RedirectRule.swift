import SideEffects

/// Where a redirect may lead: to the same scheme, host and port, and only for requests that ask for something.
///
/// Nothing is ever sent to another place: not the credential, and not the request either, whose URL may be a secret itself.
enum RedirectRule {
  /// The request to send next; nil where the answer is no redirect that is followed, so that it is judged as it is.
  ///
  /// Statuses: RFC 9110, section 15.4.
  static func next(after answer: HTTPAnswer, to request: HTTPRequest) throws(Failure) -> HTTPRequest? {
    guard [301, 302, 303, 307, 308].contains(answer.status), ["GET", "HEAD"].contains(request.method.string) else { return nil }
    guard let location = answer.header("Location") else { return nil }
    let asked = String(decoding: request.url.bytes, as: UTF8.self)
    guard let target = WebAddress.resolve(location, against: asked), let origin = WebOrigin(target), let home = WebOrigin(asked) else {
      throw away(request, "to something that is no http or https URL", "Check that `base` is the address of the service's API.")
    }
    guard origin == home else {
      // A hostile service may name the place after what it was sent.
      if request.holdsSecret(foundIn: origin.host) {
        throw away(request, "to another host", "Take this service's credential back: the service gives it away.")
      }
      throw away(request, "to \(origin.description)", advice(from: home, to: origin))
    }
    // The service may have put what it was asked with into the new URL: it is shown nowhere.
    return HTTPRequest(
      method: request.method, url: SensitiveText([.secret(name: "redirect", Secret(target))]), headers: request.headers, body: request.body,
      isAuthenticated: request.isAuthenticated, origin: request.origin, isRead: request.isRead)
  }

  private static func away(_ request: HTTPRequest, _ target: String, _ advice: String) -> Failure {
    Failure(
      "redirected-away", "the service redirects \(target), where nothing was sent", advice: advice, place: .url(Text(request.shownURL)))
  }

  private static func advice(from home: WebOrigin, to target: WebOrigin) -> String {
    if home.scheme == "https", target.scheme == "http" { return "Check the service's configuration: it leads from https to plain http." }
    if home.host == target.host { return "Write \(target.description) in `base` if that is the service's address." }
    return "Write the service's own address in `base`; a redirect to a log-in page means that the credential was not accepted."
  }
}

extension HTTPRequest {
  /// Whether a text repeats one of the request's secrets, in any case.
  fileprivate func holdsSecret(foundIn text: String) -> Bool {
    let parts = [url] + headers.map(\.value) + (body.map { [$0] } ?? [])
    return parts.flatMap(\.fragments).contains { fragment in
      switch fragment {
      case .literal: false
      case .secret(_, let secret):
        secret.withBytes { bytes in !bytes.isEmpty && text.lowercased().contains(String(decoding: bytes, as: UTF8.self).lowercased()) }
      }
    }
  }
}
