public import LibPCRE2

/// What the user wants looked at, what a restore puts back, and what may be passed over: `audit-residue.yaml`, read and checked.
public struct Configuration: Sendable {
  /// The file, for messages.
  public let file: Text
  /// Over the file's bytes: trust is given to exactly these.
  public let digest: Digest
  /// Nil for the user's state folder.
  public let store: Text?
  public let copies: [Text]
  /// Folders with providers of the user's own; a folder there goes before a built-in one of the same name.
  public let providers: [Text]
  public let watches: [WatchSettings]
  public let restores: [RestoreDeclaration]
  public let ignore: [IgnoreRule]
  public let acknowledge: [Acknowledgement]

  public init(
    file: Text, digest: Digest, store: Text?, copies: [Text], providers: [Text], watches: [WatchSettings], restores: [RestoreDeclaration],
    ignore: [IgnoreRule], acknowledge: [Acknowledgement]
  ) {
    (self.file, self.digest, self.store, self.copies, self.providers) = (file, digest, store, copies, providers)
    (self.watches, self.restores, self.ignore, self.acknowledge) = (watches, restores, ignore, acknowledge)
  }
}

/// One watch as the file has it: secrets are references, never values.
public struct WatchSettings: Sendable {
  public let name: Text
  public let provider: Text
  public let with: [Text: Setting]
  public let secrets: [Text: SecretReference]
  public let only: [Text]?
  public let owner: Text?
  /// Line of the watch in the file.
  public let line: Int

  public enum Setting: Hashable, Sendable {
    case one(Text)
    case many([Text])
  }

  public init(
    name: Text, provider: Text, with: [Text: Setting], secrets: [Text: SecretReference], only: [Text]?, owner: Text?, line: Int
  ) {
    (self.name, self.provider, self.with, self.secrets) = (name, provider, with, secrets)
    (self.only, self.owner, self.line) = (only, owner, line)
  }
}

/// Where a secret comes from.
public enum SecretReference: Hashable, Sendable {
  case environment(Text)
  case file(Text)
  /// A program and its arguments, run without a shell; its first line of output is the secret.
  case command(NonEmpty<Text>)
}

/// What a rollback puts back.
public struct RestoreDeclaration: Hashable, Sendable {
  public let name: Text
  public let covers: [Selector]
  public let leaves: [Selector]
  /// Line of the declaration in the file.
  public let line: Int

  public init(name: Text, covers: [Selector], leaves: [Selector], line: Int) {
    (self.name, self.covers, self.leaves, self.line) = (name, covers, leaves, line)
  }
}

/// Picks resources: by watch, kind and id; what is left out fits all. Names may hold `*`.
public struct Selector: Hashable, Sendable {
  public let watch: Text
  public let kind: Text?
  public let id: Text?

  public init(watch: Text, kind: Text? = nil, id: Text? = nil) { (self.watch, self.kind, self.id) = (watch, kind, id) }

  public func fits(_ address: ResourceAddress) -> Bool {
    Glob.fits(name: address.watch.string, watch.string) && (kind.map { Glob.fits(name: address.kind.string, $0.string) } ?? true)
      && (id.map { Glob.fits(name: address.id.string, $0.string) } ?? true)
  }
}

/// Changes that are not worth a line, with the reason and until when.
public struct IgnoreRule: Sendable {
  public let selector: Selector
  /// An attribute whose value must fit `matching` on every side of the change that is present.
  public let attribute: Text?
  public let matching: Pattern?
  public let because: Text
  /// The last day on which it holds, `2027-01-31`.
  public let until: Text?
  public let line: Int

  public init(selector: Selector, attribute: Text?, matching: Pattern?, because: Text, until: Text?, line: Int) {
    (self.selector, self.attribute, self.matching) = (selector, attribute, matching)
    (self.because, self.until, self.line) = (because, until, line)
  }
}

/// A blind spot that is known and may be passed over, by its code and that code only.
public struct Acknowledgement: Hashable, Sendable {
  public let watch: Text
  public let kind: Text?
  public let code: Text
  public let because: Text
  public let until: Text?
  public let line: Int

  public init(watch: Text, kind: Text?, code: Text, because: Text, until: Text?, line: Int) {
    (self.watch, self.kind, self.code, self.because, self.until, self.line) = (watch, kind, code, because, until, line)
  }
}
