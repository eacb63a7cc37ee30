import SideEffects

/// The catalogue without a configuration that must be right: the built-in providers, and its own where there is one.
enum CatalogOfSession {
  static func catalog(_ session: Session) throws(Failure) -> ProviderCatalog {
    let found: ConfigurationLocator.Found
    do throws(Failure) {
      found = try ConfigurationLocator(start: session.folder).find(named: session.options.config)
    } catch {
      guard session.options.config == nil, error.diagnostics.first.rule == "no-configuration" else { throw error }
      return try ProviderFolders.catalog(own: [])
    }
    let configuration = try ConfigurationReader.read(found.bytes, file: Text(found.path))
    return try ProviderFolders.catalog(own: configuration.providers.map { FileSystem.path($0.string, from: found.folder) })
  }
}
