/// A path inside a repository: bytes with `/` between the names, without one at either end, empty for the root.
///
/// Git takes paths as bytes of any encoding and so does this. Paths are equal when their bytes are, and sort by them.
public struct RepositoryPath: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let bytes: [UInt8]

  public static let root = RepositoryPath([])

  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  public init(_ text: String) {
    bytes = Array(text.utf8)
  }

  /// The path as text to match with, where bytes that are no UTF-8 are replaced; two paths can have the same.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The last name of the path.
  public var name: ArraySlice<UInt8> {
    bytes.lastIndex(of: Self.slash).map { bytes[($0 + 1)...] } ?? bytes[...]
  }

  /// The folder that holds it, or nil for the root.
  public var folder: RepositoryPath? {
    if bytes.isEmpty { return nil }
    return bytes.lastIndex(of: Self.slash).map { RepositoryPath(Array(bytes[..<$0])) } ?? .root
  }

  /// The path of something in this folder.
  public func appending(_ name: some Sequence<UInt8>) -> RepositoryPath {
    RepositoryPath(bytes.isEmpty ? Array(name) : bytes + [Self.slash] + name)
  }

  public static func < (one: RepositoryPath, other: RepositoryPath) -> Bool {
    one.bytes.lexicographicallyPrecedes(other.bytes)
  }

  /// The path as text that stands for these bytes and no others, and is safe to print on a terminal.
  ///
  /// Where it is plain UTF-8 it is the path itself. Otherwise it is quoted as git quotes paths (`core.quotePath` in
  /// git-config(1)): in double quotes, with control characters, `"`, `\` and bytes that are no UTF-8 escaped as in C.
  public var description: String {
    let text = String(validating: bytes, as: UTF8.self)
    if let text, !text.isEmpty, !text.unicodeScalars.contains(where: Self.mustBeQuoted) { return text }
    var quoted = "\""
    if let text {
      for scalar in text.unicodeScalars {
        if Self.mustBeQuoted(scalar) {
          for byte in String(scalar).utf8 { quoted += Self.escaped(byte) }
        } else {
          quoted.unicodeScalars.append(scalar)
        }
      }
    } else {
      for byte in bytes {
        let scalar = Unicode.Scalar(byte)
        if scalar.isASCII, !Self.mustBeQuoted(scalar) { quoted.unicodeScalars.append(scalar) } else { quoted += Self.escaped(byte) }
      }
    }
    return quoted + "\""
  }

  static let slash = UInt8(ascii: "/")

  private static func mustBeQuoted(_ scalar: Unicode.Scalar) -> Bool {
    if scalar == "\"" || scalar == "\\" { return true }
    return switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: true
    default: false
    }
  }

  private static func escaped(_ byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: "\n"): return "\\n"
    case UInt8(ascii: "\t"): return "\\t"
    case UInt8(ascii: "\r"): return "\\r"
    case UInt8(ascii: "\""): return "\\\""
    case UInt8(ascii: "\\"): return "\\\\"
    default:
      let digits = String(byte, radix: 8)
      return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
    }
  }
}
