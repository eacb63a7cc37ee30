import ProviderEngines
import SideEffects
import SnapshotStores

/// The one place that makes the real things behind the protocols: stores, engines, clocks.
enum Composition {
  /// Opens a store, or makes it; with what to know about its place.
  static func store(at place: StorePlace) async throws(Failure) -> (store: any SnapshotStore, remarks: [Diagnostic]) {
    let store = try await SQLiteStore.open(at: place.path, clock: { SystemClock.now })
    return (store, store.remarks)
  }

  /// Whether there is a store to be opened, whole or damaged.
  static func isStore(at place: StorePlace) throws(Failure) -> Bool { try SQLiteStore.isThere(in: place.path) }

  /// Where git itself looks for the machine's and the user's settings (git-config(1), "FILES").
  static func gitConfiguration(_ environment: [String: String]) -> [String] {
    let home = environment["HOME"]
    let folder = environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? home.map { $0 + "/.config" }
    return ["/etc/gitconfig"] + [folder.map { $0 + "/git/config" }, home.map { $0 + "/.gitconfig" }].compactMap { $0 }
  }

  /// Reads repositories as the user's own git would trust them.
  static func git(_ environment: [String: String]) -> GitEngine {
    GitEngine(configurationFiles: gitConfiguration(environment))
  }

  /// The engines of one look; to be closed after it.
  struct Engines: Sendable {
    private let http: HTTPEngine
    private let transport: HTTPTransport
    private let git: GitEngine

    /// - Parameter patience: For each answer of a service, and for all that it asks to wait; the http engine's own where it is nil.
    init(environment: [String: String], patience: Duration? = nil) {
      var settings = HTTPSettings.standard
      if let patience {
        settings.answerTimeout = patience
        settings.waiting = patience
        settings.connectTimeout = min(settings.connectTimeout, patience)
        settings.stallTimeout = min(settings.stallTimeout, patience)
      }
      settings.userAgent = "audit-residue/\(AuditResidue.version)"
      transport = HTTPTransport(settings: settings)
      http = HTTPEngine(transport: transport)
      git = Composition.git(environment)
    }

    /// The engine that the watch's provider asks for.
    func engine(for watch: Watch) throws(Failure) -> any Engine {
      switch watch.provider.manifest.engine {
      case .http: http
      case .git: git
      case .files: FilesEngine()
      }
    }

    /// Brings files of repositories, for patches.
    var source: any SourceReading { git }
    /// Writes flags back on branches.
    var branches: any BranchWriting { git }

    /// Carries a watch's requests, at the pace that the service asks for.
    func carrier(for watch: Watch) -> any HTTPCarrier {
      WatchCarrier(watch: watch.name, transport: transport, requestsPerSecond: watch.provider.manifest.requestsPerSecond)
    }

    /// Ends what runs on threads of its own, so that a command that comes next inherits no connection.
    func close() { transport.close() }
  }
}
