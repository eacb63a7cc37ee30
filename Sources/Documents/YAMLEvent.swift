/// One step of a YAML stream, as libyaml reports it.
struct YAMLEvent {
  enum Kind {
    case documentStart
    case documentEnd
    case streamEnd
    case alias(String)
    case scalar(YAMLScalar)
    case open(map: Bool, properties: YAMLProperties)
    case close
    /// What needs no action: the stream's start.
    case other
  }

  let kind: Kind

  /// Counted in characters (Unicode scalars) from the first one that the parser was given.
  let characters: Range<Int>
}

/// What may stand before a value: `&anchor` and `!tag`, the tag with its handle written out.
struct YAMLProperties {
  let anchor: String?
  let tag: String?
}

/// A YAML scalar, its quotes, escapes and folds undone.
struct YAMLScalar {
  let text: String
  let properties: YAMLProperties

  /// Whether it is written without quotes and is no block: only then does its spelling decide its type.
  let isPlain: Bool
}
