internal import Glibc
public import SideEffects
internal import Synchronization

/// Runs actors on one thread of its own, so that blocking C and its thread-local errors stay off the cooperative pool.
///
/// The thread ends when nobody holds the executor any more. An actor holds it, and a job holds its actor, so no job can come
/// after that.
public final class ThreadExecutor: SerialExecutor {
  private let inbox: JobInbox

  /// Starts the thread. Throws `no-thread` where the system allows no more threads.
  public init() throws(Failure) {
    let inbox = JobInbox()
    let raw = Unmanaged.passRetained(inbox).toOpaque()
    // Signals are for the thread that waits for them, and a new thread begins with the mask of the one that starts it.
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { raw in
        guard let raw else { return nil }
        Unmanaged<JobInbox>.fromOpaque(raw).takeRetainedValue().work()
        return nil
      }, raw)
    pthread_sigmask(SIG_SETMASK, &before, nil)
    guard status == 0 else {
      Unmanaged<JobInbox>.fromOpaque(raw).release()
      throw Failure(
        "no-thread", "no thread could be started: the system's error \(status)", advice: "Raise the limit of processes (ulimit -u).")
    }
    pthread_detach(thread)
    self.inbox = inbox
  }

  deinit { inbox.close() }

  public func enqueue(_ job: consuming ExecutorJob) {
    inbox.add(UnownedJob(job), for: self)
  }
}

/// The jobs that wait for a thread.
private final class JobInbox: Sendable {
  private struct State {
    // The executor is held until its job has run, since the job may release the last actor that holds it.
    var jobs: [(job: UnownedJob, executor: ThreadExecutor)] = []
    var isClosed = false
  }

  private let state = Mutex(State())
  private let ready = Semaphore()

  func add(_ job: UnownedJob, for executor: ThreadExecutor) {
    let wasEmpty = state.withLock { state in
      state.jobs.append((job, executor))
      return state.jobs.count == 1
    }
    if wasEmpty { ready.signal() }
  }

  func close() {
    state.withLock { $0.isClosed = true }
    ready.signal()
  }

  func work() {
    while true {
      ready.wait()
      let (jobs, isClosed) = state.withLock { state in
        defer { state.jobs = [] }
        return (state.jobs, state.isClosed)
      }
      for (job, executor) in jobs { job.runSynchronously(on: executor.asUnownedSerialExecutor()) }
      if isClosed { return }
    }
  }
}

/// A counter that a thread waits for (sem_overview(7)).
private final class Semaphore: Sendable {
  /// The semaphore must not move in memory; as a number its address is Sendable, which it may be, being made for threads.
  private let address: UInt

  init() {
    let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    sem_init(semaphore, 0, 0)
    address = UInt(bitPattern: semaphore)
  }

  deinit {
    guard let pointer else { return }
    sem_destroy(pointer)
    pointer.deallocate()
  }

  private var pointer: UnsafeMutablePointer<sem_t>? { UnsafeMutablePointer(bitPattern: address) }

  func signal() {
    if let pointer { sem_post(pointer) }
  }

  func wait() {
    guard let pointer else { return }
    while sem_wait(pointer) != 0, errno == EINTR {}
  }
}
