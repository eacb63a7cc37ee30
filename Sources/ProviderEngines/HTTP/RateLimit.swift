import SideEffects

/// How long a service asks to be left alone.
enum RateLimit {
  /// The time to wait before the same request is sent again; nil where the answer doesn't ask for that.
  ///
  /// 429 says that the request was not served (RFC 6585, section 4), so anything may be sent again; after 503 and 403 only what reads.
  /// Some services answer 403 for their limits, with `Retry-After` or with a remainder of 0
  /// (https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api).
  ///
  /// - Parameters:
  ///   - attempt: how often this request was already sent again.
  ///   - now: by this machine's clock; the answer's own `Date` goes before it.
  static func wait(after answer: HTTPAnswer, isRead: Bool, attempt: Int, now: Instant) -> Duration? {
    let now = answer.header("Date").flatMap { Instant(told: $0) } ?? now
    let told = time(answer.header("Retry-After"), now)
    let reset = ["X-RateLimit-Reset", "X-Rate-Limit-Reset", "RateLimit-Reset"].lazy.compactMap { time(answer.header($0), now) }.first
    let isSpent = ["X-RateLimit-Remaining", "X-Rate-Limit-Remaining", "RateLimit-Remaining"].contains { answer.header($0) == "0" }
    let wait: Duration?
    switch answer.status {
    case 429: wait = told ?? reset ?? .seconds(1 << min(attempt, 10))
    case 403 where isRead: wait = told ?? (isSpent ? reset : nil)
    case 503 where isRead: wait = told
    default: wait = nil
    }
    return wait.map { max($0, .seconds(1)) }
  }

  /// Seconds, seconds since 1970 or an HTTP date (RFC 9110, section 10.2.3); vendors write all three under any of these names.
  private static func time(_ value: String?, _ now: Instant) -> Duration? {
    guard let value else { return nil }
    if let moment = Instant(told: value) { return .seconds(max(0, moment.seconds(since: now))) }
    guard let seconds = Double(value), seconds >= 0, seconds < 100_000_000 else { return nil }
    return .seconds(seconds)
  }
}
