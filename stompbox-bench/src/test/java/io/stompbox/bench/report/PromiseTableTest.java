package io.stompbox.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromiseTableTest {
  private final PromiseTable table = new PromiseTable();

  @ParameterizedTest
  @CsvSource({
    "50, '', 1/2.00, yes",
    "51, '', 1/1.96, **no**",
    "150, '', 1.50 times, **no**",
    "50, slow, 1/2.00, not known",
    "51, slow, 1/1.96, **no**"
  })
  void aPeerThatWasNotMeasuredLeavesOpenWhatSeemsReached(
      double own, String missing, String ratio, String reached) {
    PeerFigures peers =
        new PeerFigures(
            Map.of("fast", figure(100), "slower", figure(900)),
            missing.isEmpty() ? List.of() : List.of(missing));

    table.againstPeers("send", new Share(1, 2), Optional.of(figure(own)), peers);

    assertThat(table.markdown().lines().skip(2))
        .singleElement()
        .asString()
        .startsWith("| send | at most 1/2 of the best peer | " + ratio + ": ")
        .contains("fast 100 ns" + (missing.isEmpty() ? " |" : "; not measured: slow |"))
        .endsWith(" | " + reached + " |");
  }

  @Test
  void nothingIsKnownWithoutAnyPeerOrWithoutTheOwnFigure() {
    PeerFigures nobody = new PeerFigures(Map.of(), List.of("fast"));
    PeerFigures fast = new PeerFigures(Map.of("fast", figure(1)), List.of());

    table.againstPeers("send", new Share(1, 2), Optional.of(figure(1)), nobody);
    table.againstPeers("send", new Share(1, 2), Optional.empty(), fast);
    table.atMostTimes("send", 3, "a raw socket", Optional.of(figure(1)), Optional.empty());

    assertThat(table.rows())
        .extracting(PromiseTable.Row::verdict)
        .containsOnly(PromiseTable.Verdict.NOT_MEASURED)
        .hasSize(3);
  }

  @Test
  void ofEqualPeersTheFirstIsTheBest() {
    List<String> able = List.of("vertx", "spring", "stompjms", "activemq", "artemis");

    PeerFigures peers = PeerFigures.of(able, name -> Optional.of(figure(100)));

    assertThat(peers.best()).hasValue(new PeerFigures.Peer("vertx", figure(100)));
    assertThat(peers.found().keySet()).containsExactlyElementsOf(able);
  }

  @ParameterizedTest
  @CsvSource({"110, yes", "111, **no**"})
  void timesAreReachedUpToTheLimit(double own, String reached) {
    table.atMostTimes(
        "ping-pong", 1.1, "a raw socket", Optional.of(figure(own)), Optional.of(figure(100)));

    assertThat(table.markdown())
        .contains("| at most 1.1 times a raw socket | 1.1")
        .endsWith("| " + reached + " |\n");
  }

  @ParameterizedTest
  @CsvSource({
    "40, 50, yes",
    "40, 51, 'yes, within the noise'",
    "60, 70, '**no**, within the noise'",
    "61, 70, **no**"
  })
  void aVerdictThatOtherRoundsWouldTurnIsWithinTheNoise(double least, double most, String reached) {
    Spread own = new Spread((least + most) / 2, least, most);
    Spread other = new Spread(110, 100, 120);

    table.atMostTimes("send", 0.5, "a raw socket", Optional.of(own), Optional.of(other));
    table.againstPeers(
        "send",
        new Share(1, 2),
        Optional.of(own),
        new PeerFigures(Map.of("fast", other, "slow", figure(900)), List.of()));

    assertThat(table.markdown().lines().skip(2))
        .hasSize(2)
        .allSatisfy(row -> assertThat(row).endsWith(" | " + reached + " |"));
  }

  @Test
  void theBestRoundMayBeThatOfAnotherPeer() {
    PeerFigures peers =
        new PeerFigures(
            Map.of("fast", new Spread(100, 90, 200), "steady", new Spread(110, 80, 120)),
            List.of());

    assertThat(peers.best()).hasValue(new PeerFigures.Peer("fast", new Spread(100, 80, 120)));
  }

  @Test
  void aPeerThatWasNotMeasuredLeavesOpenWhatIsReachedWithinTheNoise() {
    PeerFigures peers = new PeerFigures(Map.of("fast", figure(100)), List.of("slow"));

    table.againstPeers("send", new Share(1, 2), Optional.of(new Spread(50, 49, 51)), peers);
    table.againstPeers("send", new Share(1, 2), Optional.of(new Spread(51, 49, 53)), peers);

    assertThat(table.rows())
        .extracting(PromiseTable.Row::verdict)
        .containsExactly(PromiseTable.Verdict.NOT_KNOWN, PromiseTable.Verdict.MISSED_IN_NOISE);
  }

  private static Spread figure(double median) {
    return new Spread(median, median, median);
  }
}
