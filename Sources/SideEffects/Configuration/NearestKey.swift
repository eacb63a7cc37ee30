/// Finds what a misspelled key was meant to be.
public enum NearestKey {
  /// The known key at the smallest distance, where that is small for its length; of equals the first in the order given.
  public static func of(_ key: String, among known: [String]) -> String? {
    let written = Array(key.lowercased().utf8)
    var best: (key: String, distance: Int)?
    for candidate in known {
      let distance = editDistance(written, Array(candidate.lowercased().utf8))
      guard distance <= max(1, candidate.utf8.count / 3), distance < best?.distance ?? .max else { continue }
      best = (candidate, distance)
    }
    return best?.key
  }

  /// The optimal string alignment distance: insertions, deletions, replacements, and neighbours swapped.
  static func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    var older: [Int] = []
    var previous = Array(0...b.count)
    for i in 1...a.count {
      var current = [i]
      for j in 1...b.count {
        var distance = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { distance = min(distance, older[j - 2] + 1) }
        current.append(distance)
      }
      (older, previous) = (previous, current)
    }
    return previous[b.count]
  }
}
