import Documents
import Foundation

/// Python's `jsonschema`, which knows nothing of our key tables.
enum JSONSchemaValidator {
  static let isThere = (try? run("import jsonschema; jsonschema.Draft202012Validator", input: "")) != nil

  /// Checks the schema against its own metaschema, then says of each document whether it fits.
  static func decide(_ documents: [Document], by schema: Document) throws -> [Bool] {
    let script = """
      import json, sys, jsonschema
      schema, documents = json.load(sys.stdin)
      jsonschema.Draft202012Validator.check_schema(schema)
      validator = jsonschema.Draft202012Validator(schema)
      print("".join("1" if validator.is_valid(document) else "0" for document in documents))
      """
    let answer = try run(script, input: Document(.list([schema, Document(.list(documents))])).canonicalJSON())
    return answer.filter { $0 == "0" || $0 == "1" }.map { $0 == "1" }
  }

  struct Failed: Error {}

  private static func run(_ script: String, input: String) throws -> String {
    let process = Process()
    let (standardInput, standardOutput) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script]
    (process.standardInput, process.standardOutput, process.standardError) = (standardInput, standardOutput, FileHandle.nullDevice)
    try process.run()
    try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try standardInput.fileHandleForWriting.close()
    let answer = try standardOutput.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failed() }
    return String(decoding: answer, as: UTF8.self)
  }
}
