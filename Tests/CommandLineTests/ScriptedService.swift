import LoopbackServers

/// A service on loopback whose answers a test writes, and changes as an upgrade would.
final class ScriptedService {
  /// One answer; the body is JSON text unless `type` says otherwise.
  struct Answer {
    var path: String
    var status = 200
    var headers: [String: String] = [:]
    var body = "[]"
    var type = "application/json"
    var cut: Int?
    /// In seconds, before anything is sent.
    var delay: Int?
    var requires: [String: String] = [:]

    fileprivate var json: String {
      let all = headers.merging(["Content-Type": type]) { first, _ in first }
      let fields = all.sorted { $0.key < $1.key }.map { "\(Self.quoted($0.key)): \(Self.quoted($0.value))" }.joined(separator: ", ")
      let needs = requires.map { "\(Self.quoted($0.key)): \(Self.quoted($0.value))" }.joined(separator: ", ")
      let rest = (cut.map { ", \"cut\": \($0)" } ?? "") + (delay.map { ", \"delay\": \($0)" } ?? "")
      return """
        {"path": \(Self.quoted(path)), "status": \(status), "headers": {\(fields)}, "requires": {\(needs)}, "body": \(Self.quoted(body))\(rest)}
        """
    }

    private static func quoted(_ text: String) -> String {
      "\""
        + text.unicodeScalars.map { scalar in
          switch scalar {
          case "\"": "\\\""
          case "\\": "\\\\"
          case "\n": "\\n"
          default: String(scalar)
          }
        }.joined() + "\""
    }
  }

  private let folder: TemporaryFolder
  private let server: HostileServer

  init(_ answers: [Answer]) throws {
    folder = try TemporaryFolder()
    try Self.write(answers, to: folder)
    server = try HostileServer("--script", folder.path + "/script.json", "--record", folder.path + "/record.jsonl")
  }

  func answer(with answers: [Answer]) throws { try Self.write(answers, to: folder) }

  func stop() { server.stop() }

  func url(_ path: String = "") -> String { server.url(path) }

  /// What was asked of it, a line for each request.
  var requests: String { Files.text(folder.path + "/record.jsonl") ?? "" }

  private static func write(_ answers: [Answer], to folder: TemporaryFolder) throws {
    try folder.write("script.json", "[" + answers.map(\.json).joined(separator: ",\n") + "]")
  }
}

extension ScriptedService.Answer {
  /// A whole list of hooks, as (id, name, url, secret).
  static func hooks(_ hooks: [(id: Int, name: String, url: String, secret: String)], at path: String = "/hooks") -> Self {
    let items = hooks.map { hook in
      "{\"id\": \(hook.id), \"name\": \"\(hook.name)\", \"url\": \"\(hook.url)\", \"active\": true, \"events\": [\"push\"], \"secret\": \"\(hook.secret)\"}"
    }
    return Self(path: path, body: "[" + items.joined(separator: ", ") + "]")
  }
}
