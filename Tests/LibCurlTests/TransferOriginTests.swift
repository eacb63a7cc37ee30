import Testing

@testable import LibCurl

@Suite("The origin of a URL")
struct TransferOriginTests {
  @Test("scheme, host and port are told apart, defaults and case are settled")
  func origin() throws {
    #expect(try TransferOrigin(url: "HTTPS://API.Example/x").description == "https://api.example:443")
    #expect(try TransferOrigin(url: "http://api.example:8080").description == "http://api.example:8080")
    #expect(try TransferOrigin(url: "http://a.example/") == TransferOrigin(url: "http://A.example:80/b?c"))
  }

  @Test(
    "this machine is known under each of its names",
    arguments: ["localhost", "LOCALHOST:8080", "rb.localhost", "127.0.0.1", "127.8.9.10:1", "127.1", "0x7f.0.0.1", "[::1]:80"])
  func loopback(host: String) throws {
    #expect(try TransferOrigin(url: "http://\(host)/").isLoopback)
  }

  @Test(
    "no other host is taken for this machine",
    arguments: ["example.com", "localhost.example", "127.0.0.1.example", "notlocalhost", "128.0.0.1", "10.0.0.1", "[::2]", "127.example"])
  func notLoopback(host: String) throws {
    #expect(try !TransferOrigin(url: "http://\(host)/").isLoopback)
  }
}
