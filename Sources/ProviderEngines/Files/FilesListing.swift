internal import SideEffects

/// The files of a machine that a watch wants.
struct FilesListing: Sendable {
  /// Absolute, or relative to the watch's folder as its globs are; sorted by their bytes, each once.
  var files: [String] = []
  /// Links to folders that the watch could read below.
  var leftOut: [LeftOut] = []
  /// Folders that can't be listed.
  var gaps: [Diagnostic] = []
}
