import ArgumentParser
import SideEffects

/// `NAME=env:VARIABLE` or `NAME=file:PATH`: where a secret comes from that a step asks for. A secret itself never stands in the arguments.
struct AskedSecret: ExpressibleByArgument, Sendable {
  /// What the step calls it; with the step's number and a point before it, for that step alone.
  let name: Text
  let reference: SecretReference

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    let source = parts[1].split(separator: ":", maxSplits: 1).map(String.init)
    guard source.count == 2, !source[1].isEmpty else { return nil }
    switch source[0] {
    case "env": reference = .environment(Text(source[1]))
    case "file": reference = .file(Text(source[1]))
    default: return nil
    }
    name = Text(parts[0])
  }

  func fits(_ name: Text, of step: Int) -> Bool { self.name == name || self.name == Text("\(step).\(name)") }
}
