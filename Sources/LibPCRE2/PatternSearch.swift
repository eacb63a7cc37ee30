internal import CPCRE2

/// What one search over one text needs of PCRE2: the place for its results, its limits and its stack.
struct PatternSearch: ~Copyable {
  private let code: OpaquePointer?
  private let text: [UInt8]
  private let length: Int
  private let checked: Bool
  private let options: UInt32
  private let result: OpaquePointer
  private let context: OpaquePointer
  private var stack: OpaquePointer?

  /// The stack that machine code may grow to when the 32 KiB that it begins with don't suffice.
  private static let largestStack = 16 << 20
  /// What the interpreter may take from the heap, in KiB.
  private static let largestHeap: UInt32 = 32 << 10

  /// Prepares to search the first `length` bytes of a text, whose end may be seen as a line's end or not.
  init(_ code: PatternCode, in text: [UInt8], upTo length: Int, mayEndLine: Bool) throws(PatternError) {
    guard let result = pcre2_match_data_create_8(code.groupCount, nil), let context = pcre2_match_context_create_8(nil) else {
      throw Self.error(PCRE2_ERROR_NOMEMORY)
    }
    // Every place where a match may begin counts, so a long text needs more than a short one.
    pcre2_set_match_limit_8(context, UInt32(clamping: 1_000_000 + 4 * length))
    pcre2_set_heap_limit_8(context, Self.largestHeap)
    (self.code, checked) = code.form(for: text[..<length])
    // An empty array may have no address, and PCRE2 before 10.41 wants one.
    self.text = text.isEmpty ? [0] : text
    self.length = length
    options = (checked ? PCRE2_NO_UTF_CHECK : 0) | (mayEndLine ? 0 : PCRE2_NOTEOL)
    self.result = result
    self.context = context
  }

  deinit {
    pcre2_match_data_free_8(result)
    pcre2_match_context_free_8(context)
    pcre2_jit_stack_free_8(stack)
  }

  /// The groups of the next match at or after an offset, the whole match first, or nil where there is none.
  mutating func next(from offset: Int, emptyAllowed: Bool) throws(PatternError) -> [Range<Int>?]? {
    let options = options | (emptyAllowed ? 0 : PCRE2_NOTEMPTY_ATSTART)
    let offset = checked ? firstCharacter(from: offset) : offset
    var status = pcre2_match_8(code, text, length, offset, options, result, context)
    if status == PCRE2_ERROR_JIT_STACKLIMIT, stack == nil {
      stack = pcre2_jit_stack_create_8(32 << 10, Self.largestStack, nil)
      pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack))
      status = pcre2_match_8(code, text, length, offset, options, result, context)
    }
    if status == PCRE2_ERROR_NOMATCH { return nil }
    guard status >= 0 else { throw Self.error(status) }
    let offsets = UnsafeBufferPointer(start: pcre2_get_ovector_pointer_8(result), count: 2 * Int(pcre2_get_ovector_count_8(result)))
    return stride(from: 0, to: offsets.count, by: 2).map { index in
      // Groups that took no part hold PCRE2_UNSET, which is the largest number there is.
      let (start, end) = (offsets[index], offsets[index + 1])
      return end == Int(bitPattern: UInt.max) || start > end ? nil : start..<end
    }
  }

  /// The offset itself, or that of the next character where it lies within one; PCRE2 must not be asked to begin there.
  private func firstCharacter(from offset: Int) -> Int {
    var offset = offset
    while offset < length, text[offset] & 0xC0 == 0x80 { offset += 1 }
    return offset
  }

  private static func error(_ status: Int32) -> PatternError {
    let problem = PCRE2Message.text(of: status)
    return switch status {
    case PCRE2_ERROR_MATCHLIMIT: PatternError(.tooComplex(.match), problem: problem)
    case PCRE2_ERROR_DEPTHLIMIT, PCRE2_ERROR_RECURSELOOP: PatternError(.tooComplex(.depth), problem: problem)
    case PCRE2_ERROR_HEAPLIMIT, PCRE2_ERROR_JIT_STACKLIMIT: PatternError(.tooComplex(.heap), problem: problem)
    default: PatternError(.failed(status), problem: problem)
    }
  }
}
