/// Keeps the tool from revoking what it works with.
struct OwnCredential {
  private let fingerprints: Set<Fingerprint>
  private let accounts: [Text: Text]

  /// - Parameters:
  ///   - watches: With their secrets.
  ///   - ground: Tells who looked.
  init(watches: [Text: Watch], ground: PlanGround?, fingerprinter: Fingerprinter) {
    fingerprints = Set(
      watches.values.flatMap(\.settings.values).compactMap { value in
        guard case .secret(let secret) = value, !secret.isEmpty else { return nil }
        return fingerprinter.fingerprint(of: secret)
      })
    accounts = Dictionary(
      (ground?.watches ?? []).compactMap { watch in watch.account.map { (watch.name, $0) } }, uniquingKeysWith: { first, _ in first })
  }

  /// Why a step would take away what a watch signs in with; nil where it doesn't.
  func refusal(of step: Step) -> Diagnostic? {
    let resource = step.resource
    guard case .requests = step.remedy, step.sort == .credential, step.precondition != .absent else { return nil }
    let holdsOurs = resource.attributes.values.contains { reading in
      guard case .value(let value) = reading else { return false }
      return value.scalars.contains { scalar in
        guard case .secret(let fingerprint) = scalar else { return false }
        return fingerprints.contains(fingerprint)
      }
    }
    guard holdsOurs || accounts[resource.address.watch] == resource.address.id else { return nil }
    return Diagnostic(
      "own-credential", "it is the credential that audit-residue works with",
      advice: "Give the watch another credential, or do this step by hand, as the last one.")
  }
}
