import Glibc

/// What is known of the terminal behind a descriptor.
struct Terminal: Equatable, Sendable {
  /// When text is coloured: the values of `--color`.
  enum ColorChoice: String, CaseIterable, Sendable {
    case auto, always, never
  }

  /// The number of columns and rows.
  struct Size: Equatable, Sendable {
    var columns: Int
    var rows: Int
  }

  /// Whether the descriptor is a terminal at all.
  let isTerminal: Bool

  /// Whether it understands more than plain lines: not where TERM is `dumb` or missing.
  let movesCursor: Bool

  private let descriptor: Int32
  private let environment: [String: String]

  /// Looks at a descriptor.
  /// - Parameter environment: TERM, NO_COLOR and COLUMNS are read from it.
  init(descriptor: Int32, environment: [String: String]) {
    self.descriptor = descriptor
    self.environment = environment
    isTerminal = isatty(descriptor) == 1
    movesCursor = isTerminal && !["", "dumb"].contains(environment["TERM"] ?? "")
  }

  /// The size now; 80 by 24 where the terminal doesn't tell. A window can change it at any moment.
  var size: Size {
    var window = winsize()
    guard isTerminal, ioctl(descriptor, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0 else {
      return Size(columns: environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } ?? 80, rows: 24)
    }
    return Size(columns: Int(window.ws_col), rows: Int(window.ws_row))
  }

  /// Whether text for this descriptor is coloured.
  ///
  /// What is asked for on the command line goes before NO_COLOR (https://no-color.org), which counts where it is set and not empty.
  func isColored(_ choice: ColorChoice) -> Bool {
    switch choice {
    case .always: true
    case .never: false
    case .auto: movesCursor && (environment["NO_COLOR"] ?? "").isEmpty
    }
  }
}
