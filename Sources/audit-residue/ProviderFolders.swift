import SideEffects

/// Reads the catalogue: the manifests in this program, and those in the user's own folders.
enum ProviderFolders {
  /// - Parameter folders: Absolute paths of folders that hold provider folders; of two providers with one name the earlier counts.
  /// - Throws: A reason for each folder or manifest that can't be read.
  static func catalog(own folders: [String]) throws(Failure) -> ProviderCatalog {
    let builtIn = embeddedProviders.map { provider in
      ProviderCatalog.Entry(
        name: Text(provider.name), file: Text("providers/\(provider.name)/provider.yaml"), text: provider.manifest, isBuiltIn: true)
    }
    var own: [ProviderCatalog.Entry] = []
    var problems: [Diagnostic] = []
    for folder in folders {
      do throws(Failure) {
        own += try entries(in: folder)
      } catch {
        problems += error.diagnostics.all
      }
    }
    if let problems = NonEmpty(problems) { throw Failure(problems) }
    return ProviderCatalog(builtIn: builtIn, own: own)
  }

  /// The one provider in a folder, such as `providers/NAME`.
  static func entry(at folder: String) throws(Failure) -> ProviderCatalog.Entry {
    let file = folder + "/provider.yaml"
    let name = folder.split(separator: "/").last.map { String($0) } ?? folder
    let bytes: [UInt8]
    do throws(FileSystem.Problem) {
      bytes = try FileSystem.read(file, limit: 4 << 20).bytes
    } catch {
      throw Failure(
        "unreadable", "the manifest can't be read: \(error.words)", advice: "See that it is a file that you may read.", place: place(file))
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure("not-utf8", "the manifest is not UTF-8", advice: "Save it as UTF-8.", place: place(file))
    }
    return ProviderCatalog.Entry(name: Text(name), file: Text(file), text: text, isBuiltIn: false)
  }

  private static func entries(in folder: String) throws(Failure) -> [ProviderCatalog.Entry] {
    let names: [String]
    do throws(FileSystem.Problem) {
      names = try FileSystem.names(in: folder)
    } catch {
      throw Failure(
        "unreadable", "the folder of providers can't be read: \(error.words)", advice: "Correct `providers` in the configuration.",
        place: place(folder))
    }
    var entries: [ProviderCatalog.Entry] = []
    for name in names where FileSystem.exists("\(folder)/\(name)/provider.yaml") { entries.append(try entry(at: "\(folder)/\(name)")) }
    return entries
  }

  private static func place(_ path: String) -> Diagnostic.Place { .file(Text(path), line: 0, column: 0) }
}
