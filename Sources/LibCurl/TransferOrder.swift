import Synchronization

/// A request on its way to the thread, with the task that waits for it.
struct TransferOrder: Sendable {
  typealias Outcome = Result<TransferResponse, CurlError>

  let request: TransferRequest
  let origin: TransferOrigin
  let ticket: Ticket
  private let continuation: CheckedContinuation<Outcome, Never>

  init(request: TransferRequest, origin: TransferOrigin, ticket: Ticket, continuation: CheckedContinuation<Outcome, Never>) {
    (self.request, self.origin, self.ticket, self.continuation) = (request, origin, ticket, continuation)
  }

  /// Lets the waiting task go on. Whoever calls this has taken the order out of every table first: it may happen only once.
  func end(_ outcome: Outcome) {
    continuation.resume(returning: outcome)
  }

  /// What a task and the thread both know of a transfer: its identity, and whether the task has given up.
  ///
  /// The flag is set before the message about it is posted, since that message may overtake the order itself.
  final class Ticket: Sendable {
    private let cancelled = Atomic(false)

    var isCancelled: Bool { cancelled.load(ordering: .acquiring) }

    func cancel() {
      cancelled.store(true, ordering: .releasing)
    }
  }
}
