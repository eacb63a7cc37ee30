import SideEffects
import Testing

@Suite("A journal's line as JSON")
struct JournalRecordTests {
  private static let whole =
    #"{"at":"2026-11-23T14:02:00Z","course":"do","event":{"part":0,"what":"intended"},"plan":"u","step":"s","version":1}"#

  private static func rule(_ json: String) -> Text? {
    do throws(Failure) {
      _ = try JournalRecord.entry(from: Array(json.utf8))
      return nil
    } catch { return error.diagnostics.first.rule }
  }

  @Test("is canonical: the same entry gives the same bytes, and they read back as it")
  func canonical() throws {
    let entry = try JournalRecord.entry(from: Array(Self.whole.utf8))
    #expect(entry.course == .remedy && entry.event == .intended(part: 0) && entry.plan == "u" && entry.step == "s")
    #expect(String(decoding: JournalRecord.json(of: entry), as: UTF8.self) == Self.whole)
  }

  @Test(
    "is refused where it is of a newer version, or has an event or a course that is not known yet",
    arguments: [("\"version\":1", "\"version\":2"), ("intended", "postponed"), ("\"course\":\"do\"", "\"course\":\"later\"")])
  func newer(old: String, new: String) {
    #expect(Self.rule(Self.whole.replacing(old, with: new)) == "newer-version")
  }

  @Test(
    "is refused where anything of it is missing or of another kind",
    arguments: [
      ("\"part\":0,", ""), ("\"part\":0", "\"part\":\"0\""), ("\"plan\":\"u\",", ""),
      ("\"step\":\"s\",", ""), ("2026-11-23T14:02:00Z", "yesterday"), ("{\"part\":0,\"what\":\"intended\"}", "[]"), ("\"version\":1}", ""),
    ])
  func damaged(old: String, new: String) {
    #expect(Self.rule(Self.whole.replacing(old, with: new)) == "store-damaged")
  }
}
