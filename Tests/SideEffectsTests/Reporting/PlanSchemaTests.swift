import Documents
import Foundation
import Testing

@Suite("The schema of a plan's JSON")
struct PlanSchemaTests {
  private static let file = ConfigurationPageTests.folder.appending(path: "docs/plan.schema.json")
  /// What the page tells elsewhere or in one word.
  private static let elsewhere: Set<String> = ["steps[].precondition.where", "steps[].do.requests[].done"]

  private static func schema() throws -> Document {
    try #require(try DocumentFormat.json.read(Array(try Data(contentsOf: file))).first)
  }

  private static func member(_ document: Document, _ name: String) -> Document? {
    document.members?.first { $0.key == name }?.value
  }

  /// Every path that the schema names; what a remedy and an expectation look like stands once.
  private static func paths(_ schema: Document, _ root: Document, _ prefix: String = "") -> Set<String> {
    if let name = member(schema, "$ref")?.text?.split(separator: "/").last {
      let once = ["steps[].first", "steps[].undo", "steps[].check.expect", "steps[].do.requests[].done"].contains(prefix)
      guard !once, let inner = member(root, "$defs").flatMap({ member($0, String(name)) }) else { return [] }
      return paths(inner, root, prefix)
    }
    var found: Set<String> = []
    for property in member(schema, "properties")?.members ?? [] {
      let path = prefix.isEmpty ? property.key : "\(prefix).\(property.key)"
      found.insert(path)
      found.formUnion(paths(property.value, root, path))
    }
    if let items = member(schema, "items") { found.formUnion(paths(items, root, prefix + "[]")) }
    return found
  }

  @Test("names each field that the page about plans names, and no other")
  func fields() throws {
    let schema = try Self.schema()
    let known = Self.paths(schema, schema).filter { !$0.hasPrefix("blindSpots[].") }
    #expect(PlanFieldsTests.told.subtracting(known).sorted() == [])
    #expect(known.subtracting(PlanFieldsTests.told).subtracting(Self.elsewhere).sorted() == [])
  }

  @Test("takes the plan of every provider's fixtures, and refuses one without a required field")
  func validates() throws {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = ["-c", Self.program, ConfigurationPageTests.folder.path]
    process.standardOutput = pipe
    try process.run()
    let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    if process.terminationStatus == 77 {
      print("skipped: python3-jsonschema is not installed, so no plan was held against docs/plan.schema.json")
    } else {
      #expect(process.terminationStatus == 0 && said.hasSuffix("ok\n"), "\(said)")
    }
  }

  private static let program = """
    import glob, json, sys
    try:
        from jsonschema import Draft202012Validator as V
    except ImportError:
        sys.exit(77)
    root = sys.argv[1]
    schema = json.load(open(root + '/docs/plan.schema.json'))
    V.check_schema(schema)
    files = sorted(glob.glob(root + '/providers/*/fixtures/plan.json'))
    wrong = [(f, e.json_path, e.message[:200]) for f in files for e in V(schema).iter_errors(json.load(open(f)))]
    plan = json.load(open(files[0]))
    for name in schema['required']:
        if V(schema).is_valid({k: v for k, v in plan.items() if k != name}): wrong.append('not required: ' + name)
    for line in wrong: print(line)
    print('ok' if files and not wrong else 'wrong')
    sys.exit(1 if wrong else 0)
    """
}
