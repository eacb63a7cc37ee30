import SideEffects

/// The user's folder for what programs remember (XDG Base Directory Specification 0.8: XDG_STATE_HOME, else `~/.local/state`).
struct StateFolder: Sendable {
  /// Ours in it; not made until something is kept there.
  let path: String

  /// Nil where the environment names neither: then nothing can be kept without saying where.
  init?(environment: [String: String]) {
    // The specification: a relative path is to be ignored.
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
      path = state + "/audit-residue"
    } else if let home = environment["HOME"], home.hasPrefix("/") {
      path = home + "/.local/state/audit-residue"
    } else {
      return nil
    }
  }

  /// The store of a configuration that names none: each configuration has its own, told by its folder.
  func store(forConfigurationIn folder: String) -> String {
    let folder = FileSystem.realPath(folder) ?? folder
    let name = folder.split(separator: "/").last.map { String($0) } ?? "root"
    return "\(path)/stores/\(name)-\(Digest(of: folder.utf8).description.prefix(8))"
  }

  /// Where trust in configurations is remembered.
  var trusted: String { path + "/trusted" }
}
