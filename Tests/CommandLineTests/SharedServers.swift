import Glibc

/// The scripts of `../shared/servers`, and which of them can be used here.
enum SharedServers {
  static let scripts = #filePath.split(separator: "/").dropLast(4).map { "/\($0)" }.joined() + "/shared/servers"
  static let installed =
    (getenv("RESIDUE_SERVERS").map { String(cString: $0) } ?? (getenv("HOME").map { String(cString: $0) } ?? "") + "/.cache/residue-servers")

  static func isReady(_ name: String) -> Bool {
    guard access("\(scripts)/\(name)", X_OK) == 0 else { return false }
    return name == "rabbitmq" ? RabbitMQServer.isInstalled : Files.bytes("\(installed)/\(name)/venv/.done") != nil
  }
}
