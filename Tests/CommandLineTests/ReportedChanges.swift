import Documents

extension ProgramRun.Ended {
  /// The changes of a report in JSON, as `created user dten`, sorted; a report that is no JSON has none that a test would expect.
  var changes: [String] {
    guard let report = try? DocumentFormat.json.read(Array(output.utf8)).first, let changes = report["changes"]?.list else {
      return ["no report: \(output)\(error)"]
    }
    return changes.map { change in
      ["change", "kind", "id"].map { change[$0]?.text ?? "?" }.joined(separator: " ")
    }.sorted()
  }
}
