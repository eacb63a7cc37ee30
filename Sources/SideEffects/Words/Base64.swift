import FoundationEssentials

/// Base64 as RFC 4648, section 4, has it: the one thing that is taken from Foundation here.
enum Base64 {
  static func encode(_ bytes: some Sequence<UInt8>) -> [UInt8] { Array(Data(bytes).base64EncodedData()) }

  /// Nil where the bytes are no base64.
  static func decode(_ bytes: some Sequence<UInt8>) -> [UInt8]? { Data(base64Encoded: Data(bytes)).map { Array($0) } }
}
