package io.stompbox.testkit.script;

/**
 * A statement that was read and can be carried out.
 *
 * @param <C> who carries it out
 */
@FunctionalInterface
public interface Step<C> {
  /**
   * Carries it out.
   *
   * @throws AssertionError if something else came than was expected; other exceptions count as
   *     failures of the script too
   */
  void run(C actor, Scope scope) throws Exception;
}
