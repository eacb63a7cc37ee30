/// A language that documents are written in.
public enum DocumentFormat: String, CaseIterable, Sendable {
  /// RFC 8259.
  case json
  /// YAML 1.2 with the core schema (https://yaml.org/spec/1.2.2/#103-core-schema).
  case yaml
  /// TOML 1.0.
  case toml
  /// The line format of `java.util.Properties`.
  case properties
  /// Lines of `NAME=value`, as docker compose, Node and Ruby read them from `.env`.
  case dotenv
  /// Sections of `key = value` lines.
  case ini
}

extension DocumentFormat {
  /// Reads a text: YAML gives a document for each of its stream, the other formats give exactly one.
  ///
  /// A byte order mark is skipped. Nothing is rounded, converted or guessed: numbers keep their spelling, and
  /// the values of `properties`, `dotenv` and `ini` are all text.
  public func read(_ bytes: [UInt8], limits: DocumentLimits = .standard) throws(DocumentError) -> [Document] {
    let source = try SourceText(bytes, limits: limits)
    switch self {
    case .json: return [try JSONReader.read(source, limits: limits)]
    case .yaml: return try YAMLReader.read(source, limits: limits)
    case .properties: return [try PropertiesReader.read(source, limits: limits)]
    case .dotenv: return [try DotenvReader.read(source, limits: limits)]
    case .ini: return [try INIReader.read(source, limits: limits)]
    case .toml: return [try TOMLReader.read(source, limits: limits)]
    }
  }
}
