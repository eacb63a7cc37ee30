public import SideEffects

/// Carries one watch's requests: keeps its secrets at home and off the open net, its pace, and what the service asks to wait.
public struct WatchCarrier: HTTPCarrier {
  private let watch: Text
  private let transport: HTTPTransport
  private let pace: WatchPace
  private let clock: any TransportClock
  private let progress: @Sendable (WatchProgress) -> Void

  /// - Parameters:
  ///   - requestsPerSecond: nil where the manifest states no rate.
  ///   - progress: told when the watch waits.
  public init(
    watch: Text, transport: HTTPTransport, requestsPerSecond: Double? = nil, clock: any TransportClock = SystemTransportClock(),
    progress: @escaping @Sendable (WatchProgress) -> Void = { _ in }
  ) {
    (self.watch, self.transport, self.clock, self.progress) = (watch, transport, clock, progress)
    pace = WatchPace(requestsPerSecond: requestsPerSecond, patience: transport.settings.waiting, clock: clock)
  }

  public func send(_ request: HTTPRequest) async throws(Failure) -> HTTPAnswer {
    let place = Diagnostic.Place.url(Text(request.shownURL))
    try Self.refuseInTheClear(request, place)
    var current = request
    for _ in 0...transport.settings.redirects {
      let answer = try await sendPatiently(current, place)
      guard let next = try RedirectRule.next(after: answer, to: current) else { return answer }
      current = next
    }
    throw Failure(
      "redirect-loop", "the service redirects more than \(transport.settings.redirects) times", advice: "Check the address in `base`.",
      place: place)
  }

  /// What still limits the watch when its patience has ended is given back as it is, and judged as any answer.
  private func sendPatiently(_ request: HTTPRequest, _ place: Diagnostic.Place) async throws(Failure) -> HTTPAnswer {
    var attempt = 0
    while true {
      do { try await pace.turn() } catch {
        throw Failure("cancelled", "the request was given up before it was sent", advice: "Look again.", place: place)
      }
      let answer = try await transport.exchange(request, place: place)
      guard let wait = RateLimit.wait(after: answer, isRead: request.isRead, attempt: attempt, now: clock.now()), pace.pause(for: wait)
      else {
        return answer
      }
      progress(WatchProgress(watch: watch, doing: Text("waiting \(wait.components.seconds) s, as the service asks (\(answer.status))")))
      attempt += 1
    }
  }

  /// Secrets go over https, or nowhere beyond this machine.
  private static func refuseInTheClear(_ request: HTTPRequest, _ place: Diagnostic.Place) throws(Failure) {
    guard let target = WebOrigin(String(decoding: request.url.bytes, as: UTF8.self)) else {
      throw Failure("bad-request", "the request has no http or https URL", advice: "Write one in `base`.", place: place)
    }
    let isSecret =
      request.isAuthenticated || request.url.holdsSecret || request.body?.holdsSecret == true
      || request.headers.contains { $0.value.holdsSecret }
    guard isSecret, target.scheme != "https", !target.isLoopback else { return }
    throw Failure(
      "insecure-url", "plain http would show the watch's credential to everyone on the way", advice: "Write https in `base`.", place: place)
  }
}
