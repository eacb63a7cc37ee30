import Crypto
import Documents
import FoundationEssentials
import SwiftASN1
import X509

/// The X.509 certificates (RFC 5280) and private keys of one file, as items whose members a manifest picks from.
struct CertificateFile {
  private let file: FileText

  init(_ file: FileText) { self.file = file }

  /// An item for each certificate: `subject`, `issuer`, `serial`, `not_before`, `not_after`, `names`, `key_id`, `sha256`.
  ///
  /// What else a PEM file holds, such as a private key beside its certificate, is passed over.
  func certificates() throws(Diagnostic) -> [PathMatch] {
    let encoded: [[UInt8]]
    if isPEM {
      encoded = try documents().filter { $0.discriminator == "CERTIFICATE" || $0.discriminator == "X509 CERTIFICATE" }.map(\.derBytes)
    } else {
      encoded = [file.bytes]
    }
    var found: [PathMatch] = []
    for (index, bytes) in encoded.enumerated() {
      do { found.append(match(Self.document(try Certificate(derEncoded: bytes), bytes))) } catch {
        throw file.diagnostic(
          "unparsable", "certificate \(index + 1) of the file can't be read", "Mend the file, or leave it out of the watch.")
      }
    }
    return found
  }

  /// An item for each private key: `algorithm`, `key_id` where its public half can be told, and `key`, a SHA-256 over the key: whatever a
  /// manifest makes of it, the key itself gets no further than here.
  func privateKeys() throws(Diagnostic) -> [PathMatch] {
    // A key without the words around it can't be told from any other bytes.
    guard isPEM else { return [] }
    return try documents().filter { $0.discriminator.hasSuffix("PRIVATE KEY") }.map { document in
      var members: [(String, Document.Content)] = [("key", .text(Self.hash(document.derBytes)))]
      if document.discriminator.contains("ENCRYPTED") {
        members.append(("algorithm", .text("encrypted")))
      } else if let key = try? Certificate.PrivateKey(pemDocument: document) {
        members.append(("algorithm", .text(key.description.split(separator: ".").first.map(String.init) ?? key.description)))
        members.append(("key_id", .text(Self.hash(key.publicKey.subjectPublicKeyInfoBytes))))
      } else {
        members.append(("algorithm", .text(document.discriminator.split(separator: " ").first.map(String.init) ?? "unknown")))
      }
      return match(members)
    }
  }

  private var isPEM: Bool {
    let mark = Array("-----BEGIN ".utf8)
    return file.bytes.indices.contains { file.bytes[$0] == mark[0] && file.bytes[$0...].starts(with: mark) }
  }

  private func documents() throws(Diagnostic) -> [PEMDocument] {
    do { return try PEMDocument.parseMultiple(pemString: withoutHeaders) } catch {
      throw file.diagnostic("unparsable", "the file is no PEM that can be read", "Mend the file, or leave it out of the watch.")
    }
  }

  /// The text as RFC 7468 has it: keys that were encrypted before it say so in headers (RFC 1421), here in their label as all others do.
  private var withoutHeaders: String {
    let text = String(decoding: file.bytes, as: UTF8.self)
    guard text.utf8.contains(UInt8(ascii: ":")) else { return text }
    var lines: [Substring] = []
    var begin: Int?
    var isEncrypted = false
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      if line.hasPrefix("-----BEGIN ") { (begin, isEncrypted) = (lines.count, false) }
      if let start = begin, !line.hasPrefix("-----"), line.contains(":") {
        if line.hasPrefix("Proc-Type:"), line.hasSuffix("ENCRYPTED"), !isEncrypted {
          isEncrypted = true
          lines[start] = "-----BEGIN ENCRYPTED PRIVATE KEY-----"
        }
        continue
      }
      if begin != nil, line.allSatisfy(\.isWhitespace) { continue }
      if line.hasPrefix("-----END ") {
        begin = nil
        lines.append(isEncrypted ? "-----END ENCRYPTED PRIVATE KEY-----" : line)
        isEncrypted = false
      } else {
        lines.append(line)
      }
    }
    return lines.joined(separator: "\n")
  }

  private func match(_ members: [(String, Document.Content)]) -> PathMatch {
    let whole = file.span(0..<file.bytes.count)
    let document = Document(.map(members.map { .init(key: $0.0, value: Document($0.1, span: whole)) }), span: whole)
    return PathMatch(name: ".", key: nil, document: document)
  }

  private static func document(_ certificate: Certificate, _ bytes: [UInt8]) -> [(String, Document.Content)] {
    let names = (try? certificate.extensions.subjectAlternativeNames).map { $0.map(name) } ?? []
    return [
      ("subject", .text("\(certificate.subject)")), ("issuer", .text("\(certificate.issuer)")),
      ("serial", .text(hexadecimal(certificate.serialNumber.bytes))),
      ("not_before", .text(time(certificate.notValidBefore.timeIntervalSince1970))),
      ("not_after", .text(time(certificate.notValidAfter.timeIntervalSince1970))), ("names", .list(names.map { Document(.text($0)) })),
      ("key_id", .text(hash(certificate.publicKey.subjectPublicKeyInfoBytes))), ("sha256", .text(hash(bytes))),
    ]
  }

  /// What a certificate is for: a host's name, an address of mail, a URL, or another name as it is.
  private static func name(_ name: GeneralName) -> String {
    switch name {
    case .dnsName(let host): host
    case .rfc822Name(let address): address
    case .uniformResourceIdentifier(let url): url
    default: "\(name)"
    }
  }

  private static func hash(_ bytes: some Sequence<UInt8>) -> String { hexadecimal(SHA256.hash(data: Array(bytes))) }

  private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private static func time(_ seconds: Double) -> String { Instant(seconds: Int64(seconds)).rfc3339 }
}
