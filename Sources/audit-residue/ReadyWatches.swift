import SideEffects

/// Watches with their secrets, read now: those that can be looked at, and why the others can't.
struct ReadyWatches: Sendable {
  private(set) var watches: [Text: Watch] = [:]
  private(set) var problems: [Text: NonEmpty<Diagnostic>] = [:]

  init(_ bound: [BoundWatch], workspace: Workspace, environment: [String: String]) async {
    let source = SecretSource(environment: environment, folder: workspace.folder)
    for bound in bound {
      let (settings, name) = (bound.settings, bound.settings.name)
      var secrets: [Text: Secret] = [:]
      var reasons: [Diagnostic] = []
      for (setting, reference) in settings.secrets.sorted(by: { $0.key < $1.key }) {
        do throws(Failure) {
          secrets[setting] = try await source.secret(reference, called: setting, of: settings)
        } catch {
          // Without it the watch still tells what it was to look at.
          secrets[setting] = Secret([])
          reasons += error.diagnostics.all
        }
      }
      if let problem = bound.problem {
        problems[name] = problem
        continue
      }
      do throws(Failure) {
        watches[name] = try workspace.resolver.watch(settings, provider: bound.provider, secrets: secrets)
        problems[name] = NonEmpty(reasons)
      } catch {
        problems[name] = error.diagnostics
      }
    }
  }
}
