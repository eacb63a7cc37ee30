import Documents
import Foundation
import LoopbackServers

/// Fixtures/servers/keeping.py: hooks and tokens that are really changed.
final class KeepingService {
  /// A request that was recorded.
  struct Request: Hashable {
    let method: String
    let path: String
    let body: String
    /// 0 where the answer was lost.
    let status: Int
    /// The status that the service acted with.
    let acted: Int

    var isChange: Bool { method != "GET" }
  }

  private let folder: TemporaryFolder
  private let process: ServerProcess

  init(arguments: [String] = []) throws {
    folder = try TemporaryFolder()
    process = try ServerProcess("keeping.py", ["--record", folder.path + "/record.jsonl"] + arguments)
  }

  var url: String { "http://127.0.0.1:\(process.port)" }
  func stop() { process.stop() }

  /// What was asked of it, oldest first.
  var requests: [Request] {
    (Files.text(folder.path + "/record.jsonl") ?? "").split(separator: "\n").compactMap { line in
      guard let read = try? DocumentFormat.json.read(Array(line.utf8)).first, let method = read["method"]?.text,
        let path = read["path"]?.text
      else { return nil }
      return Request(
        method: method, path: path, body: read["body"]?.text ?? "", status: read["status"]?.number.flatMap { Int($0) } ?? -1,
        acted: read["acted"]?.number.flatMap { Int($0) } ?? -1)
    }
  }

  var changes: [Request] { requests.filter(\.isChange) }

  func forgetRequests() { unlink(folder.path + "/record.jsonl") }

  /// Sends one request as somebody else would, and gives the answer's body.
  @discardableResult
  func send(_ method: String, _ path: String, _ body: String = "") throws -> String {
    let run = try ProgramRun(
      ["/usr/bin/env", "python3", "-c", Self.client, method, url + path, body], in: "/",
      environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"])
    guard run.wait() == 0 else { throw ProgramRun.Failure(description: "\(method) \(path): \(run.error)") }
    return run.output
  }

  /// Replaces what it keeps.
  func keep(_ json: String) throws { try send("POST", "/control", "{\"set\": \(json)}") }

  /// What it keeps, as canonical JSON.
  func kept() throws -> String {
    let text = try send("POST", "/control", "{}")
    return try DocumentFormat.json.read(Array(text.utf8)).first?.canonicalJSON() ?? ""
  }

  private static let client = """
    import sys, urllib.request
    method, url, body = sys.argv[1:]
    request = urllib.request.Request(url, data=body.encode() or None, method=method, headers={"Content-Type": "application/json"})
    sys.stdout.write(urllib.request.urlopen(request, timeout=30).read().decode())
    """
}
