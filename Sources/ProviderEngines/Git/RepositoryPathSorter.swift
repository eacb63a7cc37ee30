internal import SideEffects

/// Sorts out which of the paths of a repository a watch wants.
struct RepositoryPathSorter {
  /// What a path of the tree, the index or the work tree is.
  enum Entry {
    case file(RepositoryFile.Content)
    /// A symbolic link and where it points to.
    case link(to: [UInt8])
  }

  /// What can stand in place of a folder.
  enum Outsider { case link, repository }

  private let walk: FileWalk
  private var files: [RepositoryFile] = []
  private var links: [(path: String, target: [UInt8])] = []
  private var gaps: [RepositoryListing.Gap] = []
  private var leftOut: [RepositoryListing.File] = []
  private var leftOutFolders: [LeftOut] = []

  init(for walk: FileWalk) { self.walk = walk }

  /// Whether the watch wants a path, before anything is asked about it.
  func wants(_ path: [UInt8]) -> Bool { walk.wants(String(decoding: path, as: UTF8.self)) }

  /// Adds a file that is read where the watch wants it; where it is left out by its name the watch may have read it before.
  mutating func take(_ path: [UInt8], _ content: RepositoryFile.Content) {
    guard let text = String(validating: path, as: UTF8.self) else {
      if wants(path) { add(path, .file(content)) }
      return
    }
    switch walk.verdict(on: text) {
    case .read(let readers): files.append(RepositoryFile(path: text, content: content, readers: readers))
    case .leftOut: leftOut.append(.init(file: RepositoryFile(path: text, content: content), reason: .name))
    case .unwanted: break
    }
  }

  /// Adds a path that is wanted.
  mutating func add(_ path: [UInt8], _ entry: Entry) {
    guard let text = String(validating: path, as: UTF8.self) else {
      // Two such names can look the same, so what stands in the files can't be told apart.
      note(
        .file(String(decoding: path, as: UTF8.self)), path, "path-not-utf8", "the file's name is no UTF-8",
        "Rename the file, or leave it out of the watch.")
      return
    }
    switch entry {
    case .file(let content): files.append(RepositoryFile(path: text, content: content, readers: walk.readers(of: text)))
    case .link(let target): links.append((text, target))
    }
  }

  /// Adds a file of the work tree that is not read because it is ignored, if the watch's files fit it.
  mutating func leaveOut(ignored path: [UInt8]) {
    guard let text = String(validating: path, as: UTF8.self) else { return }
    let verdict = walk.verdict(on: text)
    if verdict == .unwanted { return }
    leftOut.append(.init(file: RepositoryFile(path: text, content: .workTree), reason: verdict == .leftOut ? .name : .ignored))
  }

  /// Adds a folder that is not looked into, if the watch could read below it.
  mutating func leaveOut(folder path: [UInt8], _ reason: LeftOut.Reason) {
    let text = String(decoding: path, as: UTF8.self)
    if walk.mayRead(below: text) { leftOutFolders.append(LeftOut(path: Text(text), reason: reason)) }
  }

  /// Adds what stands where the watch may read a folder, and whose content is not this repository's to show.
  mutating func add(_ path: [UInt8], inPlaceOfFolder entry: Outsider) {
    switch entry {
    case .link: leaveOut(folder: path, .link)
    case .repository: leaveOut(folder: path, .repository)
    }
    guard walk.names(folder: String(decoding: path, as: UTF8.self)) else { return }
    switch entry {
    case .link:
      note(
        .folder, path, "link-not-followed", "the watch's files lie below a symbolic link, and links are not followed",
        "Name the folder that it points to in the watch's files.")
    case .repository:
      note(
        .folder, path, "other-repository", "the watch's files lie in a submodule or in another repository, which is not read with this one",
        "Watch that repository by itself, and leave the folder out of this watch.")
    }
  }

  /// Notes what can't be known about a path, or about all that lies below it.
  mutating func note(_ extent: RepositoryListing.Gap.Extent, _ path: [UInt8], _ rule: Text, _ sentence: String, _ advice: String) {
    let shown = path.isEmpty ? "." : String(decoding: path, as: UTF8.self)
    gaps.append(.init(extent: extent, because: Diagnostic(rule, sentence, advice: advice, place: .file(Text(shown), line: 0, column: 0))))
  }

  /// The listing. Links are not followed; one that leads to a file which is read as well loses nothing.
  ///
  /// - Parameter isThere: Whether there is a file at a path, where not all files were added; nil for what all were.
  consuming func listing(leavesOutAsCopy: (String) -> Bool, isThere: (String) -> Bool?) -> RepositoryListing {
    let hasGaps = !gaps.isEmpty
    var listing = RepositoryListing()
    for file in files {
      if leavesOutAsCopy(file.path) { listing.vendored.append(file) } else { listing.files.append(file) }
    }
    let read = links.isEmpty ? [] : Set(listing.files.map { Text($0.path) })
    for link in links {
      if let destination = Self.destination(of: link.path, link.target) {
        let isRead =
          isThere(destination).map { $0 && walk.wants(destination) && !leavesOutAsCopy(destination) } ?? read.contains(Text(destination))
        if isRead { continue }
      }
      note(
        .file(link.path), Array(link.path.utf8), "link-not-followed", "the file is a symbolic link, and links are not followed",
        "Watch the file that it points to, or leave the link out of the watch.")
    }
    listing.gaps = gaps
    listing.isNotable = !hasGaps
    listing.links = Dictionary(links.map { (Text($0.path), $0.target) }) { first, _ in first }
    (listing.leftOut, listing.leftOutFolders) = (leftOut, leftOutFolders)
    return listing
  }

  /// The path that a link leads to inside the repository, or nil where it leads out of it.
  private static func destination(of link: String, _ target: [UInt8]) -> String? {
    guard target.first != UInt8(ascii: "/"), let text = String(validating: target, as: UTF8.self) else { return nil }
    var names = link.split(separator: "/").dropLast().map(String.init)
    for name in text.split(separator: "/") where name != "." {
      if name != ".." {
        names.append(String(name))
      } else if names.popLast() == nil {
        return nil
      }
    }
    return names.joined(separator: "/")
  }
}
