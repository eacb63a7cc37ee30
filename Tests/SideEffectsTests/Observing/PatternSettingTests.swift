import SideEffects
import Testing

@Suite("A pattern that the configuration gives")
struct PatternSettingTests {
  private static let manifest = """
    manifest: 1
    title: T
    engine: git
    settings: {repository: {}, ref: {}, pattern: {many: true}}
    kinds:
      flag:
        list: {files: ["*.conf"], pattern: "{pattern}"}
        id: "{.name}"
        name: "{.name}"
        value: "{value or text?}"
        attributes: {secret: [text]}
        remedy: {updated: {do: patch}, created: {by hand: x}, deleted: {by hand: x}}

    """

  private func walk(_ patterns: Text...) throws -> FileWalk {
    let provider = try ManifestReader.read(Self.manifest, name: "x", file: "provider.yaml")
    let watch = Watch(name: "w", provider: provider, settings: ["repository": .text("r"), "pattern": .texts(patterns)])
    return try FileWalk(watch: watch, fingerprinter: Fingerprinter(key: [1]))
  }

  private func found(_ walk: FileWalk, _ text: String) -> [Text: Value] {
    let reading = walk.read("a.conf", Array(text.utf8))
    #expect(reading.gaps.isEmpty)
    var values: [Text: Value] = [:]
    for resource in reading.resources.values.joined() {
      if case .value(let value)? = resource.attributes["value"] { values[resource.name] = value }
    }
    return values
  }

  @Test("finds each flag, also where there are several patterns")
  func several() throws {
    let walk = try walk(#"(?m)^switch (?<name>\w+) (?<value>on|off)$"#, #"(?m)^limit (?<name>\w+) = (?<value>\d+)$"#)
    #expect(found(walk, "switch a on\nlimit b = 3\nother c\n") == ["a": .scalar(.text("on")), "b": .scalar(.text("3"))])
  }

  @Test("is refused where it can't be read, or names no value")
  func refused() throws {
    for (pattern, words) in [("(", "can't be read: missing closing parenthesis"), ("(?<name>a)", "has no capture `value`")] {
      let failure = #expect(throws: Failure.self) { try walk(Text(pattern)) }
      #expect(failure?.diagnostics.first.rule == "bad-setting")
      #expect(failure?.diagnostics.first.sentence.string.contains(words) == true, "\(String(describing: failure))")
    }
  }

  @Test("or an attribute that only ** finds: its text is a fingerprint, and its switches are shown")
  func everyValue() throws {
    let manifest = Self.manifest.replacing(#"{files: ["*.conf"], pattern: "{pattern}"}"#, with: #"{files: ["*.conf"], read: json, items: "*"}"#)
      .replacing(#""{.name}""#, with: #""{@key}""#).replacing(#"    value: "{value or text?}"\#n"#, with: "")
      .replacing("{secret: [text]}", with: "[\"rules.**\", mode]")
    let provider = try ManifestReader.read(manifest, name: "x", file: "provider.yaml")
    let walk = try FileWalk(
      watch: Watch(name: "w", provider: provider, settings: ["repository": .text("r")]), fingerprinter: Fingerprinter(key: [1]))
    let reading = walk.read("a.conf", Array(#"{"f": {"mode": "gentle", "rules": {"who": "geheim", "deep": {"on": true}}}}"#.utf8))
    let resource = try #require(reading.resources.values.joined().first, "\(reading.gaps)")
    #expect(resource.attributes["mode"] == .text("gentle"))
    #expect(resource.attributes["rules.deep.on"] == .flag(true))
    guard case .value(let who)? = resource.attributes["rules.who"] else { return #expect(Bool(false), "\(resource.attributes)") }
    #expect(who.holdsFingerprint)
  }

  @Test("makes a value that is a declared secret a fingerprint, and others not")
  func secrets() throws {
    let values = found(try walk(#"(?m)^(?<name>\w+)=(?:(?<value>\d+)|(?<text>\w+))$"#), "a=1\nb=geheim\n")
    #expect(values["a"] == .scalar(.text("1")))
    #expect(values["b"]?.holdsFingerprint == true)
  }
}
