import SideEffects

/// Where a store lies, and who said so.
struct StorePlace: Sendable {
  enum Origin: Sendable {
    /// `--store`.
    case named
    /// `store` in the configuration.
    case configured
    /// Nobody: it is in the user's state folder.
    case standard
  }

  /// Absolute.
  let path: String
  let origin: Origin

  /// - Parameters:
  ///   - option: What `--store` says, seen from `start`.
  ///   - configuration: The configuration, if there is one, with the folder that its paths are seen from.
  /// - Throws: `no-store` where nobody says and there is no state folder.
  init(option: String?, start: String, configuration: (Configuration, folder: String)?, state: StateFolder?) throws(Failure) {
    if let option {
      (path, origin) = (FileSystem.path(option, from: start), .named)
    } else if let (configuration, folder) = configuration, let store = configuration.store {
      (path, origin) = (FileSystem.path(store.string, from: folder), .configured)
    } else if let state, let (_, folder) = configuration {
      (path, origin) = (state.store(forConfigurationIn: folder), .standard)
    } else {
      throw Failure(
        "no-store",
        configuration == nil ? "there is no configuration that says where the store is" : "neither XDG_STATE_HOME nor HOME is set",
        advice: "Name the store with --store.")
    }
  }

  /// What to know about it: a store in what is looked at is in what a restore puts back.
  func remarks(on workspace: Workspace) -> [Diagnostic] {
    let real = Self.realPath(path)
    var told: Set<String> = []
    return workspace.watches.compactMap { watch in
      guard case .one(let repository)? = watch.settings.with[Text(StandardSetting.repository.rawValue)],
        let root = FileSystem.realPath(FileSystem.path(repository.string, from: workspace.folder)),
        real == root || real.hasPrefix(root + "/"), told.insert(root).inserted
      else { return nil }
      return Diagnostic(
        "store-inside", "the store \(path) lies in the repository that the watch `\(WatchTarget.base(of: watch.settings.name))` looks at",
        advice: "A restore of that folder loses it: choose a place outside with `store` in the configuration.")
    }
  }

  /// With links followed as far as there is something: the store itself may not be there yet.
  private static func realPath(_ path: String) -> String {
    var (above, below): (String, [String]) = (path, [])
    while true {
      if let real = FileSystem.realPath(above) { return ([real == "/" ? "" : real] + below).joined(separator: "/") }
      guard let parent = FileSystem.parent(of: above), let name = above.split(separator: "/").last else { return path }
      (above, below) = (parent, [String(name)] + below)
    }
  }
}
