package io.stompbox.bench.endtoend.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientReportTest {
  @ParameterizedTest
  @CsvSource({
    "send-100, 'send 100 octets, no receipt', 100, 50",
    "confirm-1k-1000, 'send 1 KiB with receipt, window 1,000', 100, 50",
    "receive-100, 'receive 100 octets, auto', 100, 50",
    "receive-1k-ack, 'receive 1 KiB, ack each', 300, 200"
  })
  void eachNumberIsAboutTheBestOfAllPeers(String scenario, String what, double best, double most) {
    List<Sample> samples = new ArrayList<>(Samples.ofPeers(scenario, 1000));
    samples.removeIf(sample -> sample.subject().equals("stompjms-callback"));
    samples.add(Samples.of(scenario, "stompjms-callback", best));

    assertThat(verdict(samples, what, Samples.of(scenario, "stompbox", most))).isEqualTo("yes");
    assertThat(verdict(samples, what, Samples.of(scenario, "stompbox", most + 1))).isEqualTo("no");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stompjms-callback", "vertx", "spring", "stompjms", "activemq"})
  void withoutOneOfThePeersANumberIsNotKnown(String missing) {
    List<Sample> samples = new ArrayList<>(Samples.ofPeers("send-100", 1000));
    samples.removeIf(sample -> sample.subject().equals(missing));

    Sample own = Samples.of("send-100", "stompbox", 10);

    assertThat(verdict(samples, "send 100 octets, no receipt", own)).isEqualTo("not known");
  }

  private static String verdict(List<Sample> others, String what, Sample own) {
    List<Sample> all = new ArrayList<>(others);
    all.add(own);
    return new ClientReport(all)
        .holds().rows().stream()
            .filter(row -> row.what().equals(what) && row.reach().contains("peer"))
            .map(row -> row.verdict().toString())
            .findFirst()
            .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "send-100, 'send 100 octets, no receipt', 300",
    "confirm-1k-1000, 'send 1 KiB with receipt, window 1,000', 400",
    "receive-100, 'receive 100 octets, auto', 500",
    "ping-pong, 'ping-pong, wall', 110"
  })
  void theLimitIsWhatARawSocketNeeds(String scenario, String what, double most) {
    Sample raw = Samples.of(scenario, "raw", 100);

    assertThat(row(what, raw, Samples.of(scenario, "stompbox", most))).endsWith("| yes |");
    assertThat(row(what, raw, Samples.of(scenario, "stompbox", most + 1))).endsWith("| **no** |");
  }

  private static String row(String what, Sample... samples) {
    return new ClientReport(List.of(samples))
        .holds()
        .markdown()
        .lines()
        .filter(line -> line.startsWith("| " + what + " |") && line.contains("a raw socket"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void showsMedianAndSpreadOfTheRoundsAndTheNoise() {
    String text =
        new ClientReport(
                List.of(
                    Samples.of("send-100", "stompbox", 30),
                    Samples.of("send-100", "stompbox", 10),
                    Samples.of("send-100", "stompbox", 11),
                    Samples.of("ping-pong", "vertx", 2000)))
            .text();

    assertThat(text)
        .contains("| stompbox | 11 (10..30) | - |")
        .contains("| vertx | - | 2000 (2000..2000) |")
        .contains("| vertx | 2 (2..2) | 4 (4..4) | 6 (6..6) | 8 (8..8) |")
        .contains("other processes besides the peer had 50 % of the machine in the median JVM")
        .contains("the load was up to 3.5");
  }

  @Test
  void wallTimeHasItsSpreadToo() {
    String text =
        new ClientReport(
                List.of(Samples.of("send-100", "raw", 30), Samples.of("send-100", "raw", 10)))
            .text();

    assertThat(text.substring(text.indexOf("Wall nanoseconds a message.")))
        .contains("| raw | 20 (10..30) |");
  }

  @Test
  void saysWhereItWasMeasuredAndHowOftenItWasNotQuiet() {
    Sample quiet = Samples.of("send-100", "raw", 1);
    Sample unquiet = Samples.of("receive-100", "raw", 1);

    assertThat(new ClientReport(List.of(quiet, quiet)).circumstances())
        .contains("Machine: a machine.", "JDK: a JDK.")
        .contains("Warm-up: every JVM was quiet before it measured.");
    assertThat(new ClientReport(List.of(quiet, unquiet, quiet)).circumstances())
        .contains("Warm-up: 1 of 3 JVMs were not quiet after 10 s of CPU time, and measured then.");
  }

  @Test
  void saysWhatStompboxNeedsBesideEachOfTheOthers() {
    String ratios =
        new ClientReport(
                List.of(
                    Samples.of("send-100", "stompbox", 100),
                    Samples.of("send-100", "raw", 40),
                    Samples.of("send-100", "vertx", 2000),
                    Samples.of("send-100", "stompjms", 300),
                    Samples.of("receive-100", "vertx", 1),
                    Samples.of("ping-pong", "stompbox", 300),
                    Samples.of("ping-pong", "raw", 200)))
            .ratios();

    assertThat(ratios.lines())
        .containsExactly(
            "* send-100, CPU time of stompbox: 2.50 times raw, 1/3.00 stompjms, 1/20.00 vertx.",
            "* ping-pong, time of stompbox: 1.50 times raw.");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'Brokers: none; --full or brokers= measures with them.'",
    "activemq artemis, 'Not measured: rabbitmq. RabbitMQ has to be installed, by Debian'",
    "activemq artemis rabbitmq, 'Brokers: activemq, artemis, rabbitmq.'"
  })
  void saysWhichBrokersWereMeasuredAndWhyRabbitMqWasNot(String brokers, String said) {
    List<Sample> samples = new ArrayList<>(List.of(Samples.of("ping-pong", "raw", 1)));
    for (String broker : brokers.split(" ", -1)) {
      if (!broker.isEmpty()) {
        samples.add(Samples.at(broker, "ping-pong", "stompbox", 1));
      }
    }

    assertThat(String.join(" ", new ClientReport(samples).circumstances())).contains(said);
  }
}
