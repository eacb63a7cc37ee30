import Glibc

/// The words of a command, byte for byte as they were given.
///
/// Swift's own `CommandLine.arguments` repairs what is not UTF-8, which would start another command.
struct CommandArguments: Equatable, Sendable {
  /// The words, each ended by a zero, as execve(2) takes them.
  let words: [[CChar]]

  /// The last words of this process's own arguments; all of them if there are fewer.
  init(last count: Int) {
    let all = CommandLine.unsafeArgv
    let total = Int(CommandLine.argc)
    words = (max(0, total - count)..<total).compactMap { position in
      all[position].map { Array(UnsafeBufferPointer(start: $0, count: strlen($0) + 1)) }
    }
  }

  /// Words given as text.
  init(_ texts: [String]) {
    words = texts.map { Array($0.utf8CString) }
  }
}
