internal import CPCRE2

/// The compiled forms of a pattern.
///
/// Addresses are kept as numbers, which are Sendable. They may be: pcre2api(3), "Multithreading", says that compiled code is
/// read-only once it has been compiled just in time.
final class PatternCode: Sendable {
  private let lenient: UInt
  private let strict: UInt?

  /// Compiles to machine code, and where there is none also to the form that the interpreter runs faster.
  ///
  /// The interpreter checks a text for being UTF-8 again for each match, which takes quadratic time, and only a form that
  /// doesn't allow other bytes lets us say that we have checked already.
  init(_ source: String) throws(PatternError) {
    let lenient = try Self.compile(source, options: PCRE2_MATCH_INVALID_UTF)
    // Its failure is no error: what can't be compiled to machine code is interpreted.
    pcre2_jit_compile_8(lenient, PCRE2_JIT_COMPLETE)
    var machineCode = 0
    pcre2_pattern_info_8(lenient, UInt32(PCRE2_INFO_JITSIZE), &machineCode)
    self.lenient = UInt(bitPattern: lenient)
    strict = machineCode > 0 ? nil : try? UInt(bitPattern: Self.compile(source, options: 0))
  }

  deinit {
    pcre2_code_free_8(OpaquePointer(bitPattern: lenient))
    pcre2_code_free_8(strict.flatMap(OpaquePointer.init(bitPattern:)))
  }

  var names: [CaptureName] {
    OpaquePointer(bitPattern: lenient).map(CaptureName.all(of:)) ?? []
  }

  /// How many groups a match has, the whole match included.
  var groupCount: UInt32 {
    var captures: UInt32 = 0
    pcre2_pattern_info_8(OpaquePointer(bitPattern: lenient), UInt32(PCRE2_INFO_CAPTURECOUNT), &captures)
    return captures + 1
  }

  /// The form to search a text with, and whether the text needs no further check because this has checked it.
  func form(for text: ArraySlice<UInt8>) -> (code: OpaquePointer?, checked: Bool) {
    if let strict, String(validating: text, as: UTF8.self) != nil {
      return (OpaquePointer(bitPattern: strict), true)
    }
    return (OpaquePointer(bitPattern: lenient), false)
  }

  private static func compile(_ source: String, options: UInt32) throws(PatternError) -> OpaquePointer {
    let bytes = Array(source.utf8)
    let context = pcre2_compile_context_create_8(nil)
    defer { pcre2_compile_context_free_8(context) }
    pcre2_set_newline_8(context, UInt32(PCRE2_NEWLINE_LF))
    var problem: Int32 = 0
    var offset = 0
    // An empty array may have no address, and PCRE2 before 10.41 wants one.
    let text = bytes.isEmpty ? [0] : bytes
    let options = PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | options
    guard let code = pcre2_compile_8(text, bytes.count, options, &problem, &offset, context) else {
      throw PatternError(.invalid(offset: offset), problem: PCRE2Message.text(of: problem))
    }
    return code
  }
}
