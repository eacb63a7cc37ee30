internal import SideEffects
internal import Synchronization

/// Lets those who would do the same work go one after the other, so that each finds what the one before it has kept.
final class Turns: Sendable {
  private let waiting = Mutex<[Digest: [CheckedContinuation<Void, Never>]]>([:])

  /// Waits until nobody else has the turn of this key; whoever gets it must leave it.
  func take(_ key: Digest) async {
    await withCheckedContinuation { continuation in
      let isFree = waiting.withLock { waiting in
        if waiting[key] == nil {
          waiting[key] = []
          return true
        }
        waiting[key]?.append(continuation)
        return false
      }
      if isFree { continuation.resume() }
    }
  }

  func leave(_ key: Digest) {
    let next = waiting.withLock { waiting -> CheckedContinuation<Void, Never>? in
      guard waiting[key]?.isEmpty == false else {
        waiting[key] = nil
        return nil
      }
      return waiting[key]?.removeFirst()
    }
    next?.resume()
  }
}
