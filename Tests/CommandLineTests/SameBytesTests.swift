import Testing

/// Nothing of hashing or of the order in which answers came gets into what is stored or printed.
@Suite("the same look twice")
struct SameBytesTests {
  @Test("in two processes and two stores gives the same chunks, reports and lists")
  func twice() async throws {
    let hooks = (1...120).map { number in
      #"{"id": \#(number), "name": "hook \#(number % 50)", "url": "https://hooks.example/\#(number)?t=\#(number)", "active": true, "#
        + #""events": ["push", "release", "e\#(number)", "a\#(number)"], "secret": "s\#(number)"}"#
    }
    let kinds = ["hook", "sink"]
    let service = try ScriptedService(kinds.map { .init(path: "/\($0)s", body: "[" + hooks.joined(separator: ",") + "]") })
    let watches = (1...2).map {
      "  - {name: hub-\($0), provider: things, with: {base: \"\(service.url())\"}, secrets: {token: {env: TOKEN}}}\n"
    }
    let bench = try Workbench("STORE\nproviders: [providers]\nwatches:\n" + watches.joined() + "  GATES\n")
    try bench.makeProvider(kinds: kinds)
    let token = ["TOKEN": "t"]
    // One store copied keeps one fingerprint key.
    #expect(try await bench.run("snapshot", "empty", "-q", "--watch", "gates").status == 0)
    let copy = try ProgramRun(["cp", "-a", "store", "twin"], in: bench.path, environment: bench.environment)
    #expect(try await copy.end().status == 0)
    for store in ["store", "twin"] {
      #expect(try await bench.run("snapshot", "before", "-q", "--store", store, environment: token).status == 0)
    }
    try service.answer(
      with: kinds.map {
        .init(path: "/\($0)s", body: "[" + hooks.dropFirst(20).reversed().joined(separator: ",").replacing("true", with: "false") + "]")
      })
    for store in ["store", "twin"] {
      #expect(try await bench.run("snapshot", "after", "-q", "--store", store, environment: token).status == 0)
    }

    let (one, other) = (try await StoredContent(bench.path + "/store"), try await StoredContent(bench.path + "/twin"))
    for name in ["before", "after"] {
      let content = try await one.content(of: name)
      #expect(content.count == 3)
      #expect(try await other.content(of: name) == content)
    }
    for format in ["text", "json", "markdown", "html"] {
      let diff = try await bench.run("diff", "before", "after", "--format", format)
      #expect(diff.status == 3)
      #expect(diff.output.utf8.count > 10_000)
      for store in ["store", "twin"] {
        #expect(try await bench.run("diff", "before", "after", "--format", format, "--store", store) == diff, "\(format)")
      }
    }
    let shown = try await bench.run("show", "after", "-v")
    #expect(try await bench.run("show", "after", "-v") == shown)
    #expect(try await bench.run("show", "after", "-v", "--store", "twin").steady(bench) == shown.steady(bench))
    #expect(try await bench.run("list", "--store", "twin").steady(bench) == bench.run("list").steady(bench))
  }
}
