import CCurl

/// libcurl's multi handle: carries many transfers on one thread.
struct MultiHandle: ~Copyable {
  private let pointer: UnsafeMutableRawPointer

  /// Keeps at most `idleConnections` connections open for later transfers.
  init(idleConnections: Int) throws(CurlError) {
    guard LibCurlInitialization.result == CURLE_OK else { throw CurlError(LibCurlInitialization.result) }
    guard let pointer = curl_multi_init() else { throw CurlError(CURLE_OUT_OF_MEMORY) }
    let result = curl_multi_set_long(pointer, CURLMOPT_MAXCONNECTS, idleConnections)
    guard result == CURLM_OK else {
      curl_multi_cleanup(pointer)
      throw CurlError(result)
    }
    self.pointer = pointer
  }

  deinit {
    curl_multi_cleanup(pointer)
  }

  func add(_ easy: UnsafeMutableRawPointer) throws(CurlError) {
    try check(curl_multi_add_handle(pointer, easy))
  }

  /// Takes a transfer out, whether it has ended or not; one that hasn't loses its connection.
  func remove(_ easy: UnsafeMutableRawPointer) throws(CurlError) {
    try check(curl_multi_remove_handle(pointer, easy))
  }

  /// Moves all transfers on as far as they go without waiting.
  func perform() throws(CurlError) {
    var running: Int32 = 0
    try check(curl_multi_perform(pointer, &running))
  }

  /// The next transfer that has ended since `perform()`.
  func nextEnded() -> (easy: UnsafeMutableRawPointer, result: CURLcode)? {
    var easy: UnsafeMutableRawPointer?
    var result = CURLE_OK
    guard curl_multi_next_ended(pointer, &easy, &result), let easy else { return nil }
    return (easy, result)
  }

  /// Waits until a transfer can go on or `descriptor` is readable, for at most a minute.
  func wait(for descriptor: Int32) throws(CurlError) {
    var other = curl_waitfd(fd: descriptor, events: Int16(CURL_WAIT_POLLIN), revents: 0)
    try check(curl_multi_poll(pointer, &other, 1, 60_000, nil))
  }

  private func check(_ result: CURLMcode) throws(CurlError) {
    guard result == CURLM_OK else { throw CurlError(result) }
  }
}
