/// The patch of one step as a file: its name fits a shell, its first lines say what it is for.
public struct PatchFile: Hashable, Sendable {
  /// `03-gates-WatchList.patch`: files of a plan sort as its steps do.
  public let name: Text
  public let text: Text

  /// Of the steps that are done by a patch, in their order.
  public static func of(_ plan: Plan) -> [PatchFile] {
    let width = String(plan.steps.last?.number ?? 0).count
    return plan.steps.compactMap { step in
      guard case .patch(let patch) = step.remedy else { return nil }
      let digits = String(step.number)
      let number = String(repeating: "0", count: max(2, width) - min(max(2, width), digits.count)) + digits
      let words = fit("\(step.address.watch)-\(step.name)")
      // Git passes over what stands before the first header.
      let head = [step.title.string, PlanWords.made(patch), PlanWords.apply(patch)].map { DisplayText.terminal(Text($0)) }
      return PatchFile(name: Text("\(number)-\(words).patch"), text: Text(head.map { "# \($0)\n" }.joined() + patch.text.string))
    }
  }

  private static func fit(_ text: String) -> String {
    let kept = text.unicodeScalars.prefix(80).map { scalar in
      let isPlain =
        scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil || "._-".unicodeScalars.contains(scalar))
      return isPlain ? Character(scalar) : "_"
    }
    return String(kept)
  }
}
