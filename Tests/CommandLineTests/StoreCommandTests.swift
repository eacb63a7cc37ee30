import Foundation
import Glibc
import Testing

@Suite("list, show and forget")
struct StoreCommandTests {
  @Test("say that there is no store, and make none", arguments: [["list"], ["show", "x"], ["forget", "x"], ["diff", "a", "b"]])
  func noStore(arguments: [String]) throws {
    let workbench = try StoreWorkbench()
    // Also where the folder is there: whoever misspells a store's name must not be told that it is empty.
    for folder in ["store", "repository", "missing"] {
      let ended = try workbench.call(arguments + ["--store", folder])
      #expect(ended.status == 64)
      #expect(ended.output.isEmpty)
      #expect(ended.errors.contains("there is no store at \(workbench.path)/\(folder) yet"))
    }
    #expect(!FileManager.default.fileExists(atPath: workbench.path + "/store"))
    #expect(!FileManager.default.fileExists(atPath: workbench.path + "/repository/store.sqlite"))
  }

  @Test("list says what the store holds, as text and as JSON, and that an empty one is empty")
  func list() throws {
    let workbench = try StoreWorkbench()
    #expect(try workbench.call("snapshot", "first").status == 0)
    #expect(try workbench.call("run", "-q", "--name", "u", "--", "/bin/sh", "-c", "exit 3").status == 3)
    let text = try workbench.call("list")
    #expect(text.status == 0)
    let rows = text.output.split(separator: "\n").map { $0.split(separator: " ", omittingEmptySubsequences: true).map { String($0) } }
    #expect(rows.map(\.first) == ["upgrades", "u", "snapshots", "first", "u.before", "u.after"])
    #expect(rows[1].dropFirst(2) == ["/bin/sh", "exit", "3"])
    #expect(rows[3].suffix(3) == ["2", "resources", "complete"])
    let json = try workbench.call("list", "--format", "json")
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(object["version"] as? Int == 1)
    let snapshots = try #require(object["snapshots"] as? [[String: Any]])
    #expect(snapshots.map { $0["name"] as? String } == ["first", "u.before", "u.after"])
    #expect(snapshots.allSatisfy { $0["complete"] as? Bool == true && ($0["digest"] as? String)?.count == 64 })
    let upgrade = try #require((object["upgrades"] as? [[String: Any]])?.first)
    #expect(upgrade["status"] as? Int == 3)
    #expect(upgrade["after"] as? String == "u.after")

    let forgotten = try workbench.call("forget", "u", "first")
    #expect(forgotten.status == 0)
    #expect(forgotten.output == "upgrade u   removed\nsnapshot first   removed\nsnapshot u.after   removed\nsnapshot u.before   removed\n")
    #expect(forgotten.errors.isEmpty)
    let empty = try workbench.call("list")
    #expect(empty.output == "The store is empty.\n")
    #expect(empty.status == 0)
    #expect(try workbench.call("list", "--format", "json").output.contains("\"snapshots\": []"))
  }

  @Test("show says what a snapshot holds, with -v each resource, and never a secret")
  func showSnapshot() throws {
    let workbench = try StoreWorkbench()
    try workbench.set("HYBRID: false\nSECRET: hunter2-hunter2\n")
    _ = try workbench.call("snapshot", "first")
    for name in ["first", "@latest"] {
      let text = try workbench.call("show", name)
      #expect(text.status == 0)
      #expect(text.output.hasPrefix("snapshot first "))
      #expect(text.output.contains("flags · flag"))
      #expect(text.output.contains("complete"))
    }
    let resources = try workbench.call("show", "first", "-v")
    #expect(resources.output.contains("HYBRID"))
    #expect(resources.output.contains("fingerprint:"))
    let json = try workbench.call("show", "first", "--format", "json")
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let snapshot = try #require(object["snapshot"] as? [String: Any])
    #expect(snapshot["complete"] as? Bool == true)
    let observation = try #require((snapshot["observations"] as? [[String: Any]])?.first)
    #expect(observation["resources"] as? Int == 2)
    #expect(observation["state"] as? String == "complete")
    for ended in [resources, json] { #expect(!ended.output.contains("hunter2")) }
  }

  @Test("show says what an upgrade was, with both its snapshots")
  func showUpgrade() throws {
    let workbench = try StoreWorkbench()
    _ = try workbench.call("run", "-q", "--name", "u", "--", "/bin/sh", "-c", "true secret-argument")
    let text = try workbench.call("show", "u")
    #expect(text.status == 0)
    #expect(text.output.hasPrefix("upgrade u "))
    #expect(text.output.contains("exit 0"))
    #expect(text.output.contains("snapshot u.before "))
    #expect(text.output.contains("snapshot u.after "))
    #expect(!text.output.contains("secret-argument"))
    let json = try workbench.call("show", "u", "--format", "json")
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect((object["before"] as? [String: Any])?["name"] as? String == "u.before")
    _ = try workbench.call("forget", "u.after")
    let half = try workbench.call("show", "u")
    #expect(half.status == 0)
    #expect(half.errors.contains("the snapshot after the upgrade, `u.after`, is not in the store any more"))
  }

  @Test("show says which listing could not be read, also where all of it failed")
  func showGaps() throws {
    let workbench = try StoreWorkbench()
    try FileManager.default.removeItem(atPath: workbench.path + "/repository")
    #expect(try workbench.call("snapshot", "blind").status == 4)
    #expect(try workbench.call("list").output.contains("with gaps"))
    let shown = try workbench.call("show", "blind")
    #expect(shown.output.contains("failed: "))
    #expect(!shown.errors.isEmpty)
    #expect(try workbench.call("show", "blind", "--format", "json").output.contains("\"state\": \"failed\""))
  }

  @Test("of a name that nothing has end with 64, and forget nothing else that was named with it", arguments: ["show", "forget"])
  func unknown(command: String) throws {
    let workbench = try StoreWorkbench()
    _ = try workbench.call("snapshot", "first")
    let ended = try workbench.call(command, "frist")
    #expect(ended.status == 64)
    #expect(ended.errors.contains("`frist`"))
    if command == "forget" {
      let both = try workbench.call("forget", "first", "frist", "nothing")
      #expect(both.status == 64)
      #expect(both.errors.contains("`frist`") && both.errors.contains("`nothing`"))
    }
    #expect(try workbench.call("show", "first").status == 0)
  }

  @Test("forget of an upgrade's snapshot is done and told; the upgrade stays, and its audit says what is missing")
  func forgetUpgradesSnapshot() throws {
    let workbench = try StoreWorkbench()
    _ = try workbench.call("run", "-q", "--name", "u", "--", "/bin/true")
    let ended = try workbench.call("forget", "u.before")
    #expect(ended.status == 0)
    #expect(ended.errors.contains("the upgrade `u` has lost its snapshot before it"))
    let diff = try workbench.call("diff", "u", "u")
    #expect(diff.status == 1)
    #expect(diff.errors.contains("u.before"))
    #expect(try workbench.call("list").output.contains("u.after"))
  }

  @Test("forget of an upgrade frees its name and those of its snapshots")
  func forgetUpgrade() throws {
    let workbench = try StoreWorkbench()
    _ = try workbench.call("run", "-q", "--name", "u", "--", "/bin/true")
    let taken = try workbench.call("run", "-q", "--name", "u", "--", "/bin/true")
    #expect(taken.status == 125)
    #expect(taken.errors.contains("audit-residue forget u"))
    #expect(try workbench.call("forget", "u").status == 0)
    #expect(try workbench.call("list").output == "The store is empty.\n")
    #expect(try workbench.call("run", "-q", "--name", "u", "--", "/bin/true").status == 0)
  }

  @Test("forget of an upgrade takes the looks of all its audits with it, and none that only has such a name")
  func forgetAudits() throws {
    let workbench = try StoreWorkbench()
    for name in ["u.now-7", "u.now-x"] { _ = try workbench.call("snapshot", name) }
    _ = try workbench.call("run", "-q", "--name", "u", "--", "/bin/true")
    for _ in 1...2 { #expect(try workbench.call("audit", "-q", "--upgrade", "u").status == 0) }
    let ended = try workbench.call("forget", "u", "-q")
    #expect(ended.output.isEmpty && ended.errors.isEmpty)
    let left = try workbench.call("list").output
    #expect(left.split(separator: "\n").map { $0.split(separator: " ").first } == ["snapshots", "u.now-7", "u.now-x"])
  }

  @Test("forget says that copies stay, and takes no word that stands for the latest")
  func forgetSays() throws {
    let workbench = try StoreWorkbench.copying()
    _ = try workbench.call("snapshot", "first")
    let latest = try workbench.call("forget", "@latest")
    #expect(latest.status == 64)
    #expect(latest.errors.contains("`forget` takes own names only, and `@latest` stands for whichever is the latest"))
    let ended = try workbench.call("forget", "first")
    #expect(ended.status == 0)
    #expect(ended.errors.contains("copies stay, in copies"))
    #expect(try workbench.names(in: workbench.copies) == ["first.snapshot"])
  }

  @Test("audit and plan of the latest upgrade, whose end nobody saw, name the one before it; not where one is named")
  func doubt() throws {
    let workbench = try StoreWorkbench()
    _ = try workbench.call("begin", "-q", "first")
    #expect(try workbench.call("audit").errors.isEmpty)
    _ = try workbench.call("end", "-q", "first")
    _ = try workbench.call("begin", "-q", "second")
    for command in ["audit", "plan"] {
      let errors = try workbench.call(command).errors
      #expect(errors.contains("the latest upgrade `second` has no recorded end; if you mean the one before it: --upgrade first"))
      #expect(try !workbench.call(command, "--upgrade", "second").errors.contains("no recorded end"))
    }
    _ = try workbench.call("end", "-q", "second")
    #expect(try workbench.call("plan").errors.isEmpty)
  }

  @Test(
    "of a damaged store end with 1 and say what to do",
    arguments: [["list"], ["show", "first"], ["forget", "first"], ["snapshot", "next"]])
  func damaged(arguments: [String]) throws {
    let workbench = try StoreWorkbench()
    _ = try workbench.call("snapshot", "first")
    let file = workbench.path + "/store/store.sqlite"
    let whole = try workbench.bytes(file)
    for bytes in [[], Array(whole.prefix(whole.count / 2)), Array("garbage".utf8), Array(repeating: 7, count: 20_000)] {
      for name in try workbench.names(in: workbench.path + "/store") { unlink(workbench.path + "/store/" + name) }
      try Data(bytes).write(to: URL(filePath: file))
      let ended = try workbench.call(arguments)
      #expect(ended.status == 1, "\(ended.output)\(ended.errors)")
      #expect(ended.output.isEmpty)
      #expect(ended.errors.contains("backup") || ended.errors.contains("another folder"), "\(ended.errors)")
      #expect(try workbench.bytes(file) == bytes)
    }
  }

  @Test("close a store that others could read, and say so")
  func opened() throws {
    let workbench = try StoreWorkbench()
    _ = try workbench.call("snapshot", "first")
    chmod(workbench.path + "/store/store.sqlite", 0o644)
    let ended = try workbench.call("list")
    #expect(ended.status == 0)
    #expect(ended.errors.contains("others could read the store's file; it is closed to them now"))
    #expect(try workbench.call("list").errors.isEmpty)
  }

  @Test("a store within what is looked at is warned of before it is lost with it")
  func inside() throws {
    let workbench = try StoreWorkbench()
    let ended = try workbench.call("snapshot", "first", "--store", "repository/.store")
    #expect(ended.status == 0)
    #expect(ended.errors.contains("lies in the repository that the watch `flags` looks at"))
    #expect(try workbench.call("snapshot", "first").errors.isEmpty)
  }
}
