@main
struct Main {
  static func main() { print(embeddedProviders.count) }
}
