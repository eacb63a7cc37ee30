extension ProviderTrial {
  /// What the provider says of damaged recordings that it must not: a listing called whole that is not as the undamaged one.
  ///
  /// - Parameter cuts: As for `DamagedRecording.all`.
  /// - Returns: A sentence for each, the damage first.
  public func falseClaims(of recording: Recording, cuts: Int) async throws(Failure) -> [String] {
    let right = try await claims(of: recording)
    var found: [String] = []
    for damaged in DamagedRecording.all(of: recording, cuts: cuts) {
      if Task.isCancelled { break }
      let claims = try await claims(of: damaged.recording)
      for (kind, claim) in claims.sorted(by: { $0.key < $1.key }) where claim.isComplete && claim.chunks != right[kind]?.chunks {
        found.append("\(damaged.damage): \(kind) is called complete and is not as it was")
      }
    }
    return found
  }
}
