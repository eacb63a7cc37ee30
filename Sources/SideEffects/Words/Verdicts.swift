/// What some verdicts say together, of which each may be nil: it can't be told.
extension Sequence {
  /// False where one is, else nil where one can't be told. Asks no further than the first that is false.
  func allHold(_ verdict: (Element) -> Bool?) -> Bool? {
    var isKnown = true
    for element in self {
      switch verdict(element) {
      case true?: continue
      case false?: return false
      case nil: isKnown = false
      }
    }
    return isKnown ? true : nil
  }

  /// True where one is, else nil where one can't be told. Asks no further than the first that is true.
  func anyHolds(_ verdict: (Element) -> Bool?) -> Bool? { allHold { verdict($0).map { !$0 } }.map { !$0 } }
}
