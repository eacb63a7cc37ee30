import LibGit2
import Testing

/// Runs what must fail, and returns the code of its error.
func codeOfFailure(
  _ location: SourceLocation = #_sourceLocation, _ body: () throws -> Void
) throws -> GitError.Code {
  let error = #expect(throws: GitError.self, sourceLocation: location) { try body() }
  let code = try #require(error?.code, sourceLocation: location)
  #expect(error?.message.isEmpty == false, sourceLocation: location)
  return code
}

/// All steps of a walk through a tree.
func steps(_ walk: TreeWalk, in repository: borrowing Repository) throws -> [TreeWalk.Step] {
  var walk = walk
  var steps: [TreeWalk.Step] = []
  while let step = try walk.next(in: repository) { steps.append(step) }
  return steps
}

/// The paths of the entries among a walk's steps.
func paths(_ steps: [TreeWalk.Step]) -> [RepositoryPath] {
  steps.compactMap { step in
    if case .entry(let entry) = step { entry.path } else { nil }
  }
}

/// What a repository says about itself, copied out of it since the macros of Testing can't borrow.
struct RepositoryFacts {
  let workFolder: String?
  let gitFolder: String
  let commonFolder: String
  let isBare: Bool
  let isShallow: Bool
  let isPartialClone: Bool
  let isHeadUnborn: Bool
  let shallowEnds: Set<ObjectID>
  let remotes: [Remote]
  let head: Revision?

  init(at path: String, safeFolders: SafeFolders = SafeFolders()) throws {
    let repository = try Repository(at: path, safeFolders: safeFolders)
    workFolder = repository.workFolder
    gitFolder = repository.gitFolder
    commonFolder = repository.commonFolder
    isBare = repository.isBare
    isShallow = repository.isShallow
    isPartialClone = repository.isPartialClone
    isHeadUnborn = repository.isHeadUnborn
    shallowEnds = try repository.shallowEnds()
    remotes = try repository.remotes()
    head = try? repository.revision("HEAD")
  }
}
