import SideEffects
import Testing

@testable import SideEffects

/// Where a service may put a secret that nobody of ours sent it.
@Suite("A secret of the service's own")
struct SecretPlacesTests {
  @Test(
    "inside of a URL becomes a fingerprint, and the rest of the URL stays to be read",
    arguments: [
      (
        "https://hooks.example/services/T024BE7LD/B024BE7LH/SLACKSECRETpath99x", "SLACKSECRETpath99x",
        "https://hooks.example/services/T024BE7LD/B024BE7LH/"
      ),
      ("https://hooks.example/services/aBcDeFgHiJkLmNoPqRsT", "aBcDeFgHiJkLmNoPqRsT", "https://hooks.example/services/"),
      ("https://ci.example/hook?BAREQUERYSECRET3", "BAREQUERYSECRET3", "https://ci.example/hook?"),
      ("https://ci.example/hook#access_token=FRAGSECRET4", "FRAGSECRET4", "https://ci.example/hook#access_token="),
      ("https://ci.example/a?x=1&s3cr3ts3cr3t", "s3cr3ts3cr3t", "https://ci.example/a?x="),
      ("https://user:word@ci.example/a", "word", "https://"),
    ])
  func url(url: String, secret: String, kept: String) {
    let clean = Sanitizer(fingerprinter: Fingerprinter(key: [1]), secrets: []).text(url)
    #expect(!clean.contains(secret), "\(clean)")
    #expect(clean.hasPrefix(kept), "\(clean)")
    #expect(clean.contains("fingerprint:"))
  }

  @Test(
    "is not suspected in a URL that people write",
    arguments: [
      "https://hooks.dten.example/v2", "https://ci.example/reviews/review-request-published",
      "https://api.example/organizations/acme/hooks",
      "https://ci.example/notify?wsdl", "https://ci.example/docs#set-up", "https://ci.example/3f1c2a9e-7b1d-4a55-9b6e-0d5f1c2a9e7b/in",
      "https://x.example/",
    ])
  func plain(url: String) {
    #expect(Sanitizer(fingerprinter: Fingerprinter(key: [1]), secrets: []).text(url) == url)
  }

  @Test("is kept in clear nowhere: not in ids, names, origins, references or what remedies need")
  func places() async throws {
    let manifest = WalkedService.manifest(
      list: "{call: GET /hooks, pages: none}",
      kind: """
        id: "{.token}"
            name: "{conf.inner}"
            origin: {by: "{conf.inner}"}
            references: {key: "{.token}"}
            remedy: {deleted: {by hand: "give {conf.inner} back with {options?}"}}
        """
    ).replacing("attributes: [url]", with: "attributes: {values: [url, options.mode], secret: [token, conf]}")
    let body =
      #"[{"id": 1, "url": "u", "token": "CLEARTOKEN1", "conf": {"inner": "CLEARINNER2"}, "options": {"mode": "x", "password": "CLEARPASS3"}}]"#
    let walked = try await WalkedService(manifest, [answer("/hooks", body)])
    let resource = try #require(walked.resources.first)
    let stored = String(decoding: ResourceLine(resource).bytes, as: UTF8.self)
    #expect(stored.contains("fingerprint:") && stored.contains("\"x\""))
    for secret in ["CLEARTOKEN1", "CLEARINNER2", "CLEARPASS3"] { #expect(!stored.contains(secret), "\(stored)") }
    #expect(resource.references["key"] == resource.address.id)
  }
}
