import LoopbackServers
import ProviderEngines
import SideEffects

/// Patches of flags as a plan has them, and the engine that puts them on a branch.
struct FlagPatch {
  struct NoPlace: Error {}

  static let branch: Text = "audit-residue/u"
  static let engine = GitEngine()

  /// The patch that replaces one part of a file's text by another, made against a revision.
  static func planned(
    _ path: Text, of content: String, _ old: String, _ new: String, in repository: String, at revision: String,
    besides others: [String] = []
  ) throws -> PlannedPatch {
    let bytes = Array(content.utf8)
    func place(_ text: String) throws -> Range<Int> {
      let part = Array(text.utf8)
      guard let start = bytes.indices.first(where: { bytes[$0...].starts(with: part) }) else { throw NoPlace() }
      return start..<(start + part.count)
    }
    let patch = try PatchMaker.patch(
      of: path, content: bytes, replacing: try place(old), with: Array(new.utf8), besides: try others.map(place))
    return PlannedPatch(patch, repository: Text(repository), revision: Text(revision))
  }

  static func write(_ patch: PlannedPatch, _ mark: Text, on branch: Text = branch) async throws(Failure) -> BranchCommit {
    try await engine.write(patch, title: "Set a flag back", mark: mark, on: branch)
  }

  /// The rule of the failure that writing must end in.
  static func refusal(_ patch: PlannedPatch, on branch: Text = branch) async -> String? {
    do throws(Failure) {
      _ = try await write(patch, "s-1", on: branch)
      return nil
    } catch { return error.diagnostics.first.advice.isEmpty ? "no advice" : error.diagnostics.first.rule.string }
  }
}
