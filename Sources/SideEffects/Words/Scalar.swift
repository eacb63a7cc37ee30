/// One value as a service told it.
public enum Scalar: Hashable, Comparable, Sendable {
  case null
  case boolean(Bool)
  /// As the service spelled it: no rounding of 64-bit ids through Double, and 1 is not 1.0.
  case number(Text)
  case text(Text)
  /// An object or a list inside a list, as canonical JSON.
  case structure(Text)
  case secret(Fingerprint)

  private var rank: Int {
    switch self {
    case .null: 0
    case .boolean: 1
    case .number: 2
    case .text: 3
    case .structure: 4
    case .secret: 5
    }
  }

  /// Any order will do, as long as it is the same in every process.
  public static func < (a: Self, b: Self) -> Bool {
    switch (a, b) {
    case (.boolean(let a), .boolean(let b)): !a && b
    case (.number(let a), .number(let b)), (.text(let a), .text(let b)), (.structure(let a), .structure(let b)): a < b
    case (.secret(let a), .secret(let b)): a < b
    default: a.rank < b.rank
    }
  }
}

/// What an attribute holds.
public enum Value: Hashable, Sendable {
  case scalar(Scalar)
  case set(Set<Scalar>)
  case list([Scalar])
}

/// What the service told of an attribute.
public enum Reading: Hashable, Sendable {
  case value(Value)
  /// Masked by the service ("****"): neither equal nor different, listed as not compared.
  case withheld
}
