import CCurl
import Glibc

/// libcurl's easy handle: one transfer at a time, any number of them one after the other.
struct EasyHandle: ~Copyable {
  let pointer: UnsafeMutableRawPointer
  /// CURLOPT_ERRORBUFFER: libcurl writes its own words for a failure here.
  private let errorText: UnsafeMutableBufferPointer<CChar>
  private var headers: HeaderList?

  init() throws(CurlError) {
    guard let pointer = curl_easy_init() else { throw CurlError(CURLE_OUT_OF_MEMORY) }
    self.pointer = pointer
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0)
  }

  deinit {
    curl_easy_cleanup(pointer)
    errorText.deallocate()
  }

  /// Forgets the last request; connections, names and TLS sessions that are known stay known.
  mutating func reset() {
    curl_easy_reset(pointer)
    errorText.update(repeating: 0)
    headers = nil
  }

  /// Sets all up for a request that has passed its check. The two functions get `receiver` as their last argument.
  mutating func prepare(
    _ request: TransferRequest, to origin: TransferOrigin, receiver: UnsafeMutableRawPointer,
    onHeaderLine: @escaping curl_write_callback, onBody: @escaping curl_write_callback
  ) throws(CurlError) {
    try check(curl_easy_set_bytes(pointer, CURLOPT_ERRORBUFFER, errorText.baseAddress))
    try set(CURLOPT_URL, request.url)
    try set(CURLOPT_PATH_AS_IS, 1)
    try set(CURLOPT_PROTOCOLS_STR, "http,https")
    try set(CURLOPT_FOLLOWLOCATION, 0)
    try set(CURLOPT_ACCEPT_ENCODING, "")
    try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    // The proxies of the environment lead away from this machine.
    if origin.isLoopback { try set(CURLOPT_NOPROXY, "*") }
    if !request.isRead { try set(CURLOPT_FRESH_CONNECT, 1) }
    try prepareProcess()
    try prepareTLS(certificateAuthority: request.certificateAuthority)
    try prepareLimits(request.limits)
    try prepareMethod(of: request)
    let list = try HeaderList(request.headers)
    try check(curl_easy_set_list(pointer, CURLOPT_HTTPHEADER, list.pointer))
    headers = consume list
    try check(curl_easy_set_receiver(pointer, CURLOPT_HEADERFUNCTION, onHeaderLine))
    try check(curl_easy_set_pointer(pointer, CURLOPT_HEADERDATA, receiver))
    try check(curl_easy_set_receiver(pointer, CURLOPT_WRITEFUNCTION, onBody))
    try check(curl_easy_set_pointer(pointer, CURLOPT_WRITEDATA, receiver))
  }

  /// What keeps a transfer from touching the rest of the process.
  private func prepareProcess() throws(CurlError) {
    try set(CURLOPT_NOSIGNAL, 1)
    // A name that isn't resolved yet when its transfer is given up would hold up all others until the resolver ends.
    try set(CURLOPT_QUICK_EXIT, 1)
    // The command that `run` starts must not inherit our connections.
    try check(
      curl_easy_set_socket_opener(pointer) { _, _, address in
        guard let address = address?.pointee else { return -1 }
        return socket(address.family, address.socktype | Int32(SOCK_CLOEXEC.rawValue), address.protocol)
      })
  }

  private func prepareTLS(certificateAuthority: String?) throws(CurlError) {
    try set(CURLOPT_SSL_VERIFYPEER, 1)
    try set(CURLOPT_SSL_VERIFYHOST, 2)
    try set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    if let certificateAuthority {
      try set(CURLOPT_CAINFO, certificateAuthority)
      // Without this the system's folder of authorities would be trusted as well.
      try check(curl_easy_set_text(pointer, CURLOPT_CAPATH, nil))
    }
  }

  private func prepareLimits(_ limits: TransferLimits) throws(CurlError) {
    try set(CURLOPT_CONNECTTIMEOUT_MS, limits.connect.wholeMilliseconds)
    try set(CURLOPT_TIMEOUT_MS, limits.total.wholeMilliseconds)
    try set(CURLOPT_LOW_SPEED_LIMIT, 1)
    try set(CURLOPT_LOW_SPEED_TIME, (limits.stall.wholeMilliseconds + 999) / 1000)
  }

  private func prepareMethod(of request: TransferRequest) throws(CurlError) {
    // RFC 9110, section 8.6: a method that anticipates content says how much there is, also when there is none.
    let body = request.body ?? (["POST", "PUT", "PATCH"].contains(request.method) ? [] : nil)
    if request.method == "HEAD" {
      try set(CURLOPT_NOBODY, 1)
    } else if let body {
      try check(curl_easy_set_offset(pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)))
      let result =
        body.isEmpty
        ? curl_easy_set_text(pointer, CURLOPT_COPYPOSTFIELDS, "")
        : body.withUnsafeBytes { curl_easy_set_bytes(pointer, CURLOPT_COPYPOSTFIELDS, $0.baseAddress) }
      try check(result)
    }
    if request.method != "HEAD" { try set(CURLOPT_CUSTOMREQUEST, request.method) }
  }

  /// The status of the final response; 0 when none arrived.
  var status: Int {
    var value = 0
    return curl_easy_get_long(pointer, CURLINFO_RESPONSE_CODE, &value) == CURLE_OK ? value : 0
  }

  var effectiveURL: String? {
    var text: UnsafePointer<CChar>?
    guard curl_easy_get_text(pointer, CURLINFO_EFFECTIVE_URL, &text) == CURLE_OK, let text else { return nil }
    return String(cString: text)
  }

  /// libcurl's own words for the failure of the last transfer; `nil` when it had none.
  var failureMessage: String? {
    guard let start = errorText.baseAddress, start.pointee != 0 else { return nil }
    return String(cString: start)
  }

  private func set(_ option: CURLoption, _ value: Int) throws(CurlError) {
    try check(curl_easy_set_long(pointer, option, value))
  }

  private func set(_ option: CURLoption, _ value: String) throws(CurlError) {
    try check(curl_easy_set_text(pointer, option, value))
  }

  private func check(_ result: CURLcode) throws(CurlError) {
    guard result == CURLE_OK else { throw CurlError(result) }
  }
}

extension Duration {
  /// At least 1: libcurl takes 0 for "no limit".
  fileprivate var wholeMilliseconds: Int {
    max(1, Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000))
  }
}
