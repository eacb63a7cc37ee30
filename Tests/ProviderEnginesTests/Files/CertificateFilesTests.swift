import Foundation
import Glibc
import LoopbackServers
import SideEffects
import Testing

@Suite("The files engine reads certificates and keys", .timeLimit(.minutes(5)))
struct CertificateFilesTests {
  /// Runs commands of a shell in a folder.
  private static func shell(_ script: String, in folder: TemporaryFolder) throws {
    let status = system("cd '\(folder.path)' && set -e && { \(script)\n} 2>openssl.log")
    try #require(status == 0, "\((try? folder.lines("openssl.log")) ?? [])")
  }

  /// A key and a certificate of it for each algorithm that is common.
  private static let algorithms: [String: String] = [
    "ec": "ec -pkeyopt ec_paramgen_curve:prime256v1", "p384": "ec -pkeyopt ec_paramgen_curve:secp384r1", "rsa": "rsa:2048",
    "ed": "ed25519",
  ]

  /// How many bytes the public key itself has, without the algorithm's name before it.
  private static let keySizes = ["ec": 65, "p384": 97, "rsa": 270, "ed": 32]

  private static func make(_ name: String, _ algorithm: String) -> String {
    "openssl req -utf8 -x509 -newkey \(algorithm) -nodes -days 2 -set_serial 0x0123 -subj '/O=Örg/CN=\(name)' "
      + "-addext subjectAltName=DNS:\(name).example,email:a@b.example -keyout \(name).key -out \(name).pem"
  }

  private static func texts(_ readings: [String: Reading]) -> Set<Text> {
    Set(readings.values.compactMap { if case .value(.scalar(.text(let text))) = $0 { text } else { nil } })
  }

  @Test("a key's id is that of its certificate, and of no other; of the key itself only a fingerprint is kept")
  func keyIDs() async throws {
    let folder = try TemporaryFolder()
    try Self.shell(Self.algorithms.map(Self.make).joined(separator: "\n"), in: folder)
    let look = try await FilesLook.certificates(folder.path, files: ["*.pem", "*.key"])
    #expect(look.gaps("certificate").isEmpty && look.gaps("private-key").isEmpty)
    let keys = look.attribute("key_id", of: "private-key")
    #expect(keys.count == Self.algorithms.count && Self.texts(keys).count == Self.algorithms.count)
    #expect(Self.texts(keys) == Self.texts(look.attribute("key_id", of: "certificate")))
    for name in Self.algorithms.keys {
      // The same by openssl, of the bits of the public key as they stand in the certificate.
      try Self.shell(
        "openssl x509 -in \(name).pem -pubkey -noout | openssl pkey -pubin -outform DER | tail -c \(Self.keySizes[name] ?? 0) | sha256sum | cut -d' ' -f1 > \(name).id\n"
          + "openssl x509 -in \(name).pem -outform DER | sha256sum | cut -d' ' -f1 > \(name).sha256", in: folder)
      let id = try #require(try folder.lines("\(name).id").first)
      #expect(look.ids("private-key").contains("\(name).key \(id)"))
      #expect(look.ids("certificate").contains("\(name).pem \(try folder.lines("\(name).sha256").first ?? "")"))
      let body = try folder.lines("\(name).key").dropFirst().dropLast()
      #expect(!body.isEmpty && body.allSatisfy { !look.everything.contains($0) })
    }
    for reading in look.attribute("key", of: "private-key").values {
      guard case .value(.scalar(.secret)) = reading else {
        Issue.record("a key is kept as it is")
        continue
      }
    }
  }

  @Test("a certificate says whose it is, by whom, for which names and how long, in PEM and in DER alike")
  func members() async throws {
    let folder = try TemporaryFolder()
    try Self.shell(
      Self.make("ec", Self.algorithms["ec"] ?? "") + "\nopenssl x509 -in ec.pem -outform DER -out ec.der\n"
        + "openssl x509 -in ec.pem -noout -enddate -dateopt iso_8601 | cut -d= -f2 | tr ' ' T > end", in: folder)
    let look = try await FilesLook.certificates(folder.path, files: ["*.pem", "*.der"])
    #expect(look.gaps("certificate").isEmpty && look.ids("certificate").count == 2)
    let ends = Self.texts(look.attribute("not_after", of: "certificate")).map(\.string)
    #expect(try folder.lines("end") == ends)
    for resource in look.resources where resource.address.kind == "certificate" {
      #expect(resource.name.string.contains("CN=ec") && resource.name.string.contains("Örg"))
      #expect(resource.attributes["names"] == .value(.set([.text("ec.example"), .text("a@b.example")])))
      #expect(resource.attributes["subject"] == resource.attributes["issuer"])
      #expect(resource.attributes["serial"] == .value(.scalar(.text("0123"))))
    }
    for member: Text in ["subject", "serial", "not_before", "not_after", "key_id"] {
      #expect(Set(look.attribute(member, of: "certificate").values).count == 1, "\(member)")
    }
    // A key in DER can't be told from other bytes: it is no certificate, and that is told.
    #expect(look.ids("private-key").isEmpty)
  }

  @Test("several in one file are each one, with what stands between them")
  func chain() async throws {
    let folder = try TemporaryFolder()
    try Self.shell(
      Self.make("a", Self.algorithms["ec"] ?? "") + "\n" + Self.make("b", Self.algorithms["ed"] ?? "")
        + "\n{ echo 'subject: a'; cat a.pem a.key; echo; echo '# the next'; openssl x509 -in b.pem -text; } > chain.pem\n"
        + "sed 's/$/\\r/' chain.pem > windows.pem", in: folder)
    for file in ["chain.pem", "windows.pem"] {
      let look = try await FilesLook.certificates(folder.path, files: [file])
      #expect(look.gaps("certificate").isEmpty && look.gaps("private-key").isEmpty, "\(file)")
      #expect(look.ids("certificate").count == 2 && look.ids("private-key").count == 1, "\(file)")
    }
  }

  @Test("an encrypted key shows no id, and is there all the same", arguments: ["", "-traditional"])
  func encrypted(option: String) async throws {
    let folder = try TemporaryFolder()
    try Self.shell(
      Self.make("a", Self.algorithms["ec"] ?? "")
        + "\nopenssl pkey -in a.key \(option) -aes256 -passout pass:geheim -out encrypted.key", in: folder)
    let look = try await FilesLook.certificates(folder.path, files: ["encrypted.key"])
    #expect(look.gaps("private-key").isEmpty && look.gaps("certificate").isEmpty)
    #expect(look.resources.map(\.name) == ["encrypted.key"])
    #expect(look.attribute("key_id", of: "private-key").isEmpty)
    #expect(Self.texts(look.attribute("algorithm", of: "private-key")) == ["encrypted"])
    #expect(look.attribute("key", of: "private-key").count == 1)
  }

  @Test("keys in the older forms have the id of their certificate too")
  func olderForms() async throws {
    let folder = try TemporaryFolder()
    try Self.shell(
      Self.make("ec", Self.algorithms["ec"] ?? "") + "\n" + Self.make("rsa", "rsa:2048")
        + "\nfor n in ec rsa; do openssl pkey -in $n.key -traditional -out old-$n.key; done\n"
        + "openssl ecparam -name prime256v1 > params.key; cat old-ec.key >> params.key", in: folder)
    let look = try await FilesLook.certificates(folder.path, files: ["ec.pem", "rsa.pem", "old-*.key", "params.key"])
    #expect(look.gaps("private-key").isEmpty)
    #expect(look.attribute("key_id", of: "private-key").count == 3)
    #expect(Self.texts(look.attribute("key_id", of: "private-key")) == Self.texts(look.attribute("key_id", of: "certificate")))
  }

  @Test("what is none is told as a gap of its own, and the others stand")
  func broken() async throws {
    let folder = try TemporaryFolder()
    try Self.shell(
      Self.make("a", Self.algorithms["ec"] ?? "") + "\nhead -c 100 a.pem > cut.pem\n: > empty.pem\necho hello > text.pem\n"
        + "{ echo '-----BEGIN CERTIFICATE-----'; echo aGVsbG8=; echo '-----END CERTIFICATE-----'; } > other.pem\n"
        + "openssl x509 -in a.pem -outform DER | head -c 200 > cut.der", in: folder)
    let look = try await FilesLook.certificates(folder.path, files: ["*.pem", "*.der"])
    #expect(look.ids("certificate").count == 1)
    #expect(
      Set(look.gaps("certificate")).isSuperset(of: [
        "unparsable in cut.pem", "unparsable in other.pem", "unparsable in cut.der", "unparsable in text.pem",
      ]))
  }
}
