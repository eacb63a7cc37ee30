import Documents
import LibPCRE2
import Testing

@testable import SideEffects

@Suite("A condition with a pattern that gives up")
struct ConditionTests {
  private typealias Matcher = Condition.Matcher

  @Test("is neither fulfilled nor not, but where something else decides")
  func undecided() throws {
    let hopeless = Matcher.matches(try Pattern("^(a|a|a)+$"))
    let text = Document(.text(String(repeating: "a", count: 40) + "b"))
    #expect(hopeless.fits(text) == nil)
    #expect(Matcher.not(hopeless).fits(text) == nil)
    #expect(Matcher.any([hopeless, .emptyList]).fits(text) == nil)
    #expect(Matcher.any([hopeless, .not(.emptyList)]).fits(text) == true)
    #expect(hopeless.fits(Document(.text("aaa"))) == true && hopeless.fits(nil) == false)
  }
}
