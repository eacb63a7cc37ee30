internal import Glibc

/// Why something could not be read from a work tree.
public struct WorkTreeError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What a caller may have to tell apart.
  public enum Code: Equatable, Sendable {
    /// There is nothing at this path.
    case missing
    /// A symbolic link, or something below one: links are not followed, wherever they lead.
    case link
    /// Neither a file nor a folder, such as a pipe or a device, or a folder where a file is wanted.
    case notAFile
    /// The file is larger than what the caller allows, in bytes.
    case tooLarge(size: Int, limit: Int)
    /// The path is no path within a folder: it is empty, absolute, or holds `.`, `..` or an empty name.
    case invalidPath
    /// More files or folders than the caller allows.
    case limitReached(Int)
    /// The system refused; the number is that of errno(3).
    case system(Int32)
  }

  public let code: Code

  public init(_ code: Code) {
    self.code = code
  }

  /// The error that errno(3) holds now, for a call that doesn't follow links.
  static func last() -> WorkTreeError {
    switch errno {
    case ENOENT: WorkTreeError(.missing)
    case ELOOP: WorkTreeError(.link)
    case let number: WorkTreeError(.system(number))
    }
  }

  public var description: String {
    switch code {
    case .missing: "there is no such file"
    case .link: "it is a symbolic link or lies below one, and links are not followed"
    case .notAFile: "it is not a regular file"
    case .tooLarge(let size, let limit): "it has \(size) bytes, more than \(limit)"
    case .invalidPath: "it is not a path within a folder"
    case .limitReached(let limit): "there are more than \(limit)"
    case .system(let number): strerror(number).map { String(cString: $0) } ?? "system error \(number)"
    }
  }
}
