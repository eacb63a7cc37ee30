import Testing

/// The main job at a real service: an upgrade that leaves traces in a message broker.
@Suite("an upgrade that changes a RabbitMQ", .enabled(if: RabbitMQServer.isInstalled, "scripts/setup rabbitmq-server installs it"))
struct RabbitMQTests {
  /// Functions for the scripts: requests to the management API.
  private func api(_ server: RabbitMQServer) -> String {
    """
    api() { curl --silent --show-error --fail --noproxy '*' -u admin:admin-password -H 'Content-Type: application/json' -X "$1" "\(server.url)/api/$2" -d "$3"; }

    """
  }

  private func shell(_ bench: Workbench, _ script: String) async throws -> ProgramRun.Ended {
    try await ProgramRun(["/bin/sh", "-e", "-c", script], in: bench.path, environment: bench.environment).end()
  }

  @Test("is told exactly; with fewer rights or without an answer the second time, nothing is called deleted")
  func night() async throws {
    let server = try await RabbitMQServer()
    let bench = try Workbench(
      """
      STORE
      watches:
        - {name: broker, provider: rabbitmq, with: {base: "\(server.url)", user: admin}, secrets: {password: {env: PASSWORD}}}
      restores:
        - {name: vm-snapshot, covers: [{watch: broker, kind: queue}], leaves: [{watch: broker}]}

      """)
    let admin = ["PASSWORD": "admin-password"]
    let seeded = try await shell(
      bench,
      api(server) + """
        api PUT users/app '{"password": "app-password", "tags": ""}'
        api PUT permissions/%2F/app '{"configure": "", "write": ".*", "read": ".*"}'
        api PUT policies/%2F/ttl '{"pattern": "^never$", "definition": {"message-ttl": 60000}}'
        api PUT queues/%2F/old '{"durable": true}'
        api PUT queues/%2F/orders '{"durable": true}'
        api PUT users/less '{"password": "less-password", "tags": "management"}'
        api PUT permissions/%2F/less '{"configure": "", "write": "", "read": ".*"}'
        # What a queue's policy is shows up to five seconds late.
        for turn in $(seq 200); do
          case $(curl -s --noproxy '*' -u admin:admin-password '\(server.url)/api/queues?columns=name,policy' | grep -o '"policy"' | wc -l) in 2) exit 0;; esac
          sleep 0.1
        done
        exit 1
        """)
    #expect(seeded.status == 0, "\(seeded)")
    try bench.script(
      "upgrade.sh",
      "set -e\n" + api(server) + """
        api PUT users/dten '{"password": "planted-4711", "tags": "monitoring"}'
        api PUT permissions/%2F/dten '{"configure": "", "write": ".*", "read": ".*"}'
        api PUT policies/%2F/limit '{"pattern": "^nothing$", "definition": {"max-length": 10}}'
        api DELETE queues/%2F/old
        """)
    let run = try await bench.run("run", "--name", "dten", "--fail-on", "residue", "--", "./upgrade.sh", environment: admin)
    #expect(run.status == 3)
    #expect(run.error == "")
    #expect(
      run.steady(bench) == """
        upgrade dten   ./upgrade.sh   exit 0   0 s

        4 changes. 3 are residue: restoring vm-snapshot does not undo them.

          broker · permission      http://SERVER, as admin
            + / dten
          broker · policy          http://SERVER, as admin
            + / limit
          broker · user            http://SERVER, as admin
            + dten     monitoring

          restored by vm-snapshot: 1 (broker)
          covered by nothing declared: 0

        next: audit-residue plan --upgrade dten --format markdown -o plan.md

        """)
    #expect(
      try await bench.run("diff", "dten", "dten", "--format", "json").changes == [
        "created permission / dten", "created policy / limit", "created user dten", "deleted queue / old",
      ])
    for file in Files.all(below: bench.path + "/store") {
      for secret in ["planted-4711", "admin-password"] { #expect(Files.text(file)?.contains(secret) == false) }
    }

    // Someone who may see less: another account, then the same account with fewer rights.
    let other = try await bench.run("snapshot", "other", "--with", "broker.user=less", environment: ["PASSWORD": "less-password"])
    #expect(other.status == 4)
    let lessRights = try await bench.run("diff", "dten", "other", "--format", "json")
    #expect(lessRights.status == 4)
    #expect(lessRights.changes.isEmpty, "\(lessRights.changes)")
    #expect(lessRights.output.contains("\"rights-missing\""))
    #expect(
      try await shell(
        bench,
        api(server)
          + "api PUT users/app '{\"password\": \"app-password\", \"tags\": \"administrator\"}'; api PUT permissions/%2F/app '{\"configure\": \".*\", \"write\": \".*\", \"read\": \".*\"}'"
      ).status == 0)
    let app = ["--with", "broker.user=app", "-q"]
    let asApp = ["PASSWORD": "app-password"]
    #expect(try await bench.run(["snapshot", "app-may"] + app, environment: asApp).status == 0)
    try bench.script(
      "lower.sh",
      api(server) + "api PUT users/app '{\"password\": \"app-password\", \"tags\": \"management\"}'; api DELETE queues/%2F/orders")
    let lowered = try await bench.run(["run", "--name", "lower", "--fail-on", "blind"] + app + ["--", "./lower.sh"], environment: asApp)
    #expect(lowered.status == 4)
    let diff = try await bench.run("diff", "lower", "lower", "--format", "json")
    #expect(diff.changes.allSatisfy { !$0.hasPrefix("deleted") }, "\(diff.changes)")
    #expect(diff.status == 4)

    // Nothing answers any more.
    try bench.script("stop.sh", "touch stopping; while [ ! -e stopped ]; do sleep 0.05; done")
    let stopping = try bench.start(["run", "--name", "stop", "--fail-on", "blind", "--", "./stop.sh"], environment: admin)
    try await eventually("the upgrade runs") { Files.bytes(bench.path + "/stopping") != nil }
    server.stop()
    try bench.folder.write("stopped", "")
    let stopped = try await stopping.end()
    #expect(stopped.status == 4)
    #expect(stopped.output.contains("No changes in what could be compared.\n\n8 blind spots: this audit cannot say that it is clean."))
    #expect(stopped.output.contains("nothing answers there"))
    let silence = try await bench.run("diff", "dten", "stop", "--format", "json")
    #expect(silence.status == 4)
    #expect(silence.changes == [])
  }
}
