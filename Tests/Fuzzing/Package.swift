// swift-tools-version: 6.2
import PackageDescription

// A package of its own, since what libFuzzer drives has no `main` and would not link beside the others. `Tests/Fuzzing/run` builds it.
let package = Package(
  name: "fuzzing",
  dependencies: [.package(name: "audit-residue", path: "../..")],
  targets: [
    .executableTarget(
      name: "fuzz-reading", dependencies: [.product(name: "SideEffects", package: "audit-residue")], path: "Reading",
      swiftSettings: [.swiftLanguageMode(.v6), .unsafeFlags(["-parse-as-library"])])
  ])
