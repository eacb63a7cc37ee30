internal import CPCRE2

/// A capture's name, and the numbers of the groups that bear it.
struct CaptureName: Sendable {
  let name: String
  /// Several where the pattern allows duplicate names, as `(?J)` and `(?|` do; at most one of them is usually set.
  let groups: [Int]

  /// All names of a compiled pattern in order of their groups.
  static func all(of code: OpaquePointer) -> [CaptureName] {
    var count: UInt32 = 0
    var size: UInt32 = 0
    var table: UnsafePointer<UInt8>?
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMECOUNT), &count)
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMEENTRYSIZE), &size)
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMETABLE), &table)
    guard let table, count > 0 else { return [] }
    // pcre2api(3), "Information about a compiled pattern": two bytes of group number, most significant first, then the
    // name and a zero, in entries of equal size that are sorted by name.
    let entries = (0..<Int(count)).map { index in
      let entry = UnsafeBufferPointer(start: table + index * Int(size), count: Int(size))
      let name = entry.dropFirst(2).prefix { $0 != 0 }
      return (name: String(decoding: name, as: UTF8.self), group: Int(entry[0]) << 8 | Int(entry[1]))
    }
    var names: [CaptureName] = []
    for entry in entries.sorted(by: { $0.group < $1.group }) {
      if let known = names.firstIndex(where: { $0.name == entry.name }) {
        names[known] = CaptureName(name: entry.name, groups: names[known].groups + [entry.group])
      } else {
        names.append(CaptureName(name: entry.name, groups: [entry.group]))
      }
    }
    return names
  }
}
