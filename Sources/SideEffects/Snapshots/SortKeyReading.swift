extension ResourceAddress {
  /// Reads an address back from its sort key; `labels` are those of its parents, or none where they are the parents' ids.
  ///
  /// Nil unless the key is one that `sortKey` writes.
  init?(watch: Text, kind: Text, sortKey key: ArraySlice<UInt8>, labels: [Text]) {
    var parts: [Text] = []
    for part in key.split(separator: 0x1f, omittingEmptySubsequences: false) {
      guard let text = Self.unescaped(part) else { return nil }
      parts.append(text)
    }
    guard parts.count % 2 == 1, labels.isEmpty || labels.count == parts.count / 2 else { return nil }
    let steps = (0..<parts.count / 2).map { index in
      Scope.Step(list: parts[2 * index + 1], id: parts[2 * index + 2], label: labels.isEmpty ? nil : labels[index])
    }
    self.init(watch: watch, kind: kind, id: parts[0], scope: Scope(steps))
    // One address has one key: another spelling of it would stand elsewhere in the order.
    guard sortKey.string.utf8.elementsEqual(key) else { return nil }
  }

  private static func unescaped(_ part: ArraySlice<UInt8>) -> Text? {
    var bytes: [UInt8] = []
    var rest = part
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard rest.count >= 2, let escaped = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else { return nil }
      bytes.append(escaped)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self).map { Text($0) }
  }
}
