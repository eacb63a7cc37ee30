import CYAML

/// The owner of one libyaml parser.
///
/// libyaml's events tell an alias from what it stands for, and never build a tree: nothing grows by following
/// aliases before this side has counted them.
struct YAMLParser: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  // libyaml keeps the addresses of both while it lives.
  private let input: UnsafeMutableBufferPointer<UInt8>

  /// Makes a parser for UTF-8 bytes without a byte order mark.
  init(_ bytes: ArraySlice<UInt8>) throws(DocumentError) {
    input = .allocate(capacity: bytes.count)
    _ = input.initialize(from: bytes)
    parser = .allocate(capacity: 1)
    guard yaml_parser_initialize(parser) == 1 else {
      parser.deallocate()
      input.deallocate()
      throw DocumentError(.tooLarge, "no memory is left for reading YAML")
    }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, input.baseAddress, input.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
    input.deallocate()
  }

  /// Why and where libyaml gave up.
  struct Failure: Error {
    /// libyaml's own fixed words, which quote nothing of the source.
    let problem: String
    let place: Place

    enum Place {
      /// In bytes, of a character that YAML doesn't allow.
      case byte(Int)
      case character(Int)
    }
  }

  /// Reads the next event.
  mutating func next() throws(Failure) -> YAMLEvent {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw failure }
    defer { yaml_event_delete(&event) }
    return YAMLEvent(
      kind: YAMLParser.kind(of: event),
      characters: event.start_mark.index..<max(event.start_mark.index, event.end_mark.index))
  }

  private var failure: Failure {
    let state = parser.pointee
    let problem = state.problem.map { String(cString: $0) } ?? "the YAML can't be read"
    let context = state.context.map { " " + String(cString: $0) } ?? ""
    return Failure(
      problem: problem + context,
      place: state.error == YAML_READER_ERROR ? .byte(state.problem_offset) : .character(state.problem_mark.index))
  }

  private static func kind(of event: yaml_event_t) -> YAMLEvent.Kind {
    switch event.type {
    case YAML_DOCUMENT_START_EVENT: return .documentStart
    case YAML_DOCUMENT_END_EVENT: return .documentEnd
    // A parser that has ended reports events without a type.
    case YAML_STREAM_END_EVENT, YAML_NO_EVENT: return .streamEnd
    case YAML_ALIAS_EVENT: return .alias(text(event.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      return .scalar(
        YAMLScalar(
          text: String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self),
          properties: YAMLProperties(anchor: text(scalar.anchor), tag: text(scalar.tag)),
          isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE))
    case YAML_SEQUENCE_START_EVENT:
      let list = event.data.sequence_start
      return .open(map: false, properties: YAMLProperties(anchor: text(list.anchor), tag: text(list.tag)))
    case YAML_MAPPING_START_EVENT:
      let map = event.data.mapping_start
      return .open(map: true, properties: YAMLProperties(anchor: text(map.anchor), tag: text(map.tag)))
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return .close
    default: return .other
    }
  }

  private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    pointer.map { String(decodingCString: $0, as: UTF8.self) }
  }
}
