import Glibc
import Testing

@testable import audit_residue

@Suite("exit statuses")
struct ExitStatusTests {
  @Test("each belongs to some command and is said once")
  func table() {
    for status in ExitStatus.allCases { #expect(!status.families.isEmpty) }
    #expect(Set(ExitStatus.allCases.map(\.meaning)).count == ExitStatus.allCases.count)
    for family in ExitStatus.Family.allCases {
      let statuses = ExitStatus.rows(for: family).map(\.status)
      #expect(Set(statuses).count == statuses.count)
    }
  }

  @Test("help shows them aligned")
  func help() {
    #expect(
      ExitStatus.help(for: .looks) == """
          0        nothing to report
          1        audit-residue itself failed
          4        no residue was found, but something could not be compared or read
          64       wrong usage or configuration
          128 + n  signal n ended audit-residue
        """)
  }

  @Test("a command's end is its own status, or that of a shell")
  func command() {
    #expect(CommandEnd.exited(3).exitStatus == 3)
    #expect(CommandEnd.signalled(SIGTERM).exitStatus == 143)
    #expect(CommandEnd.notStarted(ENOENT).exitStatus == 127)
    #expect(CommandEnd.notStarted(EACCES).exitStatus == 126)
    #expect(CommandEnd.notStarted(ENOEXEC).exitStatus == 126)
  }
}
