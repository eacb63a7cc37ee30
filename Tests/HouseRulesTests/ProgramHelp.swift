import Foundation

/// The commands and options that the built program itself tells of.
struct ProgramHelp: Decodable {
  struct Command: Decodable {
    let commandName: String
    let abstract: String?
    let subcommands: [Command]?
    let arguments: [Argument]?

    /// Every command below, groups left out, each with the words that call it.
    func leaves(after words: [String] = []) -> [(words: [String], command: Command)] {
      let own = words + [commandName]
      let below = (subcommands ?? []).filter { $0.commandName != "help" }
      return below.isEmpty ? [(own, self)] : below.flatMap { $0.leaves(after: own) }
    }
  }

  struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String

      var spelled: String { kind == "long" ? "--\(name)" : "-\(name)" }
    }

    let kind: String
    let names: [Name]?
    let valueName: String?
    let abstract: String?

    /// `--format`, `-o`; for a positional argument none.
    var spellings: [String] { (names ?? []).map(\.spelled) }
  }

  let command: Command

  /// What the program that was built beside the tests says.
  static func ask() throws -> ProgramHelp {
    try JSONDecoder().decode(ProgramHelp.self, from: output(of: ["--experimental-dump-help"]))
  }

  /// All that the program prints on standard output.
  static func output(of arguments: [String]) throws -> Data {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = try URL(filePath: FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      .deletingLastPathComponent().appending(path: "audit-residue")
    process.arguments = arguments
    process.standardOutput = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return data
  }
}
