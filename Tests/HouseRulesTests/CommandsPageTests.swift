import ArgumentParser
import Foundation
import Testing

@testable import audit_residue

/// `docs/commands.md` against the program itself.
@Suite("The page about the commands")
struct CommandsPageTests {
  static let shared = "Options of all commands"

  @Test("has a section for each command, with each of its options and arguments, and no other option")
  func commands() throws {
    let page = try Page("docs/commands.md")
    let leaves = try ProgramHelp.ask().command.leaves()
    #expect(leaves.count > 10)
    let common = Set(Self.common(leaves))
    for (words, command) in leaves {
      let section = try page.section("`\(words.joined(separator: " "))`")
      let own = (command.arguments ?? []).filter { $0.kind != "positional" }.flatMap(\.spellings).filter { !common.contains($0) }
      for option in own { #expect(Self.names(section, option), "\(words): `\(option)` is missing") }
      let known = common.union(own)
      for option in Self.options(in: section) { #expect(known.contains(option), "\(words): there is no `\(option)`") }
      for argument in command.arguments ?? [] where argument.kind == "positional" {
        let name = argument.valueName?.uppercased() ?? ""
        #expect(section.uppercased().contains(name), "\(words): the argument \(name) is missing")
      }
    }
    for heading in page.headings where heading.hasPrefix("`audit-residue ") {
      #expect(leaves.contains { "`\($0.words.joined(separator: " "))`" == heading }, "there is no command \(heading)")
    }
  }

  @Test("has the options that all commands take in one table")
  func sharedOptions() throws {
    let section = try Page("docs/commands.md").section(Self.shared)
    let common = try Self.common(ProgramHelp.ask().command.leaves())
    #expect(common.contains("--config"))
    for option in common { #expect(Self.names(section, option), "`\(option)` is missing") }
    for option in Self.options(in: section) { #expect(common.contains(option), "there is no `\(option)`") }
  }

  @Test("says with which statuses each command ends")
  func statuses() throws {
    let page = try Page("docs/commands.md")
    for (words, command) in Self.commands(AuditResidue.self, after: ["audit-residue"]) {
      let statuses = audit_residue.ExitStatus.rows(for: command.family).map { $0.status == "own" ? "its command's own" : "`\($0.status)`" }
        .joined(separator: ", ")
      let section = try page.section("`\(words.joined(separator: " "))`")
      #expect(section.contains("Ends with \(statuses)."), "\(words): write `Ends with \(statuses).`")
    }
  }

  /// The options of every command.
  private static func common(_ leaves: [(words: [String], command: ProgramHelp.Command)]) -> [String] {
    let all = leaves.map { leaf in (leaf.command.arguments ?? []).filter { $0.kind != "positional" }.flatMap(\.spellings) }
    guard let first = all.first else { return [] }
    return first.filter { option in all.allSatisfy { $0.contains(option) } }
  }

  private static func names(_ text: String, _ option: String) -> Bool { options(in: text).contains(option) }

  /// What stands in code and begins with a hyphen; what follows ` -- ` is another program's.
  static func options(in text: String) -> Set<String> {
    let code = text.matches(of: #/`([^`\n]+)`/#).map { String($0.output.1) }
    return Set(
      code.flatMap { span in
        (span.firstRange(of: " -- ").map { String(span[..<$0.lowerBound]) } ?? span)
          .matches(of: #/(?:^|[\s\[(])(--?[A-Za-z][\w-]*)/#).map { String($0.output.1) }
      })
  }

  private static func commands(_ type: any ParsableCommand.Type, after words: [String]) -> [(
    words: [String], command: any SessionCommand.Type
  )] {
    if let command = type as? any SessionCommand.Type { return [(words, command)] }
    return type.configuration.subcommands.flatMap { commands($0, after: words + [$0.configuration.commandName ?? ""]) }
  }
}
