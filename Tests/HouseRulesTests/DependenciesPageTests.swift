import Foundation
import Testing

/// Dependencies are few, and each is named with its reason.
@Suite("The page about dependencies")
struct DependenciesPageTests {
  @Test("names each Swift package and each C library of Package.swift")
  func named() throws {
    let manifest = try Checkout.file("Package.swift").text
    let page = try Checkout.file("docs/design/dependencies.md").text
    let packages = manifest.matches(of: #/\.package\(url: "([^"]+)"/#).map { String($0.output.1) }
    let libraries = manifest.matches(of: #/apt: "([^"]+)"/#).map { String($0.output.1) }
    #expect(packages.count >= 3)
    #expect(libraries.count >= 6)
    for package in packages { #expect(page.contains("(\(package))"), "\(package) is missing") }
    for library in libraries { #expect(page.contains("| `\(library)` |"), "\(library) is missing") }
  }

  @Test("scripts/setup installs every library that Package.swift names")
  func installed() throws {
    let setup = try Checkout.file("scripts/setup").text
    for match in try Checkout.file("Package.swift").text.matches(of: #/apt: "([^"]+)"/#) {
      #expect(setup.contains(String(match.output.1)), "\(match.output.1) is missing")
    }
  }
}
