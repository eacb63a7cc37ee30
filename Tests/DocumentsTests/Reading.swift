import Documents
import Testing

/// Reads a text that must hold exactly one document.
func read(
  _ text: String, as format: DocumentFormat, limits: DocumentLimits = .standard, at location: SourceLocation = #_sourceLocation
) throws -> Document {
  let documents = try format.read(Array(text.utf8), limits: limits)
  return try #require(documents.count == 1 ? documents[0] : nil, sourceLocation: location)
}

/// The error that a text ends in.
func failure(
  _ bytes: [UInt8], as format: DocumentFormat, limits: DocumentLimits = .standard, at location: SourceLocation = #_sourceLocation
) throws -> DocumentError {
  try #require(throws: DocumentError.self, sourceLocation: location) { _ = try format.read(bytes, limits: limits) }
}

/// The error that a text ends in.
func failure(
  _ text: String, as format: DocumentFormat, limits: DocumentLimits = .standard, at location: SourceLocation = #_sourceLocation
) throws -> DocumentError {
  try failure(Array(text.utf8), as: format, limits: limits, at: location)
}
