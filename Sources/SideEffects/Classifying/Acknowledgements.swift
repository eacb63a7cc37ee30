/// The blind spots that a configuration knows of, on one day.
struct Acknowledgements {
  private let known: [Acknowledgement]
  /// One for each that has ended.
  let remarks: [Diagnostic]

  init(_ acknowledgements: [Acknowledgement], file: Text, today: Instant) {
    let day = Text(today.day)
    known = acknowledgements.filter { entry in entry.until.map { day <= $0 } ?? true }
    remarks = acknowledgements.compactMap { entry in
      guard let until = entry.until, until < day else { return nil }
      return Diagnostic(
        "acknowledgement-expired", "this acknowledgement of `\(entry.code)` (\(entry.because)) ended on \(until)",
        advice: "look at it again, then take it out or give it another `until`", place: .file(file, line: entry.line, column: 0))
    }
  }

  /// The blind spot itself, or the same as an acknowledged one. Only its own code counts: tomorrow's failure of the same listing is not known.
  func applied(to spot: BlindSpot) -> BlindSpot {
    let entry = known.first { entry in
      WatchTarget.fits(spot.watch, entry.watch) && entry.code == spot.code
        && (entry.kind.map { Glob.fits(name: spot.kind.string, $0.string) } ?? true)
    }
    guard let entry else { return spot }
    return spot.acknowledged(BlindSpot.Acknowledged(because: entry.because, until: entry.until))
  }
}
