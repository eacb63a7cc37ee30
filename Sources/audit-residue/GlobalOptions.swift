import ArgumentParser

/// The options that every command takes.
struct GlobalOptions: ParsableArguments, Sendable {
  @Option(
    name: .customShort("C"),
    help: ArgumentHelp("See relative paths, and search for the configuration, from this folder.", valueName: "dir"), completion: .directory)
  var folder: String?

  @Option(
    help: ArgumentHelp("The configuration; else audit-residue.yaml here or in a folder above.", valueName: "file"),
    completion: .file(extensions: ["yaml"]))
  var config: String?

  @Option(
    help: ArgumentHelp("Where snapshots are kept, instead of what the configuration says.", valueName: "place"), completion: .directory)
  var store: String?

  @Option(name: .customLong("watch"), help: ArgumentHelp("Look at this watch alone; may be given several times.", valueName: "watch"))
  var watches: [String] = []

  @Option(
    name: .customLong("with"),
    help: ArgumentHelp("Another value of a setting, for this call; may be given several times.", valueName: "watch.setting=value"))
  var settings: [String] = []

  @Option(
    help: ArgumentHelp(
      "Give a service so long for each answer, and for what it asks to wait, such as 10s or 5m; a minute, if left out.", valueName: "time"))
  var timeout: Wait?

  @Option(help: "When to colour: auto, always or never. auto: on a terminal, unless NO_COLOR is set.")
  var color: Terminal.ColorChoice = .auto

  @Flag(name: .customLong("trust"), help: "Trust this configuration to run commands and to use providers of its own, now and later.")
  var isTrusting = false

  @Flag(name: [.customShort("q"), .customLong("quiet")], help: "Say nothing but errors, and print no report.")
  var isQuiet = false

  @Flag(name: [.customShort("v"), .customLong("verbose")], help: "Say more: the rule of each message, and what is being done.")
  var isVerbose = false
}

extension Terminal.ColorChoice: ExpressibleByArgument {}
