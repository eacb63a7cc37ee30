/// A signal that reached this process, read as a value.
struct ReceivedSignal: Equatable, Sendable {
  /// The signal's number.
  let number: Int32

  /// Whether the kernel sent it, as it does for keys at the terminal, and not kill(2).
  ///
  /// The terminal sends to the whole foreground process group, so a command of ours has it already.
  let isFromTerminal: Bool
}
