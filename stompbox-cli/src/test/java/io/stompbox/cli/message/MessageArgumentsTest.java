package io.stompbox.cli.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.client.Acknowledgement;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.protocol.frame.Headers;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arguments of send and listen become values; nothing here has a network. */
class MessageArgumentsTest {
  @Test
  void sendMakesAMessage() {
    SendCommand send =
        Cli.command(
            SendCommand.class,
            "send",
            "/queue/a",
            "-H",
            "priority:9",
            "--header",
            "note: a:b",
            "--persistent",
            "--content-type",
            "text/plain",
            "--correlation-id",
            "7",
            "--reply-to",
            "/queue/b");

    assertThat(send.template().headers())
        .isEqualTo(
            Headers.of(
                "destination",
                "/queue/a",
                "priority",
                "9",
                "note",
                " a:b",
                "content-type",
                "text/plain",
                "correlation-id",
                "7",
                "persistent",
                "true",
                "reply-to",
                "/queue/b"));
  }

  @Test
  void sendSendsOneMessageWithoutAReceiptUnlessToldOtherwise() {
    assertThat(sendPlan())
        .isEqualTo(
            new SendPlan(
                "/queue/a",
                new SendPlan.How.Plain(),
                Rate.UNLIMITED,
                OptionalLong.of(1),
                Duration.ofSeconds(10)));
  }

  @Test
  void howMessagesAreSentIsAPlan() {
    assertThat(sendPlan("--count", "5", "--receipt", "--rate", "10/s", "--timeout", "3s"))
        .isEqualTo(
            new SendPlan(
                "/queue/a",
                new SendPlan.How.Receipts(),
                new Rate(100_000_000),
                OptionalLong.of(5),
                Duration.ofSeconds(3)));
    assertThat(sendPlan("--lines", "--tx", "7"))
        .isEqualTo(
            new SendPlan(
                "/queue/a",
                new SendPlan.How.Transactions(7),
                Rate.UNLIMITED,
                OptionalLong.empty(),
                Duration.ofSeconds(10)));
  }

  private static SendPlan sendPlan(String... args) {
    String[] all =
        Stream.concat(Stream.of("send", "/queue/a"), Stream.of(args)).toArray(String[]::new);
    return Cli.command(SendCommand.class, all).plan();
  }

  @ParameterizedTest
  @CsvSource({
    "100/s, 10_000_000",
    "100, 10_000_000",
    "6/m, 10_000_000_000",
    "0.5/s, 2_000_000_000"
  })
  void rateIsATimeBetweenTwo(String text, String nanos) {
    assertThat(new Rate.Converter().convert(text))
        .isEqualTo(new Rate(Long.parseLong(nanos.replace("_", ""))));
  }

  @Test
  void listenSubscribesAsTheClientDoesUnlessToldOtherwise() {
    assertThat(subscribeOptions("listen", "/queue/a")).isEqualTo(SubscribeOptions.defaults());
  }

  /** Before anything is asked of a broker. */
  @ParameterizedTest
  @CsvSource({
    "listen, --selector",
    "listen, --durable",
    "listen, --id",
    "listen, --save",
    "peek, --selector",
    "send, --reply-to",
    "send, --client-id",
    "send, --vhost",
    "listen, --user"
  })
  void blankValueIsRefused(String verb, String option) {
    Cli.Result result =
        Cli.run(verb, "-s", "stomp://no.such.host.invalid", "/queue/a", option, "")
            .assertThatItEndsWith(ExitCode.USAGE);

    assertThat(result.err())
        .isEqualTo("stompbox: " + option + " is blank\n  leave it out, or write a value\n");
  }

  @Test
  void listenMakesASubscription() {
    assertThat(
            subscribeOptions(
                "listen",
                "/queue/a",
                "--id",
                "mine",
                "--prefetch",
                "7",
                "-H",
                "x:y",
                "--selector",
                "a = 1",
                "--durable",
                "d"))
        .isEqualTo(
            SubscribeOptions.defaults()
                .withId("mine")
                .withPrefetch(7)
                .selector("a = 1")
                .durable("d")
                .withHeader("x", "y"));
  }

  @ParameterizedTest
  @CsvSource({
    "individual, AFTER_PROCESSING",
    "client-individual, AFTER_PROCESSING",
    "client, BATCHED",
    "auto, BROKER"
  })
  void ackNamesTheAcknowledgement(String text, Acknowledgement acknowledgement) {
    assertThat(subscribeOptions("listen", "/queue/a", "--ack", text).acknowledgement())
        .isEqualTo(acknowledgement);
  }

  @Test
  void noMoreIsSentAheadThanIsCounted() {
    assertThat(subscribeOptions("listen", "/queue/a", "-c", "2").prefetch()).isEqualTo(2);
    assertThat(subscribeOptions("listen", "/queue/a", "-c", "500").prefetch()).isEqualTo(100);
    assertThat(subscribeOptions("listen", "/queue/a", "-c", "2", "--prefetch", "9").prefetch())
        .isEqualTo(9);
  }

  private static SubscribeOptions subscribeOptions(String... args) {
    return Cli.command(ListenCommand.class, args).plan().subscription();
  }
}
