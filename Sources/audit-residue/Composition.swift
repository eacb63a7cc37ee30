import ProviderEngines
import SideEffects
import SnapshotStores

/// The one place that makes the real things behind the protocols: stores, engines, clocks.
enum Composition {
  static func store(at place: StorePlace) async throws(Failure) -> any SnapshotStore {
    try await SQLiteStore.open(at: place.path, clock: { SystemClock.now })
  }

  /// The engines of one look; to be closed after it.
  struct Engines: Sendable {
    private let http: HTTPEngine
    private let transport: HTTPTransport
    private let git: GitEngine

    init(environment: [String: String]) {
      var settings = HTTPSettings.standard
      settings.userAgent = "audit-residue/\(AuditResidue.version)"
      transport = HTTPTransport(settings: settings)
      http = HTTPEngine(transport: transport)
      git = GitEngine(configurationFiles: Self.gitConfiguration(environment))
    }

    /// Where git itself looks for the machine's and the user's settings (git-config(1), "FILES").
    private static func gitConfiguration(_ environment: [String: String]) -> [String] {
      let home = environment["HOME"]
      let folder = environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? home.map { $0 + "/.config" }
      return ["/etc/gitconfig"] + [folder.map { $0 + "/git/config" }, home.map { $0 + "/.gitconfig" }].compactMap { $0 }
    }

    /// The engine that the watch's provider asks for.
    func engine(for watch: Watch) throws(Failure) -> any Engine {
      switch watch.provider.manifest.engine {
      case .http: http
      case .git: git
      case .files:
        throw Failure("not-built", "the engine `files` of the provider `\(watch.provider.name)` is not built yet", advice: "Leave the watch out.")
      }
    }

    /// Ends what runs on threads of its own, so that a command that comes next inherits no connection.
    func close() { transport.close() }
  }
}
