import CCurl

/// What the thread does: takes messages, moves transfers on, resumes those who wait. Nothing here is seen by another thread.
struct CurlLoop: ~Copyable {
  private let inbox: CurlInbox
  private let multi: MultiHandle
  private let maximumConcurrentTransfers: Int
  private var queue: TransferQueue
  private var running: [UnsafeMutableRawPointer: TransferSlot] = [:]
  private var idle: [TransferSlot] = []

  init(inbox: CurlInbox, maximumConcurrentTransfers: Int, connectionsPerHost: Int) throws(CurlError) {
    self.inbox = inbox
    self.maximumConcurrentTransfers = max(1, maximumConcurrentTransfers)
    multi = try MultiHandle(idleConnections: self.maximumConcurrentTransfers)
    queue = TransferQueue(perOrigin: max(1, connectionsPerHost))
  }

  /// Runs until the inbox is closed; on return nobody waits any more.
  mutating func run() {
    do throws(CurlError) {
      while true {
        let (messages, closed) = inbox.takeAll()
        for message in messages { try handle(message) }
        if let closed { return endAll(closed) }
        startWaiting()
        try multi.perform()
        while let ended = multi.nextEnded() {
          try end(ended.easy) { $0.outcome(ended.result) }
        }
        startWaiting()
        try multi.wait(for: inbox.wakeUp.descriptor)
      }
    } catch {
      inbox.close(because: error)
      for case .start(let order) in inbox.takeAll().messages { queue.add(order) }
      endAll(error)
    }
  }

  private mutating func handle(_ message: CurlInbox.Message) throws(CurlError) {
    switch message {
    case .start(let order):
      if order.ticket.isCancelled {
        order.end(.failure(.taskCancelled))
      } else {
        queue.add(order)
      }
    case .cancel(let ticket):
      if let order = queue.remove(ticket) {
        order.end(.failure(.taskCancelled))
      } else if let slot = running.values.first(where: { $0.order?.ticket === ticket }) {
        try end(slot.pointer) { _ in .failure(.taskCancelled) }
      }
    }
  }

  /// Starts as many as there are places for.
  private mutating func startWaiting() {
    while running.count < maximumConcurrentTransfers, let order = queue.next() {
      do throws(CurlError) {
        try start(order)
      } catch {
        queue.ended(order.origin)
        order.end(.failure(error))
      }
    }
  }

  /// A slot in which anything fails is not used again.
  private mutating func start(_ order: TransferOrder) throws(CurlError) {
    let slot = if let slot = idle.popLast() { slot } else { try TransferSlot() }
    try slot.prepare(order)
    try multi.add(slot.pointer)
    running[slot.pointer] = slot
  }

  private mutating func end(
    _ easy: UnsafeMutableRawPointer, _ outcome: (TransferSlot) -> TransferOrder.Outcome
  ) throws(CurlError) {
    guard let slot = running.removeValue(forKey: easy) else { return }
    let outcome = outcome(slot)
    defer {
      if let order = slot.takeOrder() {
        queue.ended(order.origin)
        order.end(outcome)
      }
    }
    try multi.remove(easy)
    idle.append(slot)
  }

  private mutating func endAll(_ error: CurlError) {
    for easy in Array(running.keys) {
      do throws(CurlError) {
        try end(easy) { _ in .failure(error) }
      } catch {
        // The order has its outcome; a multi handle that can't let go of a transfer is freed next.
        continue
      }
    }
    for order in queue.removeAll() { order.end(.failure(error)) }
  }
}
