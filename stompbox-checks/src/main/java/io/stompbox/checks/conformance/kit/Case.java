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

  /**
   * Returns this case with what it wants to be tried together with.
   *
   * @param file all cases of its file, this one too
   */
  default Case among(List<Case> file) {
    return this;
  }
}
