/// Names with `*` for any run of characters; in paths of files a segment `**` stands for any number of folders, none included.
public struct Glob: Hashable, Sendable {
  /// The bytes of all segments, one after the other.
  private let bytes: [UInt8]
  private let segments: [Segment]

  private struct Segment: Hashable, Sendable {
    let bytes: Range<Int>
    /// Whether it is `**`.
    let isAnyFolders: Bool
  }

  /// A glob for paths with `/` between their parts.
  public init(_ text: String) {
    var bytes: [UInt8] = []
    segments = text.utf8.split(separator: Self.slash, omittingEmptySubsequences: false).map { segment in
      let start = bytes.count
      bytes += segment
      return Segment(bytes: start..<bytes.count, isAnyFolders: segment.elementsEqual("**".utf8))
    }
    self.bytes = bytes
  }

  /// Whether a path below a root fits.
  public func fits(path: String) -> Bool { path.withBytes { fits($0) } }

  /// The same of a path that may be no UTF-8.
  public func fits(path: [UInt8]) -> Bool { path.withUnsafeBufferPointer { fits($0) } }

  /// Whether a path below a folder can fit.
  public func mayFit(below folder: String) -> Bool {
    folder.withBytes { path in
      bytes.withUnsafeBufferPointer { glob in
        var next = 0
        var start = 0
        while start <= path.count {
          guard next < segments.count else { return false }
          if segments[next].isAnyFolders { return true }
          let end = Self.end(of: path, from: start)
          guard Self.fits(path, start..<end, glob, segments[next].bytes) else { return false }
          (next, start) = (next + 1, end + 1)
        }
        return next < segments.count
      }
    }
  }

  /// Whether a name fits, `/` being a character like any other.
  public static func fits(name: String, _ glob: String) -> Bool {
    name.withBytes { fits(name: $0, glob) }
  }

  /// The same of a name that may be no UTF-8.
  public static func fits(name: [UInt8], _ glob: String) -> Bool { name.withUnsafeBufferPointer { fits(name: $0, glob) } }

  private static func fits(name: UnsafeBufferPointer<UInt8>, _ glob: String) -> Bool {
    glob.withBytes { glob in fits(name, 0..<name.count, glob, 0..<glob.count) }
  }

  /// Whether a text holds a character that stands for others.
  public static func isPattern(_ text: some StringProtocol) -> Bool { text.utf8.contains { $0 == star || $0 == anyCharacter } }

  private static let slash = UInt8(ascii: "/")
  private static let star = UInt8(ascii: "*")
  private static let anyCharacter = UInt8(ascii: "?")

  private static func end(of path: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var end = start
    while end < path.count, path[end] != slash { end += 1 }
    return end
  }

  /// The same of a path's bytes.
  // Parts are found by the offset at which they begin; one that begins beyond the end is none.
  func fits(_ path: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.withUnsafeBufferPointer { glob in
      // Most globs say least about the folders, so the name comes first.
      if let last = segments.last, !last.isAnyFolders {
        var start = path.count
        while start > 0, path[start - 1] != Self.slash { start -= 1 }
        guard Self.fits(path, start..<path.count, glob, last.bytes) else { return false }
        // As in `**/*.go`, where all folders fit.
        if segments.count == 2, segments[0].isAnyFolders { return true }
      }
      var (start, next) = (0, 0)
      // Where to go on when what follows the last `**` doesn't fit: it takes one folder more.
      var retry: (start: Int, next: Int)?
      while true {
        if next < segments.count, segments[next].isAnyFolders {
          next += 1
          retry = (start, next)
          continue
        }
        if start <= path.count, next < segments.count {
          let end = Self.end(of: path, from: start)
          if Self.fits(path, start..<end, glob, segments[next].bytes) {
            (start, next) = (end + 1, next + 1)
            continue
          }
        } else if start > path.count, next == segments.count {
          return true
        }
        guard let saved = retry, saved.start <= path.count else { return false }
        start = Self.end(of: path, from: saved.start) + 1
        next = saved.next
        retry = (start, next)
      }
    }
  }

  private static func fits(
    _ name: UnsafeBufferPointer<UInt8>, _ nameRange: Range<Int>, _ glob: UnsafeBufferPointer<UInt8>, _ globRange: Range<Int>
  ) -> Bool {
    var (at, next) = (nameRange.lowerBound, globRange.lowerBound)
    var retry: (at: Int, next: Int)?
    while true {
      if next < globRange.upperBound, glob[next] == star {
        next += 1
        if next == globRange.upperBound { return true }
        retry = (at, next)
      } else if at < nameRange.upperBound, next < globRange.upperBound, glob[next] == name[at] || glob[next] == anyCharacter {
        (at, next) = (at + 1, next + 1)
      } else if at == nameRange.upperBound, next == globRange.upperBound {
        return true
      } else if let saved = retry, saved.at < nameRange.upperBound {
        retry = (saved.at + 1, saved.next)
        (at, next) = (saved.at + 1, saved.next)
      } else {
        return false
      }
    }
  }
}
