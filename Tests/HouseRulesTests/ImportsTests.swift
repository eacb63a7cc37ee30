import Foundation
import Testing

/// Who may import what: the picture in `docs/design/architecture.md`, as a table.
@Suite("Imports")
struct ImportsTests {
  /// What may be imported below a place; of several places that hold a file the longest decides.
  static let rules: [String: Set<String>] = [
    "LibGit2": ["CGit2", "Crypto", "Glibc", "Synchronization"],
    "LibCurl": ["CCurl", "Glibc", "Synchronization"],
    "LibPCRE2": ["CPCRE2"],
    "LibSQLite": ["CSQLite"],
    "Documents": [],
    "Documents/YAMLParser.swift": ["CYAML"],
    "SideEffects": ["Documents", "LibPCRE2", "Crypto", "Synchronization"],
    "SideEffects/Observing/CertificateFile.swift": ["Documents", "Crypto", "FoundationEssentials", "SwiftASN1", "X509"],
    "SideEffects/Words/Base64.swift": ["FoundationEssentials"],
    "Threads": ["SideEffects", "Glibc", "Synchronization"],
    "ProviderEngines": ["SideEffects", "Documents", "Threads", "Glibc", "Synchronization"],
    "ProviderEngines/CommandOutput.swift": ["SideEffects", "Subprocess", "SystemPackage", "Glibc", "Synchronization"],
    "ProviderEngines/Git": ["SideEffects", "Documents", "Threads", "LibGit2", "Glibc", "Synchronization"],
    "ProviderEngines/HTTP": ["SideEffects", "Documents", "Threads", "LibCurl", "Glibc", "Synchronization"],
    "SnapshotStores": ["SideEffects", "Threads", "LibSQLite", "Glibc", "Synchronization"],
    "SnapshotStores/ChunkCompression.swift": ["SideEffects", "CZstd"],
    "audit-residue": ["SideEffects", "Documents", "ProviderEngines", "SnapshotStores", "ArgumentParser", "Glibc", "Synchronization"],
    "embed-providers": ["Foundation"],
  ]

  @Test("each source imports only what its folder may")
  func imports() {
    for file in Checkout.sources {
      let path = file.path.dropFirst("Sources/".count)
      let place = Self.rules.keys.filter { path == $0 || path.hasPrefix($0 + "/") }.max { $0.count < $1.count }
      guard let place, let allowed = Self.rules[place] else {
        Issue.record("\(file.path): no rule says what it may import; add one, and to the picture too")
        continue
      }
      let foreign = Self.imports(of: file).subtracting(allowed).sorted()
      #expect(foreign == [], "\(file.path): what lies in \(place) may import \(allowed.sorted()) alone")
    }
  }

  @Test("each folder of Sources has a rule, or is a module map of a system library", arguments: Checkout.folders(in: "Sources"))
  func folders(name: String) {
    let isMap = Checkout.exists("Sources/\(name)/module.modulemap")
    #expect(isMap != Self.rules.keys.contains(name))
    if isMap { #expect(Checkout.paths(below: "Sources/\(name)").map { $0.split(separator: "/").last } == ["module.modulemap", "shim.h"]) }
  }

  @Test("each rule is about a place that is there", arguments: rules.keys.sorted())
  func places(place: String) {
    #expect(Checkout.exists("Sources/\(place)"))
  }

  @Test("the picture of the architecture shows the imports that there are")
  func picture() throws {
    let picture = try Checkout.file("docs/design/architecture.svg")
    let drawn = Set(picture.text.matches(of: #/<title>([\w-]+) imports ([\w-]+)</title>/#).map { "\($0.output.1) imports \($0.output.2)" })
    let library: Set<String> = ["Glibc", "Synchronization", "Foundation", "FoundationEssentials", "SystemPackage"]
    let real = Checkout.sources.flatMap { file in
      let target = file.path.split(separator: "/")[1]
      return target == "embed-providers" ? [] : Self.imports(of: file).subtracting(library).map { "\(target) imports \($0)" }
    }
    #expect(drawn == Set(real), "draw it again: scripts/draw-architecture")
  }

  @Test("the page about the architecture names each folder with sources")
  func listing() throws {
    let page = try Checkout.file("docs/design/architecture.md").text
    for folder in Set(Checkout.sources.map(\.folder)).sorted() {
      #expect(page.contains("`\(folder.dropFirst("Sources/".count))/`"), "\(folder) is missing")
    }
    for match in page.matches(of: #/^\| `([\w\/-]+)\/` \|/#.anchorsMatchLineEndings()) {
      #expect(Checkout.exists("Sources/\(match.output.1)"), "\(match.output.1) is not there")
    }
  }

  static func imports(of file: Checkout.File) -> Set<String> {
    let pattern =
      #/^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|func|protocol)\s+)?(\w+)/#
    return Set(file.lines.compactMap { $0.firstMatch(of: pattern).map { String($0.output.1) } })
  }
}
