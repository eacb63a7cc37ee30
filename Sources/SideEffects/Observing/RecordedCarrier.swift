import Synchronization

/// Answers requests out of a recording, so that a provider is walked without a socket.
///
/// Exchanges of the same request are answered in the order of the recording, the last one again and again.
public final class RecordedCarrier: HTTPCarrier {
  private let answers: [Key: [Recording.Exchange]]
  /// How often each request came, by its body where the recording tells bodies apart.
  private let turns = Mutex<[Key: [[UInt8]?: Int]]>([:])

  public init(_ recording: Recording) {
    answers = Dictionary(grouping: recording.exchanges) { Key($0.method, $0.url) }
  }

  /// Throws `not-recorded` for a request that the recording doesn't hold.
  public func send(_ request: HTTPRequest) async throws(Failure) -> HTTPAnswer {
    let key = Key(request.method, String(decoding: request.url.bytes, as: UTF8.self))
    let sent = request.body?.bytes ?? []
    let fitting = (answers[key] ?? []).filter { $0.sent == nil || $0.sent == sent }
    guard let last = fitting.last else {
      throw Failure(
        "not-recorded", "the recording has no answer to \(request.method) \(request.url)",
        advice: "Record that exchange, or correct the manifest.",
        place: .url(Text(request.shownURL)))
    }
    let turn = turns.withLock { turns in
      defer { turns[key, default: [:]][last.sent, default: 0] += 1 }
      return turns[key]?[last.sent] ?? 0
    }
    return turn < fitting.count ? fitting[turn].answer : last.answer
  }

  /// What makes two requests the same: the order of a query's parameters doesn't count.
  private struct Key: Hashable {
    private let method: Text
    private let place: Text
    private let query: [Text]

    init(_ method: Text, _ url: String) {
      let parts = url.prefix { $0 != "#" }.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
      let origin = WebOrigin(url)?.description ?? ""
      self.method = method
      place = Text(origin + String(parts[0].drop { $0 != ":" }.dropFirst(3).drop { $0 != "/" }))
      query = parts.count > 1 ? parts[1].split(separator: "&").map { Text(String($0)) }.sorted() : []
    }
  }
}
