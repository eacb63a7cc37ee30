/// Reads a watch out of a recording, by the walk that reads real services.
public struct RecordedEngine: Engine {
  private let recording: Recording

  public init(_ recording: Recording) { self.recording = recording }

  public func observe(_ watch: Watch, with tools: ObservingTools) async -> WatchReport {
    await ServiceWalk(watch: watch, carrier: RecordedCarrier(recording), tools: tools).observe()
  }
}
