import SideEffects
import Testing

@Suite("A time that somebody else tells")
struct InstantTests {
  @Test(
    "is read as services write it",
    arguments: [
      ("2026-11-23T14:02:00Z", "2026-11-23T14:02:00Z"), ("2026-11-23 15:02:00+01:00", "2026-11-23T14:02:00Z"),
      ("Mon, 23 Nov 2026 14:02:00 GMT", "2026-11-23T14:02:00Z"), ("1795442520", "2026-11-23T14:02:00Z"),
      ("9999-12-31T23:59:59-01:00", "9999-12-31T23:59:59Z"), ("0000-01-01T00:00:00+01:00", "0000-01-01T00:00:00Z"),
    ])
  func told(text: String, expected: String) { #expect(Instant(told: text)?.rfc3339 == expected) }

  @Test(
    "that no calendar has is none, and ends nothing",
    arguments: [
      "1 Jan 9223372036854775807 00:00:00 GMT", "9223372036854775807 Jan 2026 00:00:00 GMT", "1 Jan -9223372036854775808 00:00:00 GMT",
      "0 Jan 2026 00:00:00 GMT", "2026-13-01", "",
    ])
  func none(text: String) { #expect(Instant(told: text) == nil) }

  @Test("is within the years 0 to 9999, whatever number it comes as")
  func bounds() {
    for seconds in [Int64.min, -62_167_219_201, 253_402_300_800, .max] {
      let moment = Instant(seconds: seconds)
      #expect(Instant(told: moment.rfc3339) == moment)
      #expect(moment.seconds(since: Instant(seconds: .min)) >= 0 && Instant(seconds: .max).seconds(since: moment) >= 0)
    }
    #expect(Instant(told: "9223372036854775807")?.day == "2262-04-11")
  }
}
