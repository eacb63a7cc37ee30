/// The names of settings that mean the same for every provider.
public enum StandardSetting: String, CaseIterable, Sendable {
  case base, owner, user, repository, ref, submodules, token, password

  /// Given under `secrets`, never under `with`.
  public var isSecret: Bool {
    switch self {
    case .token, .password: true
    case .base, .owner, .user, .repository, .ref, .submodules: false
    }
  }

  /// What it is, in a sentence.
  public var help: String {
    switch self {
    case .base: "The URL of the service, without a path of its API unless the provider's page says so."
    case .owner: "The account whose things are looked at: an organization, a group or a person."
    case .user: "The name to log in with."
    case .repository:
      "The folder of a git repository, with or without a work tree; relative to the configuration's folder. A list, or a path with `*`, for several."
    case .ref:
      "A revision, `index` or `worktree`; the work tree where there is one, else `HEAD`, if left out. A list, or references with `*` such as `refs/deploy/*`, for several."
    case .submodules:
      "`true`: the submodules of the repository as well, each at the commit that is named in it, or as it is checked out where the work tree is read. Every provider of repositories takes it."
    case .token: "A token of the service."
    case .password: "The password of `user`."
    }
  }
}
