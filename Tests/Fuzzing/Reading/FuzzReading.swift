import SideEffects

/// Reads hostile bytes as each kind of structured file, as source text, and as a manifest. Nothing it is given may crash it or hang it.
///
/// The first byte chooses: 0 to 6 one of the formats, 7 the patterns, all above a manifest.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let start, count > 0 else { return 0 }
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let content = Array(bytes.dropFirst())
  let names = ["f.json", "f.yaml", "f.toml", "f.ini", "f.properties", ".env", "f.conf", "f.src"]
  if Int(bytes[0]) < names.count {
    let reading = Target.walk.read(names[Int(bytes[0])], content)
    check(reading, in: content)
  } else {
    _ = try? ManifestReader.read(String(decoding: content, as: UTF8.self), name: "fuzzed", file: "provider.yaml")
  }
  return 0
}

/// A place outside of the file would make a patch of something else.
private func check(_ reading: FileReading, in content: [UInt8]) {
  for resource in reading.resources.values.joined() {
    guard let bytes = resource.location?.bytes else { continue }
    precondition(bytes.lowerBound >= 0 && bytes.upperBound <= content.count, "a value stands outside of its file")
  }
}

private enum Target {
  static let walk: FileWalk = {
    let manifest = #"""
      manifest: 1
      title: Fuzzed
      engine: git
      settings: {repository: {}}
      kinds:
        flag:
          list: {files: ["**", "!**/*.src"], read: suffix, items: "**"}
          id: "{@path} {@key}"
          value: "{.}"
          remedy: {updated: {do: patch}, created: {by hand: remove it}, deleted: {by hand: put it back}}
        line:
          list:
            files: ["**/*.src"]
            pattern: '(?m)^\s*(?<name>\w+)\s*[:=]\s*(?<value>"(?:[^"\\]|\\.)*"|\S+?);?$'
          id: "{@path} {name}"
          value: "{value|json}"
          remedy: {updated: {do: patch}, created: {by hand: remove it}, deleted: {by hand: put it back}}
      """#
    // swift-format-ignore: NeverUseForceTry
    let provider = try! ManifestReader.read(manifest, name: "fuzzed", file: "provider.yaml")
    let watch = Watch(name: "w", provider: provider, settings: ["repository": .text("/r")])
    return try! FileWalk(watch: watch, fingerprinter: Fingerprinter(key: [1]))
  }()
}
