internal import Crypto

/// What the files that leave a store have in common: a first line that says what follows, and a last line with the SHA-256
/// digest of all bytes before it.
enum PortableFile {
  static let trailer = "sha256 "

  static func lastLine(_ sum: SHA256) -> [UInt8] {
    Array("\(trailer)\(Digest(bytes: Array(sum.finalize()))?.description ?? "")\n".utf8)
  }

  static func damaged(_ problem: String) -> Failure {
    Failure("file-damaged", "this file can't be imported: \(problem)", advice: "take another copy of it")
  }

  static func newer(_ what: String) -> Failure {
    Failure("newer-version", "\(what) newer than this program", advice: "update audit-residue")
  }

  /// What reading a record gave, which speaks of stores, said of a file.
  static func reading<Value>(_ body: () throws(Failure) -> Value) throws(Failure) -> Value {
    do throws(Failure) {
      return try body()
    } catch {
      let first = error.diagnostics.first
      throw first.rule == "store-damaged" ? damaged(first.sentence.string) : error
    }
  }
}

/// A file that arrives in pieces, read line by line, with the sum of what was read.
struct PortableFileReader {
  /// Gives the pieces one after the other, an empty one at the end.
  typealias Input = () async throws(Failure) -> [UInt8]

  private var lines = LineBuffer()
  private var sum = SHA256()

  /// The next line with its line feed; `limit` bounds what is held of one that is no line of ours.
  nonisolated(nonsending) mutating func next(limit: Int, from input: Input) async throws(Failure) -> [UInt8] {
    let line = try await unsummed(limit: limit, from: input)
    sum.update(data: line)
    return line
  }

  /// Reads the last line and the end.
  nonisolated(nonsending) mutating func finish(from input: Input) async throws(Failure) {
    let expected = PortableFile.lastLine(sum)
    guard try await unsummed(limit: expected.count, from: input) == expected else {
      throw PortableFile.damaged("its digest is another one")
    }
    guard lines.count == 0, try await input().isEmpty else { throw PortableFile.damaged("something follows its end") }
  }

  private nonisolated(nonsending) mutating func unsummed(limit: Int, from input: Input) async throws(Failure) -> [UInt8] {
    while true {
      if let line = lines.next() {
        guard line.count <= limit else { throw PortableFile.damaged("a line is longer than any of ours") }
        return line
      }
      guard lines.count <= limit else { throw PortableFile.damaged("a line is longer than any of ours") }
      let piece = try await input()
      guard !piece.isEmpty else { throw PortableFile.damaged("it ends too early") }
      lines.append(piece)
    }
  }
}
