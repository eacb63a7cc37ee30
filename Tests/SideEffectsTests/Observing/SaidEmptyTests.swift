import SideEffects
import Testing

@Suite("An answer that the manifest says means an empty list")
struct SaidEmptyTests {
  static let byStatus = WalkedService.manifest(
    list: "{call: LIST /keys, items: \"keys[*]\", pages: none, empty: {where: {\"@status\": 404, errors: []}, because: a LIST of nothing}}")
  static let byAbsence = WalkedService.manifest(
    list: "{call: LIST /keys, items: \"keys[*]\", pages: none, empty: {where: {keys: null}, because: an object without members}}")
  static let byNothing = WalkedService.manifest(
    list:
      "{call: LIST /keys, ok: {error_code: null}, items: \"keys[*]\", pages: none, empty: {where: {\".\": {}}, because: an object without members}}"
  )

  @Test("is one")
  func isEmpty() async throws {
    for (manifest, exchange) in [
      (Self.byStatus, answer("/keys", 404, #"{"errors": []}"#, method: "LIST")), (Self.byAbsence, answer("/keys", "{}", method: "LIST")),
      (Self.byNothing, answer("/keys", "{}", method: "LIST")),
    ] {
      let walked = try await WalkedService(manifest, [exchange])
      guard case .complete(let evidence)? = walked.completeness() else {
        Issue.record("\(walked.codes())")
        continue
      }
      #expect(evidence.ends == [.saidEmpty])
    }
  }

  @Test(
    "is not mistaken for one that is refused, cut or empty",
    arguments: [
      (byStatus, 404, #"{"errors": ["no handler for route"]}"#, "not-found"), (byStatus, 404, "{}", "not-found"),
      (byStatus, 404, "", "not-found"),
      (byStatus, 404, #"{"errors": ["#, "not-found"), (byStatus, 403, #"{"errors": []}"#, "forbidden"),
      (byStatus, 200, #"{"errors": []}"#, "items-missing"),
      // What is absent from an error, or from half an answer, is no sign of anything.
      (byAbsence, 500, "{}", "server-error"), (byAbsence, 403, #"{"message": "no"}"#, "forbidden"),
      (byAbsence, 200, #"{"ke"#, "unparsable"), (byAbsence, 200, "[]", "items-missing"),
      (byAbsence, 200, #""maintenance""#, "items-missing"),
      (byNothing, 200, #"{"detail": "service is in maintenance mode"}"#, "items-missing"), (byNothing, 200, "[]", "items-missing"),
      (byNothing, 200, #"{"error_code": "INTERNAL_ERROR"}"#, "not-ok"),
      (byAbsence, 200, "", "empty-answer"), (byAbsence, 200, "<html></html>", "not-data"),
    ] as [(String, Int, String, String)])
  func isNot(manifest: String, status: Int, body: String, code: String) async throws {
    let walked = try await WalkedService(manifest, [answer("/keys", status, body, method: "LIST")])
    #expect(walked.codes() == [code])
    #expect(walked.completeness()?.isComplete == false)
  }

  @Test("ends no list that had items before")
  func later() async throws {
    let manifest = WalkedService.manifest(
      list: "{call: GET /keys, items: \"keys[*]\", pages: {next: \"next?\"}, empty: {where: {\"@status\": 404}, because: nothing there}}")
    let walked = try await WalkedService(
      manifest, [answer("/keys", #"{"keys": \#(hooks(1)), "next": "/keys?2"}"#), answer("/keys?2", 404, "{}")])
    #expect(walked.codes() == ["ended-early"])
    #expect(walked.ids() == ["1"])
  }
}
