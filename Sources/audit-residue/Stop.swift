import SideEffects

/// Why a command ends before its work is done, and with which status.
struct Stop: Error {
  let failure: Failure
  let status: ExitStatus

  init(_ failure: Failure, _ status: ExitStatus) { (self.failure, self.status) = (failure, status) }

  init(_ rule: Text, _ sentence: String, advice: String = "", _ status: ExitStatus) {
    self.init(Failure(rule, sentence, advice: advice), status)
  }
}
