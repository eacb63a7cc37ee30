import Foundation
import LibCurl
import LoopbackServers
import Testing

@Suite("TLS")
struct TLSTests {
  private let folder: TemporaryFolder
  private let server: HostileServer
  private let thread = CurlThread()

  init() throws {
    folder = try TemporaryFolder()
    let (certificate, key) = try folder.makeCertificate()
    server = try HostileServer("--tls", certificate, key)
  }

  private func failure(_ request: TransferRequest) async throws -> CurlError {
    try #require(await #expect(throws: CurlError.self) { try await thread.send(request) })
  }

  @Test("a certificate that nobody vouches for is refused")
  func selfSigned() async throws {
    let error = try await failure(TransferRequest(url: server.url("/ok", scheme: "https")))
    #expect(error.code == .tls)
    #expect(error.message.contains("certificate"))
  }

  @Test("a certificate is accepted from the authority that is named")
  func authority() async throws {
    let request = TransferRequest(url: server.url("/ok", scheme: "https"), certificateAuthority: folder.file("certificate.pem"))
    #expect(try await thread.send(request).status == 200)
  }

  @Test("a trusted certificate of another host is refused")
  func otherHost() async throws {
    let url = "https://localhost:\(server.port)/ok"
    #expect(try await failure(TransferRequest(url: url, certificateAuthority: folder.file("certificate.pem"))).code == .tls)
  }

  @Test("a file of authorities that is missing or none is a TLS error, not a connection without check")
  func brokenAuthority() async throws {
    try Data("no PEM".utf8).write(to: URL(filePath: folder.file("none.pem")))
    for name in ["missing.pem", "none.pem"] {
      let request = TransferRequest(url: server.url("/ok", scheme: "https"), certificateAuthority: folder.file(name))
      #expect(try await failure(request).code == .tls)
    }
  }

  @Test("an accepted certificate doesn't count for a request that doesn't name its authority")
  func notRemembered() async throws {
    let request = TransferRequest(url: server.url("/ok", scheme: "https"), certificateAuthority: folder.file("certificate.pem"))
    #expect(try await thread.send(request).status == 200)
    #expect(try await failure(TransferRequest(url: server.url("/ok", scheme: "https"))).code == .tls)
  }
}
