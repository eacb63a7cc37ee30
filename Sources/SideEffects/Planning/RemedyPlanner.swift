import Documents

/// What a manifest's remedy comes to for one resource: requests if they can be written down whole, else words that say why not.
struct RemedyPlanner {
  let provider: Provider
  let kind: KindManifest
  let settings: [String: SettingValue]
  /// Patches of flags, by address.
  let patches: FlagPatches

  /// A remedy with what it leaves as it is.
  struct Planned {
    let remedy: Remedy
    let page: Text?
    /// Changed attributes that its requests don't touch.
    var leaves: [Text] = []
  }

  /// - Parameter words: What a person does, in general; for manual steps.
  func planned(
    _ name: RemedyUse.Name, _ manifest: RemedyManifest, resource: Resource, wanted: Resource?, differences: [AttributeChange], words: String
  ) -> Planned {
    let context = PlanContext(settings: settings, kind: kind, resource: resource, wanted: wanted, differences: differences)
    let page = page(manifest, context)
    if let never = manifest.never {
      return Planned(remedy: manual("It can't be undone: \(never)", byHand: manifest, context, page), page: page)
    }
    switch manifest.action {
    case .byHand: return Planned(remedy: manual(words, byHand: manifest, context, page), page: page)
    case .patch: return Planned(remedy: patch(resource, manifest, context, page, words), page: page)
    case .calls(let calls):
      do throws(PlanProblem) {
        let sent = calls.filter { $0.condition?.holds { context.template.document($0) } ?? true }
        var requests: [PlannedRequest] = []
        for call in sent { requests.append(try RequestPlanner(context: context).request(call)) }
        guard let requests = NonEmpty(requests) else { throw PlanProblem("none of the provider's requests fits this change") }
        let use = RemedyUse(name: name, resource: resource, wanted: wanted, differences: differences)
        return Planned(
          remedy: .requests(PlannedRequests(requests: requests, use: use)), page: page,
          leaves: differences.map(\.name).filter { !Self.touch($0, sent) })
      } catch {
        return Planned(remedy: manual("\(words) No request is given: \(error.sentence)", byHand: manifest, context, page), page: page)
      }
    }
  }

  private func patch(_ resource: Resource, _ manifest: RemedyManifest, _ context: PlanContext, _ page: Text?, _ words: String) -> Remedy {
    switch patches.patch(of: resource.address) {
    case .success(let patch): .patch(patch.forward)
    case .failure(let reason) where reason.isDone: .manual(words: Text(Self.sentence(reason.sentence)), page: page)
    case .failure(let reason): manual("\(words) No patch is given: \(reason.sentence)", byHand: manifest, context, page)
    }
  }

  private func manual(_ words: String, byHand manifest: RemedyManifest, _ context: PlanContext, _ page: Text?) -> Remedy {
    // Words with a hole in them would mislead; a command among them is spelled as it is.
    let own = manifest.byHand.flatMap { try? context.template.plain($0) }.map { " By hand: \(Self.ended($0))" } ?? ""
    return .manual(words: Text(Self.sentence(words) + own), page: page)
  }

  private func page(_ manifest: RemedyManifest, _ context: PlanContext) -> Text? {
    guard let template = manifest.open, let url = try? context.template.render(template), !url.holdsSecret,
      WebOrigin(url.description) != nil
    else { return nil }
    return Text(url.description)
  }

  /// With a capital letter and a full stop.
  static func sentence(_ text: String) -> String {
    ended(capitalized(text))
  }

  static func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  private static func ended(_ text: String) -> String { text.last.map { ".!?`".contains($0) } ?? true ? text : text + "." }

  /// Whether one of these calls holds what an attribute was.
  private static func touch(_ attribute: Text, _ calls: [CallManifest]) -> Bool {
    calls.flatMap(\.references).contains { reference in
      switch reference.root {
      case .before, .changed:
        if reference.path.steps.isEmpty { return true }
        let name = reference.attributeName
        return AttributePattern(name).covers(attribute) || AttributePattern(attribute).covers(name)
      case .restored: return true
      case .item, .setting, .list, .letName, .detail, .key, .last, .cursor, .page, .offset, .status, .header, .cookie, .reader, .rights,
        .ask,
        .filePath, .fileLine:
        return false
      }
    }
  }
}

extension Reference {
  /// The attribute that it leads to or into, of the item as of what it was before.
  var attributeName: Text {
    let isOfItem = root == .item
    let path = isOfItem ? text.string.drop { $0 == "." } : text.string.drop { $0 != "." }.dropFirst()
    return Text(path.filter { $0 != "?" })
  }
}
