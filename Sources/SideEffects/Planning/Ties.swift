/// One resource of the residue uses another one: the numbers are positions in the residue.
struct Tie: Hashable {
  let user: Int
  let thing: Int
  /// What comes first when both are mended.
  let isThingFirst: Bool
  let how: String
}

/// Finds which resources of the residue use which: by what services tell, equal secrets, ids, URLs and hosts.
struct Ties {
  private let situations: [Situation]
  private let hosts: [Text: String?]
  private let follows: (Situation) -> [Text]
  /// Groups larger than this share something that says nothing about one using the other.
  private static let largestGroup = 40

  /// - Parameters:
  ///   - hosts: Of each watch's own service.
  ///   - follows: Kinds of things from which it follows what this one is, so that they come first.
  init(of situations: [Situation], hosts: [Text: String?], follows: @escaping (Situation) -> [Text] = { _ in [] }) {
    (self.situations, self.hosts, self.follows) = (situations, hosts, follows)
  }

  /// The strongest tie of each pair, sorted.
  var all: [Tie] {
    var found: [[Int]: Tie] = [:]
    func add(_ user: Int, _ thing: Int, _ how: String) {
      guard user != thing, found[[user, thing]] == nil else { return }
      let isThingFirst =
        situations[thing].aim == .makeAgain || follows(situations[user]).contains(situations[thing].resource.address.kind)
      found[[user, thing]] = Tie(user: user, thing: thing, isThingFirst: isThingFirst, how: how)
    }
    told(add)
    let traces = situations.map { Traces($0, ownHosts: Set(hosts.values.compactMap { $0 })) }
    shared(traces.map(\.secrets), add) { _ in "the same secret, by its fingerprint" }
    ids(traces, add)
    let told = found
    // What is guessed of an address doesn't go against what is told.
    func guess(_ user: Int, _ thing: Int, _ how: String) {
      if told[[thing, user]] == nil { add(user, thing, how) }
    }
    shared(traces.map(\.urls), guess) { "the URL \($0)" }
    shared(traces.map(\.hosts), guess) { "the host \($0)" }
    return found.values.sorted { ($0.user, $0.thing) < ($1.user, $1.thing) }
  }

  private func told(_ add: (Int, Int, String) -> Void) {
    var byID: [[Text]: [Int]] = [:]
    for (index, situation) in situations.enumerated() {
      for address in situation.addresses { byID[[address.watch, address.kind, address.id], default: []].append(index) }
    }
    for (index, situation) in situations.enumerated() {
      for resource in situation.sides {
        for (kind, id) in resource.references.sorted(by: { $0.key < $1.key }) {
          for thing in byID[[resource.address.watch, kind, id]] ?? [] { add(index, thing, "the service says so") }
        }
      }
    }
  }

  /// Of two that hold the same, code uses a webhook and a webhook a credential.
  private func shared(_ traces: [Set<Text>], _ add: (Int, Int, String) -> Void, _ how: (Text) -> String) {
    var holders: [Text: [Int]] = [:]
    for (index, held) in traces.enumerated() { for trace in held { holders[trace, default: []].append(index) } }
    for (trace, group) in holders.sorted(by: { $0.key < $1.key }) where group.count > 1 && group.count <= Self.largestGroup {
      for user in group { for thing in group where rank(user) < rank(thing) { add(user, thing, how(trace)) } }
    }
  }

  private func ids(_ traces: [Traces], _ add: (Int, Int, String) -> Void) {
    var owners: [Text: [Int]] = [:]
    for (index, situation) in situations.enumerated() {
      for address in situation.addresses where Traces.isDistinct(address.id) { owners[address.id, default: []].append(index) }
    }
    for (index, trace) in traces.enumerated() {
      for text in trace.texts.sorted() { for thing in owners[text] ?? [] { add(index, thing, "the id \(text)") } }
    }
  }

  private func rank(_ index: Int) -> Int { KindSchema.Sort.order(situations[index].entry.change.schema.sort) }
}

extension Situation {
  var sides: [Resource] { [wanted, current].compactMap { $0 } }
  var addresses: Set<ResourceAddress> { Set(sides.map(\.address)) }
}

/// What a resource holds that another one may hold too.
struct Traces {
  private(set) var secrets: Set<Text> = []
  private(set) var urls: Set<Text> = []
  private(set) var hosts: Set<Text> = []
  private(set) var texts: Set<Text> = []

  init(_ situation: Situation, ownHosts: Set<String>) { self.init(of: situation.sides, ownHosts: ownHosts) }

  init(of resources: [Resource], ownHosts: Set<String>) {
    for resource in resources {
      for reading in resource.attributes.values {
        guard case .value(let value) = reading else { continue }
        for scalar in value.scalars {
          switch scalar {
          case .secret(let fingerprint): secrets.insert(Text(fingerprint.description))
          case .text(let text):
            if text.holdsFingerprint { secrets.insert(text) }
            if Self.isDistinct(text) { texts.insert(text) }
            guard let origin = WebOrigin(text.string) else { continue }
            urls.insert(text)
            if !ownHosts.contains(origin.host) { hosts.insert(Text(origin.host)) }
          case .number(let text): if Self.isDistinct(text) { texts.insert(text) }
          case .null, .boolean, .structure: continue
          }
        }
      }
    }
  }

  /// Whether a text is no word that stands elsewhere by chance.
  static func isDistinct(_ text: Text) -> Bool { text.string.utf8.count >= 8 && text.string.contains(where: \.isNumber) }
}
