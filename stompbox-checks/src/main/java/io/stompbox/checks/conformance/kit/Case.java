package io.stompbox.checks.conformance.kit;

import java.util.List;

/** What a line of a case file wants to be tried. */
@FunctionalInterface
public interface Case {
  /**
   * Tries the case in every way in which it must give the same.
   *
   * @return at least one run; a case without any counts as failed
   */
  List<Run> runs();
}
