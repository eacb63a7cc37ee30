import Foundation
import PackagePlugin

/// Writes the catalogue of `providers/` into a Swift source, so that the binary carries it with it.
@main struct EmbedProviders: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let root = context.package.directoryURL.appending(path: "providers", directoryHint: .isDirectory)
    let manifests = try FileManager.default.contentsOfDirectory(at: root, includingPropertiesForKeys: nil)
      .map { $0.appending(path: "provider.yaml") }
      .filter { FileManager.default.fileExists(atPath: $0.path) }
      .sorted { $0.path < $1.path }
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedProviders.swift")
    return [
      .buildCommand(
        displayName: "Embedding the providers", executable: try context.tool(named: "embed-providers").url,
        arguments: [output.path, root.path], inputFiles: [root] + manifests, outputFiles: [output])
    ]
  }
}
