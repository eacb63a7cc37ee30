import LibPCRE2
import SideEffects
import Testing

@Suite("Reading a configuration")
struct ConfigurationReaderTests {
  @Test("every key ends where it belongs")
  func whole() throws {
    let configuration = try configuration(wholeConfiguration)
    #expect(configuration.file == "audit-residue.yaml")
    #expect(configuration.digest == Digest(of: wholeConfiguration.utf8))
    #expect(configuration.store == "/srv/audit-residue")
    #expect(configuration.copies == ["/mnt/backup/residue"])
    #expect(configuration.providers == ["./providers"])
    #expect(configuration.watches.map(\.name) == ["gates", "service", "settings-db"])
    #expect(configuration.watches.map(\.line) == [6, 9, 21])

    let service = configuration.watches[1]
    #expect(service.provider == "some-service")
    #expect(service.with == ["owner": .one("acme"), "accounts": .many(["one", "2", "true"]), "limit": .one("100")])
    #expect(
      service.secrets == [
        "token": .environment("SERVICE_TOKEN"), "password": .file("/run/secrets/service"),
        "key": .command(NonEmpty("pass", ["show", "service"])),
      ])
    #expect(service.only == ["webhook", "credential"])
    #expect(service.owner == "platform-team")

    #expect(
      configuration.restores == [
        RestoreDeclaration(
          name: "vm-snapshot", covers: [Selector(watch: "settings-*")],
          leaves: [Selector(watch: "service", kind: "webhook", id: "7"), Selector(watch: "gates")], line: 24)
      ])
    let ignore = try #require(configuration.ignore.first)
    #expect(ignore.selector == Selector(watch: "service", kind: "webhook", id: "*"))
    #expect(ignore.attribute == "config.url")
    #expect(ignore.matching?.source == #"^https://ci\.example\.com/"#)
    #expect(ignore.because == "made by CI")
    #expect(ignore.until == "2027-01-31")
    #expect(ignore.line == 28)
    #expect(
      configuration.acknowledge == [
        Acknowledgement(
          watch: "service", kind: "webhook", code: "not-listable", because: "checked by hand each quarter", until: "2027-01-31", line: 36)
      ])
  }

  @Test("what is left out is nothing, not a guess")
  func smallest() throws {
    let configuration = try configuration("{version: 1, watches: [{name: a, provider: b}]}")
    #expect(configuration.store == nil)
    #expect(configuration.copies.isEmpty && configuration.providers.isEmpty && configuration.restores.isEmpty)
    #expect(configuration.ignore.isEmpty && configuration.acknowledge.isEmpty)
    let watch = try #require(configuration.watches.first)
    #expect(watch.with.isEmpty && watch.secrets.isEmpty && watch.only == nil && watch.owner == nil)
  }

  @Test("a watch knows where its parts stand, for those who check them against the provider")
  func places() throws {
    let places = try configuration(wholeConfiguration).watches[1].places
    let file: Text = "audit-residue.yaml"
    #expect(places["provider"] == .file(file, line: 10, column: 15))
    #expect(places["with.accounts"] == .file(file, line: 13, column: 7))
    #expect(places["secrets.key"] == .file(file, line: 18, column: 7))
    #expect(places["only"] == .file(file, line: 19, column: 11))
    #expect(places["with.token"] == nil)
  }

  @Test("names that differ in their bytes alone are two")
  func bytes() throws {
    let yaml = "{version: 1, watches: [{name: a, provider: b, with: {\"e\\u0301\": 1, \"\\u00e9\": 2}}]}"
    #expect(try configuration(yaml).watches[0].with.count == 2)
  }

  @Test("words that older YAML took for booleans are names")
  func words() throws {
    let watches = try configuration("version: 1\nwatches: [{name: on, provider: no, with: {ref: yes, user: off}}]").watches
    #expect(watches[0].name == "on")
    #expect(watches[0].provider == "no")
    #expect(watches[0].with == ["ref": .one("yes"), "user": .one("off")])
  }

  @Test("a byte order mark and Windows line ends don't matter")
  func lineEnds() throws {
    let yaml = "\u{FEFF}" + wholeConfiguration.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
    #expect(try configuration(yaml).watches.count == 3)
  }
}
