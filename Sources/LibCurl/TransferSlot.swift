import CCurl

/// A place for one transfer at a time: its handle, its order, what has arrived of the response.
final class TransferSlot {
  private var easy: EasyHandle
  private(set) var order: TransferOrder?
  private var incoming = IncomingResponse(limits: .standard)

  init() throws(CurlError) {
    easy = try EasyHandle()
  }

  var pointer: UnsafeMutableRawPointer { easy.pointer }

  /// Makes the handle ready for an order. The slot must live until `takeOrder()`: libcurl calls back into it.
  func prepare(_ order: TransferOrder) throws(CurlError) {
    incoming = IncomingResponse(limits: order.request.limits)
    try easy.prepare(
      order.request, to: order.origin, receiver: Unmanaged.passUnretained(self).toOpaque(),
      onHeaderLine: { start, size, count, slot in
        TransferSlot.receive(start, size * count, slot) { $0.incoming.receive(headerLine: $1) }
      },
      onBody: { start, size, count, slot in
        TransferSlot.receive(start, size * count, slot) { $0.incoming.receive(body: $1) }
      })
    self.order = order
  }

  /// Empties the slot for the next transfer.
  func takeOrder() -> TransferOrder? {
    defer {
      easy.reset()
      (order, incoming) = (nil, IncomingResponse(limits: .standard))
    }
    return order
  }

  /// What came of the transfer that ended with libcurl's `result`.
  func outcome(_ result: CURLcode) -> TransferOrder.Outcome {
    if let refusal = incoming.refusal { return .failure(refusal) }
    guard result == CURLE_OK else { return .failure(failure(result)) }
    return .success(
      TransferResponse(
        status: easy.status, headers: incoming.headers, body: incoming.body, effectiveURL: easy.effectiveURL ?? order?.request.url ?? ""))
  }

  private func failure(_ result: CURLcode) -> CurlError {
    let error = namedFailure(result)
    guard error.code == .cutShort, !incoming.hasBegun else { return error }
    return CurlError(code: .dropped, message: error.message)
  }

  private func namedFailure(_ result: CURLcode) -> CurlError {
    // libcurl keeps a header line in a buffer of 100 KiB and calls it "out of memory" when one is longer.
    if result == CURLE_OUT_OF_MEMORY, incoming.isInHeaders {
      return CurlError(code: .headersTooLarge, message: "A header line of the response is longer than libcurl takes (100 KiB).")
    }
    guard let message = easy.failureMessage, let request = order?.request, !request.mayHaveLeaked(into: message) else {
      return CurlError(result)
    }
    return CurlError(result, message: message)
  }

  /// libcurl takes any number but the given count for a refusal.
  private static func receive(
    _ start: UnsafeMutablePointer<CChar>?, _ count: Int, _ slot: UnsafeMutableRawPointer?,
    _ take: (TransferSlot, UnsafeRawBufferPointer) -> Bool
  ) -> Int {
    guard count > 0 else { return 0 }
    guard let slot else { return 0 }
    let piece = UnsafeRawBufferPointer(start: start, count: count)
    return take(Unmanaged<TransferSlot>.fromOpaque(slot).takeUnretainedValue(), piece) ? count : 0
  }
}

extension TransferRequest {
  /// Whether a message repeats anything of the request that may be secret: the URL after its host, or a header's value.
  fileprivate func mayHaveLeaked(into message: String) -> Bool {
    let afterScheme = url.split(separator: "://", maxSplits: 1).last ?? ""
    let target = afterScheme.drop { !"/?#".contains($0) }
    let pieces = target.split { "/?#&=".contains($0) } + headers.flatMap { $0.value.split(separator: " ") }
    return pieces.contains { $0.count >= 6 && message.contains($0) }
  }
}
