public import SideEffects

/// Runs providers that are read over HTTP: the walk decides what is asked and what an answer proves, the carrier brings the bytes.
public struct HTTPEngine: Engine {
  private let transport: HTTPTransport
  private let clock: any TransportClock

  /// - Parameter transport: shared by all watches of the process.
  public init(transport: HTTPTransport, clock: any TransportClock = SystemTransportClock()) {
    (self.transport, self.clock) = (transport, clock)
  }

  public func observe(_ watch: Watch, with tools: ObservingTools) async -> WatchReport {
    let carrier = WatchCarrier(
      watch: watch.name, transport: transport, requestsPerSecond: watch.provider.manifest.requestsPerSecond, clock: clock,
      progress: tools.progress)
    return await ServiceWalk(watch: watch, carrier: carrier, tools: tools).observe()
  }
}
