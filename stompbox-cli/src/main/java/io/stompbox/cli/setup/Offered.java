package io.stompbox.cli.setup;

import io.stompbox.cli.context.ContextNames;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Model.ArgSpec;

/**
 * What a shell can offer where the value of an option, or an argument, is typed.
 *
 * @param kind what the values are
 * @param words all of them, where they are known
 */
record Offered(Kind kind, List<String> words) {
  private static final Set<String> FILES = Set.of("FILE", "DIR", "RUN");

  /** What values are. */
  enum Kind {
    NOTHING,
    FILES,
    CONTEXTS,
    WORDS
  }

  static Offered of(ArgSpec argument) {
    if (FILES.contains(argument.paramLabel())) {
      return new Offered(Kind.FILES, List.of());
    }
    Iterable<String> candidates = argument.completionCandidates();
    if (candidates == null) {
      return new Offered(Kind.NOTHING, List.of());
    }
    return candidates instanceof ContextNames
        ? new Offered(Kind.CONTEXTS, List.of())
        : new Offered(Kind.WORDS, StreamSupport.stream(candidates.spliterator(), false).toList());
  }
}
