/// Names with `*` for any run of characters; in paths of files a segment `**` stands for any number of folders, none included.
public struct Glob: Hashable, Sendable {
  private let segments: [[UInt8]]

  /// A glob for paths with `/` between their parts.
  public init(_ text: String) {
    segments = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map(Array.init)
  }

  /// Whether a path below a root fits.
  public func fits(path: String) -> Bool {
    let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return Self.fits(parts[...], segments[...])
  }

  /// Whether a path below a folder can fit.
  public func mayFit(below folder: String) -> Bool {
    var rest = segments[...]
    for part in folder.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      guard let segment = rest.first else { return false }
      if segment == Self.anyFolders { return true }
      guard Self.fits(part, segment) else { return false }
      rest = rest.dropFirst()
    }
    return !rest.isEmpty
  }

  /// Whether a name fits, `/` being a character like any other.
  public static func fits(name: String, _ glob: String) -> Bool { fits(Substring(name).utf8, Array(glob.utf8)) }

  private static let anyFolders = Array("**".utf8)

  private static func fits(_ parts: ArraySlice<Substring.UTF8View>, _ segments: ArraySlice<[UInt8]>) -> Bool {
    var (parts, segments) = (parts, segments)
    // Where to go on when what follows the last `**` doesn't fit: it takes one folder more.
    var retry: (parts: ArraySlice<Substring.UTF8View>, segments: ArraySlice<[UInt8]>)?
    while true {
      if segments.first == anyFolders {
        segments = segments.dropFirst()
        retry = (parts, segments)
      } else if let part = parts.first, let segment = segments.first, fits(part, segment) {
        (parts, segments) = (parts.dropFirst(), segments.dropFirst())
      } else if parts.isEmpty, segments.isEmpty {
        return true
      } else if let saved = retry, !saved.parts.isEmpty {
        retry = (saved.parts.dropFirst(), saved.segments)
        (parts, segments) = (saved.parts.dropFirst(), saved.segments)
      } else {
        return false
      }
    }
  }

  private static func fits(_ name: Substring.UTF8View, _ glob: [UInt8]) -> Bool {
    var (rest, pattern) = (name, glob[...])
    var retry: (rest: Substring.UTF8View, pattern: ArraySlice<UInt8>)?
    while true {
      if pattern.first == UInt8(ascii: "*") {
        pattern = pattern.dropFirst()
        retry = (rest, pattern)
      } else if let byte = rest.first, let wanted = pattern.first, wanted == byte || wanted == UInt8(ascii: "?") {
        (rest, pattern) = (rest.dropFirst(), pattern.dropFirst())
      } else if rest.isEmpty, pattern.isEmpty {
        return true
      } else if let saved = retry, !saved.rest.isEmpty {
        retry = (saved.rest.dropFirst(), saved.pattern)
        (rest, pattern) = (saved.rest.dropFirst(), saved.pattern)
      } else {
        return false
      }
    }
  }
}
