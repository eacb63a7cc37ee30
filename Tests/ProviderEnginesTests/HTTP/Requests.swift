import SideEffects

/// Requests as a watch makes them: with a token, unless told otherwise.
enum Requests {
  static let token = "geheim-token-4711"

  static func get(_ url: String, method: Text = "GET", authenticated: Bool = true, isRead: Bool? = nil, base: String? = nil) throws
    -> HTTPRequest
  {
    struct NoOrigin: Error {}
    guard let origin = WebOrigin(base ?? url) else { throw NoOrigin() }
    let authorization = SensitiveText([.literal("Bearer "), .secret(name: "token", Secret(token))])
    return HTTPRequest(
      method: method, url: SensitiveText(url), headers: authenticated ? [("Authorization", authorization)] : [], body: nil,
      isAuthenticated: authenticated, origin: origin, isRead: isRead)
  }
}

extension HTTPCarrier {
  /// The failure of a request that has to fail.
  func failure(_ request: HTTPRequest) async -> Diagnostic? {
    do throws(Failure) {
      _ = try await send(request)
      return nil
    } catch {
      return error.diagnostics.first
    }
  }
}
