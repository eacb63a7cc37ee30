import ArgumentParser

/// What turns a command's success into a failure of `run`.
struct FailOn: OptionSet, ExpressibleByArgument, Sendable {
  let rawValue: Int

  static let residue = FailOn(rawValue: 1)
  static let blind = FailOn(rawValue: 2)

  init(rawValue: Int) { self.rawValue = rawValue }

  /// Reads `residue`, `blind`, or both with a comma between.
  init?(argument: String) {
    self = []
    for word in argument.split(separator: ",", omittingEmptySubsequences: false) {
      switch word {
      case "residue": insert(.residue)
      case "blind": insert(.blind)
      default: return nil
      }
    }
  }
}

/// A time to wait, such as `30s`, `2m` or `1h`.
struct Wait: ExpressibleByArgument, Sendable {
  let duration: Duration

  init?(argument: String) {
    guard let unit = argument.last, let number = Int64(argument.dropLast()), (1...86_400).contains(number) else { return nil }
    switch unit {
    case "s": duration = .seconds(number)
    case "m": duration = .seconds(number * 60)
    case "h": duration = .seconds(number * 3_600)
    default: return nil
    }
  }
}
