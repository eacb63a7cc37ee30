extension [Audit.Entry] {
  /// Neighbours of one watch and kind, together.
  var byKind: [[Audit.Entry]] {
    reduce(into: []) { groups, entry in
      let address = entry.change.resource.address
      if let last = groups.last?.last?.change.resource.address, last.watch == address.watch, last.kind == address.kind {
        groups[groups.count - 1].append(entry)
      } else {
        groups.append([entry])
      }
    }
  }
}
