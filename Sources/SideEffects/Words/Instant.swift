/// A moment of the years 0 to 9999: seconds and nanoseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
public struct Instant: Hashable, Comparable, Sendable {
  public let seconds: Int64
  public let nanoseconds: Int32

  /// 0000-01-01T00:00:00Z to 9999-12-31T23:59:59Z.
  private static let range: ClosedRange<Int64> = -62_167_219_200...253_402_300_799

  /// What lies outside of the years 0 to 9999 becomes the nearest moment within.
  public init(seconds: Int64, nanoseconds: Int32 = 0) {
    (self.seconds, self.nanoseconds) = (min(max(seconds, Self.range.lowerBound), Self.range.upperBound), nanoseconds)
  }

  public static func < (a: Self, b: Self) -> Bool { (a.seconds, a.nanoseconds) < (b.seconds, b.nanoseconds) }

  /// Whole seconds from `other` to this.
  public func seconds(since other: Instant) -> Int64 { seconds - other.seconds }

  /// In UTC to the second, as RFC 3339 has it: `2026-11-23T14:02:00Z`.
  public var rfc3339: String {
    let (days, rest) = (seconds.flooredDivision(by: 86_400), seconds.flooredRemainder(by: 86_400))
    let date = Self.civil(fromDays: days)
    return "\(Self.padded(date.year, 4))-\(Self.padded(date.month, 2))-\(Self.padded(date.day, 2))T"
      + "\(Self.padded(rest / 3_600, 2)):\(Self.padded(rest / 60 % 60, 2)):\(Self.padded(rest % 60, 2))Z"
  }

  /// `2026-11-23`.
  public var day: String { String(rfc3339.prefix(10)) }

  /// - Parameter year: 0 to 9999.
  public init(year: Int64, month: Int64, day: Int64, secondOfDay: Int64 = 0, nanoseconds: Int32 = 0) {
    self.init(seconds: Self.days(year: year, month: month, day: day) * 86_400 + secondOfDay, nanoseconds: nanoseconds)
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  /// Days since 1970-01-01 of a date of the proleptic Gregorian calendar (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
  static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted.flooredDivision(by: 400)
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  static func civil(fromDays days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = days + 719_468
    let era = shifted.flooredDivision(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * month + 2) / 5 + 1
    let civilMonth = month < 10 ? month + 3 : month - 9
    return (yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0), civilMonth, day)
  }
}

extension Int64 {
  fileprivate func flooredDivision(by divisor: Int64) -> Int64 { (self - flooredRemainder(by: divisor)) / divisor }
  fileprivate func flooredRemainder(by divisor: Int64) -> Int64 { (self % divisor + divisor) % divisor }
}
