import FoundationEssentials
import ProviderEngines
import SideEffects
import Testing

/// Clones of public repositories that somebody has brought: the folder is named in the environment.
private enum Clones {
  static let folder = ProcessInfo.processInfo.environment["AUDIT_RESIDUE_CLONES"]

  /// Why a test is skipped, and what to do.
  static func missing(_ repository: String) -> Comment {
    "AUDIT_RESIDUE_CLONES names no folder with a clone of \(repository), as \(repository) or as \(repository.replacing("/", with: "+"))/repo"
  }

  /// The clone's path as `OWNER/NAME`, or as `OWNER+NAME/repo` in a mirror; nil where it isn't there.
  static func path(_ repository: String) -> String? {
    guard let folder else { return nil }
    let places = ["\(folder)/\(repository)", "\(folder)/\(repository.replacing("/", with: "+"))/repo"]
    return places.first { FileManager.default.fileExists(atPath: $0) }
  }
}

/// What really flipped between two commits of public repositories, found by hand from their history.
@Suite("In public repositories, where AUDIT_RESIDUE_CLONES names a folder with clones of them,")
struct PublicRepositoriesTests {
  private func flags(_ provider: String, _ path: String, _ revision: String) async throws -> [Text: Resource] {
    let watch = Watch(
      name: "flags", provider: try ProviderFolders.read(provider),
      settings: ["repository": .text(Text(path)), "ref": .text(Text(revision))])
    let sink = CollectedResources()
    let report = await GitEngine().observe(
      watch, with: ObservingTools(sink: sink, fingerprinter: Fingerprinter(key: []), progress: { _ in }))
    #expect(report.asked.revision?.string.hasPrefix(revision) == true)
    guard case .complete(let evidence)? = report.kinds["flag"]?.completeness else {
      Issue.record("not complete: \(String(describing: report.kinds["flag"]?.completeness.gaps.map(\.because)))")
      return [:]
    }
    let resources = await sink.resources
    #expect(evidence.items == resources.count)
    return Dictionary(uniqueKeysWithValues: resources.map { ($0.address.id, $0) })
  }

  private func flips(_ before: [Text: Resource], _ after: [Text: Resource]) -> (flipped: [String], added: [String], removed: [String]) {
    func value(_ resource: Resource?) -> Reading? { resource?.attributes["value"] }
    let flipped = before.keys.filter { after[$0] != nil && value(before[$0]) != value(after[$0]) }.map { "\($0) \(text(value(after[$0])))" }
    let added = after.keys.filter { before[$0] == nil }.map { "\($0) \(text(value(after[$0])))" }
    return (flipped.sorted(), added.sorted(), before.keys.filter { after[$0] == nil }.map(\.string).sorted())
  }

  private func text(_ reading: Reading?) -> String {
    if case .value(.scalar(.boolean(let value)))? = reading { value ? "on" : "off" } else { "\(String(describing: reading))" }
  }

  @Test(
    "kubernetes/apiserver has these gates, and its file sorted anew changes none",
    .enabled(if: Clones.path("kubernetes/apiserver") != nil, Clones.missing("kubernetes/apiserver")))
  func kubernetes() async throws {
    let path = try #require(Clones.path("kubernetes/apiserver"))
    let before = try await flags("kubernetes-feature-gates", path, "9529108a5dff")
    let after = try await flags("kubernetes-feature-gates", path, "8335e368b67a")
    #expect(before.count == 34)
    #expect(after.count == 38)
    let (flipped, added, removed) = flips(before, after)
    #expect(flipped.map { String($0.split(separator: ".").last ?? "") } == ["ListFromCacheSnapshot on", "WatchList on"])
    #expect(
      added.map { String($0.split(separator: ".").last ?? "") } == [
        "DetectCacheInconsistency on", "SizeBasedListCostEstimate on", "StructuredAuthenticationConfigurationEgressSelector on",
        "TokenRequestServiceAccountUIDValidation on",
      ])
    #expect(removed == [])
    for resource in after.values { try await checkLocation(resource, "kubernetes-feature-gates", path, "8335e368b67a") }
  }

  @Test(
    "openshift/api has these gates in each of six files", .enabled(if: Clones.path("openshift/api") != nil, Clones.missing("openshift/api"))
  )
  func openshift() async throws {
    let path = try #require(Clones.path("openshift/api"))
    let (flipped, added, removed) = flips(
      try await flags("openshift-feature-gates", path, "1ebdd7bba8e6"), try await flags("openshift-feature-gates", path, "05da40ea9855"))
    let expected = [
      "Hypershift-Default": (9, 23, 22), "Hypershift-DevPreviewNoUpgrade": (0, 23, 22), "Hypershift-TechPreviewNoUpgrade": (4, 23, 22),
      "SelfManagedHA-Default": (10, 23, 22), "SelfManagedHA-DevPreviewNoUpgrade": (0, 23, 22),
      "SelfManagedHA-TechPreviewNoUpgrade": (4, 23, 22),
    ]
    for (name, counts) in expected {
      func count(_ texts: [String]) -> Int { texts.count { $0.contains("featureGate-\(name).yaml ") } }
      #expect(count(flipped) == counts.0, "\(name)")
      #expect(count(added) == counts.1, "\(name)")
      #expect(count(removed) == counts.2, "\(name)")
    }
    #expect(flipped.count == 27 && added.count == 138 && removed.count == 132)
    #expect(flipped.allSatisfy { $0.hasSuffix(" on") })
  }

  /// What stands at a flag's place is its value.
  private func checkLocation(_ resource: Resource, _ provider: String, _ path: String, _ revision: String) async throws {
    let location = try #require(resource.location)
    let bytes = try #require(location.bytes)
    let settings: [String: SettingValue] = ["repository": .text(Text(path)), "ref": .text(Text(revision))]
    let watch = Watch(name: "flags", provider: try ProviderFolders.read(provider), settings: settings)
    let content = try await GitEngine().file(location.path, of: watch).bytes
    let spelled = String(decoding: content[bytes], as: UTF8.self)
    #expect(["on": "true", "off": "false"][text(resource.attributes["value"])] == spelled)
    #expect(content[..<bytes.lowerBound].count { $0 == UInt8(ascii: "\n") } + 1 == location.line)
  }
}
