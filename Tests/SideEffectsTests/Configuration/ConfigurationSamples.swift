import SideEffects

/// Reads a configuration as the commands do, and shows its problems a line each: `line:column rule: sentence. Advice`.
func problems(in yaml: String) -> [String] {
  do throws(Failure) {
    _ = try ConfigurationReader.read(Array(yaml.utf8), file: "audit-residue.yaml")
    return []
  } catch {
    return error.diagnostics.all.map { $0.line }
  }
}

func configuration(_ yaml: String) throws(Failure) -> Configuration {
  try ConfigurationReader.read(Array(yaml.utf8), file: "audit-residue.yaml")
}

extension Diagnostic {
  var line: String {
    let start = if case .file(_, let line, let column) = place { "\(line):\(column) " } else { "" }
    return "\(start)\(rule): \(sentence)." + (advice.isEmpty ? "" : " \(advice)")
  }
}

/// A configuration that uses every key.
let wholeConfiguration = #"""
  version: 1
  store: /srv/audit-residue
  copies: [/mnt/backup/residue]
  providers: [./providers]
  watches:
    - name: gates
      provider: kubernetes-feature-gates
      with: {repository: ., ref: HEAD}
    - name: service
      provider: some-service
      with:
        owner: acme
        accounts: [one, 2, true]
        limit: 100
      secrets:
        token: {env: SERVICE_TOKEN}
        password: {file: /run/secrets/service}
        key: {command: [pass, show, service]}
      only: [webhook, credential]
      owner: platform-team
    - name: settings-db
      provider: some-database
  restores:
    - name: vm-snapshot
      covers: [{watch: "settings-*"}]
      leaves: [{watch: service, kind: webhook, id: 7}, {watch: gates}]
  ignore:
    - watch: service
      kind: webhook
      id: "*"
      attribute: config.url
      matching: '^https://ci\.example\.com/'
      because: made by CI
      until: 2027-01-31
  acknowledge:
    - {watch: service, kind: webhook, code: not-listable, because: checked by hand each quarter, until: 2027-01-31}
  """#
