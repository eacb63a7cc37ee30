import Foundation
import Glibc

/// An empty folder that is gone with this object.
public final class TemporaryFolder: Sendable {
  public let path: String

  public init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "audit-residue-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  public func file(_ name: String) -> String { "\(path)/\(name)" }

  public func write(_ text: String, to name: String) throws {
    try text.write(toFile: file(name), atomically: true, encoding: .utf8)
  }

  /// The lines of a file; none where it isn't there.
  public func lines(_ name: String) throws -> [String] {
    guard FileManager.default.fileExists(atPath: file(name)) else { return [] }
    return try String(contentsOfFile: file(name), encoding: .utf8).split(separator: "\n").map(String.init)
  }

  /// Makes a self-signed certificate for 127.0.0.1 alone; gives the paths of both PEM files.
  public func makeCertificate() throws -> (certificate: String, key: String) {
    let (certificate, key) = (file("certificate.pem"), file("key.pem"))
    let command = """
      openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "/CN=audit-residue test" \
      -addext subjectAltName=IP:127.0.0.1 -keyout "\(key)" -out "\(certificate)" 2>/dev/null
      """
    guard system(command) == 0 else { throw NoCertificate() }
    return (certificate, key)
  }

  private struct NoCertificate: Error {}
}
