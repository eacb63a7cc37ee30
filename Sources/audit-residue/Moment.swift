import ArgumentParser
import SideEffects

/// A time in arguments: RFC 3339, a day, or an age such as `2h` or `3d`. UTC unless a zone is told.
struct Moment: ExpressibleByArgument, Sendable {
  private enum Kind {
    case instant(Instant)
    /// In seconds.
    case age(Int64)
  }

  private let kind: Kind

  init?(argument: String) {
    let units: [Character: Int64] = ["m": 60, "h": 3_600, "d": 86_400]
    if let unit = argument.last.flatMap({ units[$0] }), let number = Int64(argument.dropLast()), (1...100_000).contains(number) {
      kind = .age(number * unit)
    } else if let instant = Instant(told: argument) {
      kind = .instant(instant)
    } else {
      return nil
    }
  }

  /// The moment that is meant, seen from now.
  func instant(from now: Instant) -> Instant {
    switch kind {
    case .instant(let instant): instant
    case .age(let seconds): Instant(seconds: now.seconds - seconds)
    }
  }
}

/// `WATCH=REVISION`: what a repository was before.
struct SinceRevision: ExpressibleByArgument, Sendable {
  let watch: Text
  let revision: Text

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, !parts[1].isEmpty else { return nil }
    (watch, revision) = (Text(parts[0]), Text(parts[1]))
  }
}
