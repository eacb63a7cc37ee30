import Synchronization

/// What tasks tell the thread, in order.
final class CurlInbox: Sendable {
  enum Message: Sendable {
    case start(TransferOrder)
    case cancel(TransferOrder.Ticket)
  }

  private struct State {
    var messages: [Message] = []
    var closed: CurlError?
  }

  private let state = Mutex(State())
  let wakeUp = WakeUp()

  /// Leaves a message; the error says why nobody will read it any more.
  func post(_ message: Message) throws(CurlError) {
    let closed = state.withLock { state in
      if state.closed == nil { state.messages.append(message) }
      return state.closed
    }
    if let closed { throw closed }
    wakeUp.ring()
  }

  /// Takes all messages and, once the inbox is closed, the reason. What it returns with a reason is the last there will be.
  func takeAll() -> (messages: [Message], closed: CurlError?) {
    wakeUp.reset()
    return state.withLock { state in
      defer { state.messages = [] }
      return (state.messages, state.closed)
    }
  }

  /// Refuses all messages from now on; the first reason stays.
  func close(because reason: CurlError) {
    state.withLock { $0.closed = $0.closed ?? reason }
    wakeUp.ring()
  }
}
