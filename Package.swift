// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// A system library: a module map and a shim for what Swift can't import.
func system(_ name: String, pkgConfig: String, apt: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

func target(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let certificates = Target.Dependency.product(name: "X509", package: "swift-certificates")
let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")

let package = Package(
  name: "audit-residue",
  products: [
    .library(name: "SideEffects", targets: ["SideEffects"]),
    .executable(name: "audit-residue", targets: ["audit-residue"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
  ],
  targets: [
    system("CGit2", pkgConfig: "libgit2", apt: "libgit2-dev"),
    system("CCurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),
    system("CPCRE2", pkgConfig: "libpcre2-8", apt: "libpcre2-dev"),
    system("CSQLite", pkgConfig: "sqlite3", apt: "libsqlite3-dev"),
    system("CYAML", pkgConfig: "yaml-0.1", apt: "libyaml-dev"),
    system("CZstd", pkgConfig: "libzstd", apt: "libzstd-dev"),
    target("LibGit2", ["CGit2", crypto]),
    target("LibCurl", ["CCurl"]),
    target("LibPCRE2", ["CPCRE2"]),
    target("LibSQLite", ["CSQLite"]),
    target("Documents", ["CYAML"]),
    target("SideEffects", ["Documents", "LibPCRE2", crypto, certificates, asn1]),
    target("Threads", ["SideEffects"]),
    target("ProviderEngines", ["Threads", "SideEffects", "Documents", "LibGit2", "LibCurl", subprocess]),
    target("SnapshotStores", ["Threads", "SideEffects", "LibSQLite", "CZstd"]),
    .executableTarget(
      name: "audit-residue",
      dependencies: ["SideEffects", "Documents", "ProviderEngines", "SnapshotStores", argumentParser, subprocess],
      exclude: ["providers"], swiftSettings: strict, plugins: ["EmbedProviders"]),
    .executableTarget(name: "embed-providers", swiftSettings: strict),
    .plugin(name: "EmbedProviders", capability: .buildTool(), dependencies: ["embed-providers"]),

    .target(name: "LoopbackServers", path: "Tests/LoopbackServers", swiftSettings: strict),
    .executableTarget(
      name: "store-writer", dependencies: ["SnapshotStores", "SideEffects"], path: "Tests/StoreWriter", swiftSettings: strict),
    tests("LibGit2Tests", ["LibGit2"]),
    tests("LibCurlTests", ["LibCurl", "LoopbackServers"]),
    tests("LibPCRE2Tests", ["LibPCRE2"]),
    tests("LibSQLiteTests", ["LibSQLite"]),
    tests("DocumentsTests", ["Documents"]),
    tests("SideEffectsTests", ["SideEffects", "Documents", "LibPCRE2", crypto]),
    tests("ProviderEnginesTests", ["ProviderEngines", "LoopbackServers", "SideEffects", "Documents", "LibGit2"]),
    tests("SnapshotStoresTests", ["SnapshotStores", "SideEffects", "LibSQLite", "store-writer"]),
    tests("ProvidersTests", ["SideEffects", "Documents", "ProviderEngines"]),
    tests("CommandLineTests", ["SideEffects", "Documents", "SnapshotStores", "LoopbackServers", "audit-residue"]),
    tests("HouseRulesTests", ["SideEffects", "audit-residue", argumentParser]),
  ]
)
