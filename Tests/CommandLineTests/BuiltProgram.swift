import Glibc

/// The program as it was built beside the tests.
enum BuiltProgram {
  /// Its path: SwiftPM puts the tests' own executable into the same folder.
  static let path: String = {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = readlink("/proc/self/exe", &buffer, buffer.count)
    let own = String(decoding: buffer.prefix(max(0, length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return own.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/") + "/audit-residue"
  }()
}
