/// One pattern of a `.gitignore` or `.gitattributes` file, as gitignore(5), "Pattern format", and wildmatch define it.
///
/// Patterns and paths are bytes, and `?` stands for one. The time that matching takes is bounded by the product of the
/// lengths, whatever a hostile pattern holds.
struct PathPattern: Equatable, Sendable {
  private enum Segment: Equatable, Sendable {
    /// `**` between slashes: any number of folders.
    case anyFolders
    case glob(NameGlob)
  }

  /// Whether it stands for folders only, because it ends in a slash.
  let isForFolders: Bool
  /// Whether it is about the last name alone, at any depth, because it holds no other slash.
  private let isForNames: Bool
  private let segments: [Segment]

  init(_ pattern: some Collection<UInt8>) {
    var pattern = Array(pattern)
    isForFolders = pattern.count > 1 && pattern.last == RepositoryPath.slash
    if isForFolders { pattern.removeLast() }
    isForNames = !pattern.contains(RepositoryPath.slash)
    if pattern.first == RepositoryPath.slash { pattern.removeFirst() }
    let names = pattern.split(separator: RepositoryPath.slash, omittingEmptySubsequences: false)
    let anyFolders = !isForNames
    segments = names.map { anyFolders && $0.elementsEqual("**".utf8) ? .anyFolders : .glob(NameGlob($0)) }
  }

  /// Whether it matches a path, given from the folder of the file that holds the pattern.
  func matches(_ path: ArraySlice<UInt8>, isFolder: Bool) -> Bool {
    if isForFolders, !isFolder { return false }
    if isForNames {
      let name = path.lastIndex(of: RepositoryPath.slash).map { path[($0 + 1)...] } ?? path
      guard !name.isEmpty, case .glob(let glob)? = segments.first else { return false }
      return glob.matches(name)
    }
    return matches(path.split(separator: RepositoryPath.slash))
  }

  /// Goes on from the last `**` when something doesn't fit; earlier ones need not be tried again, since what they left out
  /// the last one can leave out as well.
  private func matches(_ names: [ArraySlice<UInt8>]) -> Bool {
    var (segment, name) = (0, 0)
    var retry: (segment: Int, name: Int)?
    while name < names.count {
      if segment < segments.count, segments[segment] == .anyFolders {
        // At the end it stands for everything inside, so for one name at least.
        if segment == segments.count - 1 { return true }
        retry = (segment, name)
        segment += 1
      } else if segment < segments.count, case .glob(let glob) = segments[segment], glob.matches(names[name]) {
        segment += 1
        name += 1
      } else if let last = retry {
        retry = (last.segment, last.name + 1)
        segment = last.segment + 1
        name = last.name + 1
      } else {
        return false
      }
    }
    return segment == segments.count
  }
}
