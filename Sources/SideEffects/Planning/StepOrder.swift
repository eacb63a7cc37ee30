/// Puts steps in order: what depends on what, then by section, sort and address. The same order for the same drafts.
///
/// What depends on a step of the other section opens its own section once more, after that step.
struct StepOrder {
  private struct Key: Comparable {
    let level: Int
    /// What stays for good is only to be known, after all that is to be done.
    let doing: Int
    let sort: Int
    let address: ResourceAddress
    let id: Text

    static func < (a: Self, b: Self) -> Bool {
      (a.level, a.doing, a.sort, a.address, a.id) < (b.level, b.doing, b.sort, b.address, b.id)
    }
  }

  private struct Edge {
    let first: Int
    let then: Int
    let because: Text
  }

  private let drafts: [StepDraft]
  private let edges: [Edge]
  private let keys: [Key]

  init(drafts: [StepDraft], ties: [Tie]) {
    self.drafts = drafts
    keys = drafts.map { draft in
      Key(
        level: draft.level == .data ? 0 : 1, doing: draft.check == nil ? 1 : 0, sort: KindSchema.Sort.order(draft.sort),
        address: draft.address, id: draft.id)
    }
    var edges = ties.map { tie in
      let (user, thing) = (drafts[tie.user], drafts[tie.thing])
      return tie.isThingFirst
        ? Edge(first: tie.thing, then: tie.user, because: Text("it uses \(Self.thing(thing)): \(tie.how)"))
        : Edge(first: tie.user, then: tie.thing, because: Text("\(Self.thing(user)) uses it: \(tie.how)"))
    }
    edges += Self.replacements(drafts)
    self.edges = edges
  }

  private static func thing(_ draft: StepDraft) -> String { "the \(draft.address.kind.string.replacing("-", with: " ")) \(draft.name)" }

  /// What took the place of another one goes before that is made again.
  private static func replacements(_ drafts: [StepDraft]) -> [Edge] {
    var removed: [ResourceAddress: Int] = [:]
    for (index, draft) in drafts.enumerated() where draft.check == .absent { removed[draft.address] = index }
    return drafts.enumerated().compactMap { index, draft in
      guard draft.precondition == .absent, let first = removed[draft.address], first != index else { return nil }
      return Edge(first: first, then: index, because: "another one has its id")
    }
  }

  var steps: [Step] {
    var waiting = [Int](repeating: 0, count: drafts.count)
    var after: [Int: [Int]] = [:]
    for edge in edges {
      waiting[edge.then] += 1
      after[edge.first, default: []].append(edge.then)
    }
    let ordered = drafts.indices.sorted { keys[$0] < keys[$1] }
    var ready = ReadySteps(ranks: ranks(ordered), levels: drafts.map(\.level))
    for index in ordered where waiting[index] == 0 { ready.insert(index) }
    var number: [Int: Int] = [:]
    var order: [Int] = []
    var next = 0
    while order.count < drafts.count {
      var index = ready.removeFirst()
      // All that are left wait for each other: the first by its place begins.
      while index == nil {
        if number[ordered[next]] == nil { index = ordered[next] } else { next += 1 }
      }
      guard let index, number[index] == nil else { continue }
      order.append(index)
      number[index] = order.count
      for other in after[index] ?? [] where number[other] == nil {
        waiting[other] -= 1
        if waiting[other] == 0 { ready.insert(other) }
      }
    }
    let before = Dictionary(grouping: edges, by: \.then)
    return order.enumerated().map { step($1, number: $0 + 1, after: before[$1] ?? [], numbers: number) }
  }

  private func ranks(_ ordered: [Int]) -> [Int] {
    var ranks = [Int](repeating: 0, count: ordered.count)
    for (rank, index) in ordered.enumerated() { ranks[index] = rank }
    return ranks
  }

  private func step(_ index: Int, number: Int, after edges: [Edge], numbers: [Int: Int]) -> Step {
    var follows: [Step.Dependency] = []
    var remarks: [Text] = []
    for edge in edges {
      guard let first = numbers[edge.first] else { continue }
      if first < number {
        follows.append(.init(step: first, because: edge.because))
      } else {
        remarks.append(Text("It should come after step \(first), since \(edge.because), and that one after it: each uses the other."))
      }
    }
    return Step(drafts[index], number: number, follows: follows.sorted { $0.step < $1.step }, andEvidence: remarks)
  }
}

extension KindSchema.Sort {
  /// Code before the webhook that it feeds, a webhook before the credential that it signs with.
  static func order(_ sort: Self) -> Int {
    switch sort {
    case .flag: 0
    case .other: 1
    case .webhook: 2
    case .credential: 3
    }
  }
}

/// The steps that wait for nothing any more: of the section that was begun as long as it has any, the smallest rank first.
private struct ReadySteps {
  private let levels: [KindSchema.Level]
  private var heaps: [KindSchema.Level: Heap]
  private var section = KindSchema.Level.data

  init(ranks: [Int], levels: [KindSchema.Level]) {
    self.levels = levels
    heaps = Dictionary(uniqueKeysWithValues: KindSchema.Level.allCases.map { ($0, Heap(ranks: ranks)) })
  }

  mutating func insert(_ index: Int) { heaps[levels[index]]?.insert(index) }

  mutating func removeFirst() -> Int? {
    for level in [section] + KindSchema.Level.allCases.filter({ $0 != section }) {
      guard let first = heaps[level]?.removeFirst() else { continue }
      section = level
      return first
    }
    return nil
  }
}

/// The smallest rank first.
private struct Heap {
  private let ranks: [Int]
  private var elements: [Int] = []

  init(ranks: [Int]) { self.ranks = ranks }

  mutating func insert(_ element: Int) {
    elements.append(element)
    var child = elements.count - 1
    while child > 0, ranks[elements[child]] < ranks[elements[(child - 1) / 2]] {
      elements.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func removeFirst() -> Int? {
    guard let first = elements.first, let last = elements.popLast() else { return nil }
    guard !elements.isEmpty else { return first }
    elements[0] = last
    var parent = 0
    while true {
      let children = [2 * parent + 1, 2 * parent + 2].filter { $0 < elements.count }
      guard let child = children.min(by: { ranks[elements[$0]] < ranks[elements[$1]] }), ranks[elements[child]] < ranks[elements[parent]]
      else { break }
      elements.swapAt(parent, child)
      parent = child
    }
    return first
  }
}
