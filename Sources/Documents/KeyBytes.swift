/// A key that compares by its bytes; Swift's strings compare by canonical equivalence.
struct KeyBytes: Hashable {
  let text: String

  init(_ text: String) {
    self.text = text
  }

  static func == (left: KeyBytes, right: KeyBytes) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

  func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
