extension Instant {
  /// A time as services tell it: RFC 3339 and ISO 8601, RFC 2822, or seconds, milliseconds, microseconds or nanoseconds since 1970 by their size.
  public init?(told text: String) {
    if let moment = Self.epoch(text) ?? Self.iso8601(text) ?? Self.rfc2822(text) { self = moment } else { return nil }
  }

  /// Numbers below 10^8 are too small to be told from counters.
  private static func epoch(_ text: String) -> Instant? {
    let parts = text.split(separator: ".", maxSplits: 1)
    guard let whole = parts.first, whole.allSatisfy(\.isASCIIDigit), let number = Int64(whole), number >= 100_000_000 else { return nil }
    guard parts.count == 1 || parts[1].allSatisfy(\.isASCIIDigit) else { return nil }
    let scale: Int64 =
      number < 100_000_000_000 ? 1 : number < 100_000_000_000_000 ? 1_000 : number < 100_000_000_000_000_000 ? 1_000_000 : 1_000_000_000
    return Instant(seconds: number / scale, nanoseconds: Int32(number % scale * (1_000_000_000 / scale)))
  }

  private static func iso8601(_ text: String) -> Instant? {
    var rest = Substring(text)
    guard let year = rest.takeNumber(4), rest.take("-"), let month = rest.takeNumber(2), rest.take("-"), let day = rest.takeNumber(2),
      (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    if rest.isEmpty { return Instant(year: year, month: month, day: day) }
    guard rest.take("T") || rest.take("t") || rest.take(" "), let clock = rest.takeClock() else { return nil }
    guard rest.isEmpty || rest.takeOffset() != nil else { return nil }
    var tail = Substring(text.dropFirst(11))
    _ = tail.takeClock()
    let offset = tail.takeOffset() ?? 0
    return Instant(year: year, month: month, day: day, secondOfDay: clock.seconds - offset, nanoseconds: clock.nanoseconds)
  }

  /// `Mon, 23 Nov 2026 14:02:00 +0000` (RFC 2822 section 3.3).
  private static func rfc2822(_ text: String) -> Instant? {
    var words = text.split(separator: " ")
    if words.first?.hasSuffix(",") == true { words.removeFirst() }
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    guard words.count >= 4, let day = Int64(words[0]), let month = months.firstIndex(of: String(words[1])), let year = Int64(words[2]),
      (1...31).contains(day), (0...9_999).contains(year)
    else { return nil }
    var clockText = words[3]
    guard let clock = clockText.takeClock(), clockText.isEmpty else { return nil }
    var zone = words.count > 4 ? words[4] : "+0000"
    guard let offset = ["GMT", "UT", "UTC", "Z"].contains(String(zone)) ? 0 : zone.takeOffset() else { return nil }
    return Instant(year: year, month: Int64(month) + 1, day: day, secondOfDay: clock.seconds - offset, nanoseconds: clock.nanoseconds)
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}

extension Substring {
  fileprivate mutating func take(_ prefix: Character) -> Bool {
    guard first == prefix else { return false }
    removeFirst()
    return true
  }

  fileprivate mutating func takeNumber(_ digits: Int) -> Int64? {
    let head = prefix(digits)
    guard head.count == digits, head.allSatisfy(\.isASCIIDigit) else { return nil }
    removeFirst(digits)
    return Int64(head)
  }

  /// Hours, minutes and perhaps seconds with a fraction.
  fileprivate mutating func takeClock() -> (seconds: Int64, nanoseconds: Int32)? {
    guard let hours = takeNumber(2), take(":"), let minutes = takeNumber(2), hours < 25, minutes < 60 else { return nil }
    var seconds: Int64 = 0
    var nanoseconds: Int32 = 0
    if take(":") {
      guard let told = takeNumber(2), told < 61 else { return nil }
      seconds = told
      if take(".") || take(",") {
        let fraction = prefix(while: \.isASCIIDigit)
        guard !fraction.isEmpty else { return nil }
        removeFirst(fraction.count)
        let nine = fraction.prefix(9)
        nanoseconds = Int32(String(nine) + String(repeating: "0", count: 9 - nine.count)) ?? 0
      }
    }
    return (hours * 3_600 + minutes * 60 + seconds, nanoseconds)
  }

  /// Seconds east of Greenwich.
  fileprivate mutating func takeOffset() -> Int64? {
    if take("Z") || take("z") { return isEmpty ? 0 : nil }
    _ = take(" ")
    let sign: Int64
    if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
    guard let hours = takeNumber(2) else { return nil }
    _ = take(":")
    let minutes = isEmpty ? 0 : takeNumber(2)
    guard let minutes, isEmpty else { return nil }
    return sign * (hours * 3_600 + minutes * 60)
  }
}
