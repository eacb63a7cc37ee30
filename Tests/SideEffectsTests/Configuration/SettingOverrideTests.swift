import SideEffects
import Testing

@Suite("Settings for a single call")
struct SettingOverrideTests {
  private func overridden(_ arguments: String...) throws(Failure) -> Configuration {
    var overrides: [SettingOverride] = []
    for argument in arguments { overrides.append(try SettingOverride(argument)) }
    return try configuration(wholeConfiguration).overriding(overrides)
  }

  private func problems(_ arguments: String...) -> [String] {
    do throws(Failure) {
      var overrides: [SettingOverride] = []
      for argument in arguments { overrides.append(try SettingOverride(argument)) }
      _ = try configuration(wholeConfiguration).overriding(overrides)
      return []
    } catch {
      return error.diagnostics.all.map(\.line)
    }
  }

  @Test("an argument is cut at its first `=` and the last dot before it")
  func arguments() throws {
    #expect(try SettingOverride("api.example.com.ref=a.b=c") == SettingOverride(watch: "api.example.com", setting: "ref", value: "a.b=c"))
    #expect(try SettingOverride("gates.ref=") == SettingOverride(watch: "gates", setting: "ref", value: ""))
  }

  @Test(
    "what is no setting is refused without showing it", arguments: ["", "=", "gates.ref", "gates=x", ".ref=x", "gates.=x", "gates ref:x"])
  func refused(argument: String) {
    #expect(
      problems(argument) == [
        "wrong-argument: what stands after `--with` is not WATCH.SETTING=VALUE. Write for example `--with gates.ref=v1.31.0`."
      ])
  }

  @Test("a setting is replaced or added, and all else stays")
  func replaced() throws {
    let before = try configuration(wholeConfiguration)
    let after = try overridden("gates.ref=v1.2", "service.base=https://localhost/")
    #expect(after.watches[0].with == ["repository": .one("."), "ref": .one("v1.2")])
    #expect(after.watches[1].with["base"] == .one("https://localhost/"))
    #expect(after.watches[1].with["owner"] == .one("acme"))
    #expect(after.watches[1].secrets == before.watches[1].secrets)
    #expect(after.watches[2].with.isEmpty)
    #expect(after.digest == before.digest)
    #expect(after.restores == before.restores)
  }

  @Test("a setting given several times is a list")
  func list() throws {
    #expect(try overridden("service.accounts=a", "service.accounts=b").watches[1].with["accounts"] == .many(["a", "b"]))
  }

  @Test("unknown watches and secrets are refused, all at once")
  func allAtOnce() {
    #expect(
      problems("gaets.ref=1", "service.token=planted", "service.key=planted", "gates.password=planted") == [
        "unknown-watch: no watch is called `gaets`, as `--with` says. Did you mean `gates`?",
        "literal-secret: `token` of `service` is a secret, and every process of this machine can read arguments. Set the environment variable or the file that `secrets` names instead.",
        "literal-secret: `key` of `service` is a secret, and every process of this machine can read arguments. Set the environment variable or the file that `secrets` names instead.",
        "literal-secret: `password` of `gates` is a secret, and every process of this machine can read arguments. Set the environment variable or the file that `secrets` names instead.",
      ])
  }
}
