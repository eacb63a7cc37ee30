import ArgumentParser
import SideEffects

/// `WATCH=N`: how many deletions in a watch are right.
struct AllowedDeletions: ExpressibleByArgument, Sendable {
  let watch: Text
  let count: Int

  init?(argument: String) {
    guard let equals = argument.lastIndex(of: "="), let count = Int(argument[argument.index(after: equals)...]), count > 0 else {
      return nil
    }
    (watch, self.count) = (Text(String(argument[..<equals])), count)
  }
}
