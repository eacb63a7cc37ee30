import CCurl

/// A request's headers in libcurl's own list, which it reads until the transfer ends.
struct HeaderList: ~Copyable {
  let pointer: UnsafeMutablePointer<curl_slist>?

  /// The headers must have passed `TransferRequest.check()`.
  init(_ headers: [(name: String, value: String)]) throws(CurlError) {
    var list: UnsafeMutablePointer<curl_slist>?
    for line in Self.lines(headers) {
      guard let longer = curl_slist_append(list, line) else {
        curl_slist_free_all(list)
        throw CurlError(CURLE_OUT_OF_MEMORY)
      }
      list = longer
    }
    pointer = list
  }

  deinit {
    curl_slist_free_all(pointer)
  }

  private static func lines(_ headers: [(name: String, value: String)]) -> [String] {
    let given = Set(headers.map { $0.name.lowercased() })
    // A name and a colon alone take away what libcurl would add by itself.
    let withheld = ["Accept", "Content-Type", "Expect", "User-Agent"].filter { !given.contains($0.lowercased()) }
    return withheld.map { "\($0):" }
      + headers.map { name, value in
        let isBlank = value.utf8.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        // CURLOPT_HTTPHEADER(3): a semicolon instead of the colon sends a header without a value.
        return isBlank ? "\(name);" : "\(name): \(value)"
      }
  }
}
