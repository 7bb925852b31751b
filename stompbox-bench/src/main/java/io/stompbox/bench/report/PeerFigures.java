package io.stompbox.bench.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What all peers that can do something were measured to need for it.
 *
 * @param found by their names; their order is kept
 * @param missing the names of those that can do it and were not measured
 */
public record PeerFigures(Map<String, Spread> found, List<String> missing) {
  public PeerFigures {
    found = Collections.unmodifiableMap(new LinkedHashMap<>(found));
    missing = List.copyOf(missing);
  }

  /**
   * The best peer.
   *
   * @param name of the one with the least median
   * @param figure its median, and the least and the most that the best of all peers needs
   */
  public record Peer(String name, Spread figure) {
    /** Returns the median of the rounds. */
    public double median() {
      return figure.median();
    }
  }

  /** Looks up those that can do it. */
  public static PeerFigures of(List<String> able, Function<String, Optional<Spread>> figures) {
    Map<String, Spread> found = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    for (String name : able) {
      figures
          .apply(name)
          .ifPresentOrElse(figure -> found.put(name, figure), () -> missing.add(name));
    }
    return new PeerFigures(found, missing);
  }

  /** Returns the one that was measured to need least, of equals the first; empty without any. */
  public Optional<Peer> best() {
    return found.entrySet().stream()
        .min(Map.Entry.comparingByValue((a, b) -> Double.compare(a.median(), b.median())))
        .map(
            peer ->
                new Peer(
                    peer.getKey(),
                    new Spread(
                        peer.getValue().median(), least(Spread::least), least(Spread::most))));
  }

  /** Another peer than the one with the least median may have had the best round. */
  private double least(ToDoubleFunction<Spread> value) {
    return found.values().stream().mapToDouble(value).min().orElseThrow();
  }
}
