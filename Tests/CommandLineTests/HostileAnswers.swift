/// Where a hostile or careless service puts what it was sent and what it knows.
enum HostileAnswers {
  /// Of the shape that people paste.
  static let planted = "ghp_Pl4nt3dT0k3nNr4711x"

  struct Leak {
    let name: String
    let answers: [ScriptedService.Answer]
    init(_ name: String, _ answers: ScriptedService.Answer...) { (self.name, self.answers) = (name, answers) }
  }

  static let all: [Leak] = [
    Leak("clear", .hooks([(1, "one", "https://hooks.example/1", planted)])),
    Leak("userinfo", .hooks([(1, "one", "https://user:\(planted)@hooks.example/1", "s")])),
    Leak("query", .hooks([(1, "one", "https://hooks.example/1?token=\(planted)", "s")])),
    Leak("fragment", .hooks([(1, "one", "https://hooks.example/1#\(planted)", "s")])),
    Leak("name", .hooks([(1, "the one of \(planted)", "https://hooks.example/1", "s")])),
    Leak("path", .hooks([(1, "one", "https://hooks.example/\(planted)/x", "s")])),
    Leak(
      "event",
      .init(
        path: "/hooks",
        body: #"[{"id": "\#(planted)", "name": "n", "url": "u", "active": "\#(planted)", "events": ["\#(planted)"], "secret": null}]"#)),
    Leak(
      "s401",
      .init(
        path: "/hooks", status: 401, headers: ["WWW-Authenticate": "Bearer realm=\"\(planted)\""],
        body: #"{"message": "bad token \#(planted)"}"#)),
    Leak("s403", .init(path: "/hooks", status: 403, headers: ["X-Scopes": planted], body: planted, type: "text/plain")),
    Leak("s429", .init(path: "/hooks", status: 429, headers: ["Retry-After": planted], body: planted)),
    Leak("s500", .init(path: "/hooks", status: 500, body: "<pre>GET /hooks Authorization: \(planted)</pre>", type: "text/html")),
    Leak("html", .init(path: "/hooks", body: "<html>\(planted)</html>", type: "text/html")),
    Leak("type", .init(path: "/hooks", body: "x", type: "text/\(planted)")),
    Leak("unparsable", .init(path: "/hooks", body: "[{\"id\": \(planted)}]")),
    Leak("key", .init(path: "/hooks", body: #"{"\#(planted)": []}"#)),
    Leak("cut", .init(path: "/hooks", body: #"[{"id": 1, "secret": "\#(planted)"}]"#, cut: 45)),
    Leak("no-id", .init(path: "/hooks", body: #"[{"secret": "\#(planted)"}]"#)),
    Leak("away", .init(path: "/hooks", status: 302, headers: ["Location": "http://elsewhere.example/\(planted)?t=\(planted)"], body: "")),
    Leak("away-host", .init(path: "/hooks", status: 302, headers: ["Location": "http://\(planted).example/"], body: "")),
    Leak("away-user", .init(path: "/hooks", status: 307, headers: ["Location": "http://\(planted)@elsewhere.example/"], body: "")),
    Leak("here", .init(path: "/hooks", status: 302, headers: ["Location": "/hooks/\(planted)?t=\(planted)"], body: "")),
    Leak(
      "next", .init(path: "/hooks", headers: ["Link": "</hooks?page=2&token=\(planted)>; rel=\"next\""], body: "[]"),
      .init(path: "/hooks?page=2&token=\(planted)", status: 500)),
    Leak("next-away", .init(path: "/hooks", headers: ["Link": "<http://\(planted).example/hooks>; rel=\"next\""], body: "[]")),
    Leak(
      "next-self", .init(path: "/hooks", headers: ["Link": "</hooks?t=\(planted)>; rel=\"next\""], body: "[]"),
      .init(path: "/hooks?t=\(planted)", headers: ["Link": "</hooks?t=\(planted)>; rel=\"next\""], body: "[]")),
    Leak("cookie", .init(path: "/hooks", headers: ["Set-Cookie": "session=\(planted)"], body: "[")),
    Leak("reason", .init(path: "/hooks", status: 418, headers: [planted: planted], body: planted)),
  ]
}
