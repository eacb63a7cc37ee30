/// A request as a vendor's page writes it, merged with what all calls share.
public struct CallManifest: Sendable {
  /// How the body of the answer is read.
  public enum Answer: String, Sendable, CaseIterable { case byContentType, json }

  /// Such as GET, POST or LIST.
  public let method: Text
  public let url: URLTemplate
  public let authentication: [Authentication]
  public let headers: [Field]
  /// Nil where none is sent.
  public let body: Body?
  /// This POST or PUT changes nothing.
  public let reads: Bool
  public let answer: Answer
  /// Must hold for the answer besides its status.
  public let ok: Condition?
  /// An answer that means an empty list though it looks like an error.
  public let empty: Empty?
  public let paging: Paging
  /// In a remedy: sent only where this holds.
  public let condition: Condition?
  /// In a remedy: how it shows that this request has done its work. Each that others come after has it.
  public let done: Done?
  public let line: Int

  /// How it shows that a request which others come after has done its work.
  public enum Done: Sendable {
    /// Read again, this holds.
    case condition(Condition)
    /// Read again, these attributes are as they were.
    case putBack(NonEmpty<Text>)
    /// Its answer is all the evidence.
    case answer
  }

  /// What the request sends.
  public enum Body: Sendable {
    case json(TemplateTree)
    case form([Field])
  }

  /// A header, a field of a form, or a member of a JSON body.
  public struct Field: Sendable {
    public let name: String
    public let value: Template
    public init(name: String, value: Template) { (self.name, self.value) = (name, value) }
  }

  /// An answer that is no list and means that there is nothing, and why that may be believed.
  public struct Empty: Sendable {
    public let condition: Condition
    public let because: Text
    public init(condition: Condition, because: Text) { (self.condition, self.because) = (condition, because) }
  }

  public init(
    method: Text, url: URLTemplate, authentication: [Authentication], headers: [Field], body: Body?, reads: Bool, answer: Answer,
    ok: Condition?,
    empty: Empty?, paging: Paging, condition: Condition?, done: Done? = nil, line: Int
  ) {
    (self.method, self.url, self.authentication, self.headers, self.body) = (method, url, authentication, headers, body)
    (self.reads, self.answer, self.ok, self.empty) = (reads, answer, ok, empty)
    (self.paging, self.condition, self.line) = (paging, condition, line)
    self.done = done
  }
}

extension CallManifest {
  /// Whether what it asks for depends on this, credentials aside.
  func refers(to root: Root) -> Bool {
    var references = (url.base?.references ?? []) + url.path.references + (url.query + headers).flatMap(\.value.references)
    switch body {
    case .json(let tree): references += tree.references
    case .form(let fields): references += fields.flatMap(\.value.references)
    case nil: break
    }
    return references.contains { $0.root == root }
  }
}

/// A URL with placeholders, split at load so that each value is encoded for the place where it stands.
public struct URLTemplate: Sendable {
  /// Put before a path; nil where the call itself is a whole URL.
  public let base: Template?
  public let path: Template
  public let query: [CallManifest.Field]
  public init(base: Template?, path: Template, query: [CallManifest.Field]) { (self.base, self.path, self.query) = (base, path, query) }
}

/// How a request says who it is from; sent to the base's own origin only.
public enum Authentication: Sendable {
  case bearer(Template)
  /// `user:password` (RFC 7617).
  case basic(Template)
  case headers([CallManifest.Field])
  /// Members added to each JSON body, or fields to each form.
  case body([CallManifest.Field])
}

/// How a list goes on, and what proves its end.
public struct Paging: Sendable {
  /// How the next page is asked for.
  public enum Style: Sendable {
    case none
    /// `Link: rel=next` (RFC 8288).
    case link
    case next(DocumentPath)
    case cursor(CursorSource, first: Template?)
    /// The number of the first page.
    case page(Int)
    case offset(Int)
  }

  /// Where the next cursor stands.
  public enum CursorSource: Sendable {
    case path(DocumentPath)
    /// Made of the last item (`@last`).
    case template(Template)
  }

  /// What says that another page follows.
  public enum More: Sendable {
    case path(DocumentPath)
    case condition(Condition)
  }

  public let style: Style
  public let more: More?
  public let total: DocumentPath?
  public init(style: Style, more: More? = nil, total: DocumentPath? = nil) { (self.style, self.more, self.total) = (style, more, total) }
}
