import Glibc
import Synchronization

/// Carries HTTP requests on one thread of its own, so that libcurl never blocks the tasks that wait for it.
///
/// Only that thread touches libcurl and only it resumes those who wait, each once: with a response, an error, or the cancellation.
/// Proxies are taken from the environment as curl(1) takes them, except for loopback hosts. There are no redirects, cookies or netrc.
public final class CurlThread: Sendable {
  private let inbox = CurlInbox()
  private let thread: Mutex<pthread_t?>

  /// Starts the thread.
  ///
  /// - Parameters:
  ///   - maximumConcurrentTransfers: how many transfers run at a time; the others wait for their turn.
  ///   - connectionsPerHost: how many of them go to one scheme, host and port, so that a server that never answers leaves room for others.
  public init(maximumConcurrentTransfers: Int = 16, connectionsPerHost: Int = 8) {
    let beginning = Beginning(
      inbox: inbox, maximumConcurrentTransfers: maximumConcurrentTransfers, connectionsPerHost: connectionsPerHost)
    thread = Mutex(beginning.start())
  }

  deinit {
    close()
  }

  /// Sends a request and waits for its whole response. Any status is a response, not an error.
  ///
  /// A task that is cancelled while it waits gets `CurlError.Code.cancelled` at once, and its connection is closed.
  public func send(_ request: TransferRequest) async throws(CurlError) -> TransferResponse {
    try request.check()
    let origin = try TransferOrigin(url: request.url)
    let ticket = TransferOrder.Ticket()
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let order = TransferOrder(request: request, origin: origin, ticket: ticket, continuation: continuation)
        do throws(CurlError) {
          try inbox.post(.start(order))
        } catch {
          order.end(.failure(error))
        }
      }
    } onCancel: {
      ticket.cancel()
      // A closed inbox has ended the transfer already.
      try? inbox.post(.cancel(ticket))
    }
    return try outcome.get()
  }

  /// Ends the thread: transfers under way and all later ones get `CurlError.Code.cancelled`.
  ///
  /// When it returns, which takes milliseconds, all connections are closed. May be called any number of times.
  public func close() {
    inbox.close(because: .threadClosed)
    thread.withLock { thread in
      if let thread { pthread_join(thread, nil) }
      thread = nil
    }
  }
}

/// What the new thread is given.
private final class Beginning: Sendable {
  private let inbox: CurlInbox
  private let maximumConcurrentTransfers, connectionsPerHost: Int

  init(inbox: CurlInbox, maximumConcurrentTransfers: Int, connectionsPerHost: Int) {
    self.inbox = inbox
    (self.maximumConcurrentTransfers, self.connectionsPerHost) = (maximumConcurrentTransfers, connectionsPerHost)
  }

  /// `nil` when the system gives no thread; the inbox then says so to all who ask.
  func start() -> pthread_t? {
    guard inbox.wakeUp.descriptor >= 0 else {
      inbox.close(because: CurlError(code: .other(errno), message: "No descriptor is left to wake the transfer thread with."))
      return nil
    }
    let passed = Unmanaged.passRetained(self)
    var thread = pthread_t()
    let result = pthread_create(
      &thread, nil,
      { passed in
        guard let passed else { return nil }
        Unmanaged<Beginning>.fromOpaque(passed).takeRetainedValue().run()
        return nil
      }, passed.toOpaque())
    guard result == 0 else {
      passed.release()
      inbox.close(
        because: CurlError(code: .other(result), message: "The transfer thread can't be started: \(String(cString: strerror(result)))."))
      return nil
    }
    return thread
  }

  private func run() {
    // Signals belong to the threads that wait for them, and a TLS library's write may raise SIGPIPE.
    var all = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_BLOCK, &all, nil)
    do throws(CurlError) {
      var loop = try CurlLoop(
        inbox: inbox, maximumConcurrentTransfers: maximumConcurrentTransfers, connectionsPerHost: connectionsPerHost)
      loop.run()
    } catch {
      inbox.close(because: error)
      for case .start(let order) in inbox.takeAll().messages { order.end(.failure(error)) }
    }
  }
}
