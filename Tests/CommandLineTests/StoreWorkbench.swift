import Foundation

/// A real repository with a flag file, a configuration that watches it, and the program as a user calls it.
struct StoreWorkbench {
  struct Ended {
    let status: Int32
    let output: String
    let errors: String
  }

  let folder: TemporaryFolder
  var path: String { folder.path }
  var copies: String { path + "/copies" }

  /// - Parameter configuration: Further lines of the configuration.
  init(configuration: String = "") throws {
    folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: path + "/repository", withIntermediateDirectories: false)
    try set("HYBRID: false\nSECRET: one\n")
    for arguments in [
      ["init", "-q", "-b", "main"], ["add", "."], ["-c", "user.name=A", "-c", "user.email=a@example", "commit", "-q", "-m", "flags"],
    ] {
      let ended = try Self.run("/usr/bin/git", ["-C", path + "/repository"] + arguments, in: path)
      guard ended.status == 0 else { throw TemporaryFolder.Failure(code: ended.status) }
    }
    try folder.write(
      "audit-residue.yaml",
      """
      version: 1
      store: \(path)/store
      watches:
        - {name: flags, provider: flag-files, with: {repository: repository, files: [flags.env], path: ["*"]}}
      \(configuration)
      """)
  }

  /// A workbench that copies each snapshot into a folder that is there.
  static func copying() throws -> StoreWorkbench {
    let workbench = try StoreWorkbench(configuration: "copies: [copies]")
    try FileManager.default.createDirectory(atPath: workbench.copies, withIntermediateDirectories: false)
    return workbench
  }

  /// Sets the flags, as `NAME: value` lines.
  func set(_ flags: String) throws {
    let text = flags.replacing(": ", with: "=")
    try Data(text.utf8).write(to: URL(filePath: path + "/repository/flags.env"))
  }

  /// Calls the program in the folder of the configuration.
  func call(_ arguments: String...) throws -> Ended { try call(arguments) }

  func call(_ arguments: [String]) throws -> Ended { try Self.run(BuiltProgram.path, arguments, in: path) }

  /// Names of the files of a folder, sorted.
  func names(in folder: String) throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }

  func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: name))) }

  /// What a store says that it holds, without the times.
  func listed(_ store: String) throws -> Ended { try call("list", "--store", store, "--format", "json") }

  private static func run(_ program: String, _ arguments: [String], in folder: String) throws -> Ended {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder, "LC_ALL": "C"]
    process.standardInput = FileHandle.nullDevice
    let errors = folder + "/.errors"
    guard FileManager.default.createFile(atPath: errors, contents: nil) else { throw TemporaryFolder.Failure(code: 1) }
    process.standardError = try FileHandle(forWritingTo: URL(filePath: errors))
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let said = try Data(contentsOf: URL(filePath: errors))
    let status = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    return Ended(status: status, output: String(decoding: bytes, as: UTF8.self), errors: String(decoding: said, as: UTF8.self))
  }
}
