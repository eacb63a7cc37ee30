/// One line of what was done for a step of a plan: written before a request goes out, and after.
///
/// Whoever is killed in between finds here what may have been done, and reads whether it was.
public struct JournalEntry: Hashable, Sendable {
  /// Which of a step's ways is taken.
  public enum Course: String, Hashable, Sendable, CaseIterable {
    case remedy = "do"
    /// The milder way that the step names.
    case milder = "first"
    case undo
  }

  /// What happened.
  public enum Event: Hashable, Sendable {
    /// The request of that position, from 0, is about to be sent, or the commit to be written.
    case intended(part: Int)
    /// The service took that request; nil for what has no status, such as a commit.
    case taken(part: Int, status: Int?)
    /// The service refused that request, so that it did nothing.
    case refused(part: Int, because: Text)
    /// No whole answer came: only reading tells what became of it.
    case unclear(part: Int, because: Text)
    /// Reading again shows that it is done; `made` is what came to be by it.
    case done(made: ResourceAddress?)
    /// A commit with the change is on a branch that somebody has to merge.
    case proposed(commit: Text, branch: Text)
    /// A person said that it is settled, where no reading can tell.
    case settled
  }

  /// The plan's name.
  public let plan: Text
  /// The step's id.
  public let step: Text
  public let course: Course
  public let event: Event
  public let at: Instant

  public init(plan: Text, step: Text, course: Course, event: Event, at: Instant) {
    (self.plan, self.step, self.course, self.event, self.at) = (plan, step, course, event, at)
  }
}
