internal import CPCRE2

/// PCRE2's words for its error numbers.
enum PCRE2Message {
  static func text(of number: Int32) -> String {
    // pcre2api(3): no message is longer than 120 bytes.
    var buffer = [UInt8](repeating: 0, count: 256)
    let length = pcre2_get_error_message_8(number, &buffer, buffer.count)
    return length > 0 ? String(decoding: buffer.prefix(Int(length)), as: UTF8.self) : "unknown error"
  }
}
