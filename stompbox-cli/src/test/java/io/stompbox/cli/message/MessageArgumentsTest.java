package io.stompbox.cli.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.client.Acknowledgement;
import io.stompbox.client.Outgoing;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.protocol.frame.Headers;
import java.nio.charset.StandardCharsets;
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
            "text/plain");

    Outgoing message = send.message("hi".getBytes(StandardCharsets.UTF_8));

    assertThat(message.body().text()).isEqualTo("hi");
    assertThat(message.headers())
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
                "persistent",
                "true"));
  }

  @Test
  void listenSubscribesAsTheClientDoesUnlessToldOtherwise() {
    assertThat(subscribeOptions("listen", "/queue/a")).isEqualTo(SubscribeOptions.defaults());
  }

  @Test
  void listenMakesASubscription() {
    assertThat(
            subscribeOptions(
                "listen", "/queue/a", "--id", "mine", "--prefetch", "7", "-H", "selector:a = 1"))
        .isEqualTo(
            SubscribeOptions.defaults()
                .withId("mine")
                .withPrefetch(7)
                .withHeader("selector", "a = 1"));
  }

  @ParameterizedTest
  @CsvSource({"after, AFTER_PROCESSING", "batched, BATCHED", "broker, BROKER"})
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
    return Cli.command(ListenCommand.class, args).subscribeOptions();
  }
}
