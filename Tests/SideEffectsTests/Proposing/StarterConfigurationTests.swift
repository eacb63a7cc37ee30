import SideEffects
import Testing

@Suite("The configuration that init writes")
struct StarterConfigurationTests {
  private func starter(
    remotes: [(String, String)]? = nil, _ variables: [String: String] = [:], seen: Bool = false, store: String? = nil
  ) throws -> StarterConfiguration {
    let repository = remotes.map { Surroundings.Repository(path: ".", remotes: $0.map { (name: $0.0, url: $0.1) }) }
    let surroundings = Surroundings(repository: repository, variables: variables)
    var watches: [ProposedWatch] = []
    var examples: [ProposedWatch] = []
    for (manifest, name) in [(WatchProposerTests.service, "service"), (WatchProposerTests.files, "files")] as [(String, Text)] {
      for watch in WatchProposer.proposals(for: try read(manifest: manifest, name: name), in: surroundings) {
        let isFiles = watch.provider.manifest.engine == .git
        let watch = isFiles && seen ? watch.adding(sign: "2 flags") : watch
        if watch.signs.isEmpty { examples.append(watch) } else { watches.append(watch) }
      }
    }
    return StarterConfiguration(watches: watches, examples: examples, store: store, standardStore: "/home/a user/.local/state/x")
  }

  /// With the # of each line that is no prose taken away, at which the file's comments say to do so.
  private func uncommented(_ yaml: String) -> String {
    let lines = yaml.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let isProse = line.hasPrefix("# ") && !line.hasPrefix("#  ")
      return line.hasPrefix("#") && !isProse ? String(line.dropFirst()) : String(line)
    }
    return lines.joined(separator: "\n")
  }

  @Test("is read back, where a repository is found")
  func repository() throws {
    let yaml = try starter(remotes: [], seen: true).yaml()
    let configuration = try configuration(yaml)
    #expect(configuration.watches.count == 1 && configuration.restores.isEmpty && configuration.store == nil)
    #expect(configuration.watches.first?.with == ["repository": .one("."), "files": .many(["**/flags.yaml", ".env"])])
    #expect(yaml.contains("/home/a user/.local/state/x"))
  }

  @Test("is read back, where a repository with a remote and a token is found; the token's value is not in it")
  func remote() throws {
    let yaml = try starter(
      remotes: [("origin", "https://me:pw-in-url@code.example/acme/api")], ["SERVICE_TOKEN": "the-token-itself"], seen: true,
      store: "/srv/a store"
    ).yaml()
    let configuration = try configuration(yaml)
    #expect(configuration.store == "/srv/a store")
    #expect(configuration.watches.map(\.provider) == ["service", "files"])
    #expect(configuration.watches.first?.with == ["owner": .one("acme")])
    guard case .environment("SERVICE_TOKEN")? = configuration.watches.first?.secrets["token"] else {
      Issue.record("\(yaml)")
      return
    }
    #expect(!yaml.contains("the-token-itself") && !yaml.contains("pw-in-url"))
  }

  @Test("has what lacks something as a comment that says what, and is right once it is filled in")
  func lacking() throws {
    let yaml = try starter(remotes: [("origin", "git@code.example:acme/api")], seen: true).yaml()
    #expect(try configuration(yaml).watches.count == 1)
    #expect(yaml.contains("Not looked at yet: it lacks `token`."))
    #expect(yaml.contains("#      token: {env: SERVICE_TOKEN}   # of an owner"))
  }

  @Test("has nothing but comments where nothing is found, and says so to whoever reads it")
  func nothing() throws {
    let starter = try starter()
    #expect(starter.active.isEmpty)
    let yaml = starter.yaml()
    #expect(problems(in: yaml).count == 1 && problems(in: yaml).first?.contains("`watches`") == true, "\(problems(in: yaml))")
    #expect(yaml.contains("Nothing was found here that can be looked at."))
    let filled = try configuration(uncommented(yaml))
    #expect(filled.watches.count == 2 && filled.restores.count == 1 && filled.ignore.count == 1 && filled.store != nil)
  }

  @Test(
    "quotes what YAML would take for something else",
    arguments: ["*.yaml", "a: b", "true", "-x", "# x", "a\"b", "{a}", "é", "", "12", "a,b"])
  func quotes(text: String) throws {
    let yaml = try starter(remotes: [], seen: true, store: "/" + text).yaml()
    #expect(try configuration(yaml).store == Text("/" + text))
    let named = try starter(remotes: [], ["SERVICE_TOKEN": "x", "SERVICE_OWNER": text]).yaml()
    if !text.isEmpty { #expect(try configuration(named).watches.first?.with["owner"] == .one(Text(text)), "\(named)") }
  }
}
