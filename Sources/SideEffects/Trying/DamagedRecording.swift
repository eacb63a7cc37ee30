/// A recording in which one answer didn't arrive as it should.
public struct DamagedRecording: Sendable {
  /// What is wrong with which exchange, for people.
  public let damage: String
  public let recording: Recording

  /// Every answer cut short in some places, refused, empty, replaced by a web page, and lost.
  ///
  /// - Parameter cuts: In how many places a body is cut at most; the first and the last bytes are always among them.
  public static func all(of recording: Recording, cuts: Int) -> some Sequence<DamagedRecording> {
    recording.exchanges.indices.lazy.flatMap { index in
      damages(to: recording.exchanges[index].answer, cuts: cuts).map { damage in
        let exchange = recording.exchanges[index]
        var exchanges = recording.exchanges
        if let answer = damage.answer {
          exchanges[index] = .init(method: exchange.method, url: exchange.url, sent: exchange.sent, answer: answer)
        } else {
          exchanges.remove(at: index)
        }
        return DamagedRecording(
          damage: "\(exchange.method) \(exchange.url): \(damage.words)",
          recording: Recording(with: recording.with, secrets: recording.secrets, exchanges: exchanges))
      }
    }
  }

  private static func damages(to answer: HTTPAnswer, cuts: Int) -> [(words: String, answer: HTTPAnswer?)] {
    let page = Array("<!DOCTYPE html><html><body>Sign in</body></html>".utf8)
    let html = [("Content-Type", "text/html")].map { (name: $0.0, value: $0.1) }
    var damages: [(words: String, answer: HTTPAnswer?)] = [
      ("lost", nil), ("an empty body", HTTPAnswer(status: answer.status, headers: answer.headers, body: [])),
      ("a web page", HTTPAnswer(status: answer.status, headers: html, body: page)),
    ]
    for status in [204, 302, 401, 403, 404, 410, 429, 500, 503] where status != answer.status {
      damages.append(("status \(status)", HTTPAnswer(status: status, headers: answer.headers, body: answer.body)))
      damages.append(("status \(status) with an empty object", HTTPAnswer(status: status, headers: answer.headers, body: Array("{}".utf8))))
    }
    return damages
      + places(answer.body.count, cuts).map { place in
        ("cut after \(place) bytes", HTTPAnswer(status: answer.status, headers: answer.headers, body: Array(answer.body[..<place])))
      }
  }

  private static func places(_ count: Int, _ cuts: Int) -> [Int] {
    let step = max(1, (count + cuts - 1) / max(1, cuts))
    let ends = Array(1...3) + (count - 3..<count)
    return Set(ends + stride(from: 1, to: count, by: step)).filter { $0 > 0 && $0 < count }.sorted()
  }
}
