import CCurl

/// Sets libcurl up once for the process.
enum LibCurlInitialization {
  /// The result of curl_global_init(3), which must run once before any other thread uses libcurl.
  static let result: CURLcode = curl_global_init(Int(CURL_GLOBAL_DEFAULT))
}
