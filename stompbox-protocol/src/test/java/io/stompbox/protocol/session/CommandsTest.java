package io.stompbox.protocol.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.IllegalFrameException.Reason;
import io.stompbox.protocol.frame.Version;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "NEG-014, 1.0 1.1 1.2, '1.0,1.1,1.2'",
    "NEG-016, 1.1 1.1,     1.1",
    "NEG-017, 1.2,         1.2",
    "NEG-018, 1.0,         1.0",
    "CMD-008, 1.0 1.1,     '1.0,1.1'",
    "CMD-010, 1.2 1.0 1.1, '1.0,1.1,1.2'",
  })
  void connectOffersVersionsRisingAndWithoutBlanks(String id, String offered, String expected) {
    Frame frame = Commands.connect(versions(offered), "earth", HeartBeat.NONE, Headers.empty());

    assertThat(frame)
        .isEqualTo(Frame.of(Command.CONNECT, "accept-version", expected, "host", "earth"));
  }

  @Test
  void connectHasItsOwnHeadersFirstAndTheOthersInTheirOrder() {
    Frame frame =
        Commands.connect(
            versions("1.2"),
            "earth",
            new HeartBeat(10_000, 20_000),
            Headers.of("login", "hi", "passcode", "there", "4711", "0815"));

    assertThat(frame)
        .isEqualTo(
            Frame.of(
                Command.CONNECT,
                "accept-version",
                "1.2",
                "host",
                "earth",
                "heart-beat",
                "10000,20000",
                "login",
                "hi",
                "passcode",
                "there",
                "4711",
                "0815"));
  }

  @Test
  void connectSendsEachHeaderThatItSetsOnce() {
    Headers more = Headers.of("host", "moon", "accept-version", "9", "heart-beat", "1,1", "a", "b");

    assertThat(Commands.connect(versions("1.2"), "earth", new HeartBeat(1000, 0), more).headers())
        .isEqualTo(
            Headers.of("accept-version", "1.2", "host", "earth", "heart-beat", "1000,0", "a", "b"));
    assertThat(Commands.connect(versions("1.2"), "earth", HeartBeat.NONE, more).headers())
        .as("NEG-065")
        .isEqualTo(Headers.of("accept-version", "1.2", "host", "earth", "a", "b"));
  }

  @Test
  void connectNeedsAVersion() {
    assertThatThrownBy(() -> Commands.connect(Set.of(), "earth", HeartBeat.NONE, Headers.empty()))
        .as("NEG-019")
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("at least one version must be offered");
  }

  @Test
  void connectCannotAskForAReceipt() {
    assertThatThrownBy(
            () ->
                Commands.connect(
                    versions("1.2"), "earth", HeartBeat.NONE, Headers.of("receipt", "1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("CONNECT can't ask for a receipt; CONNECTED answers it");
  }

  @ParameterizedTest
  @EnumSource
  void subscribeNamesItsIdInEveryVersion(Version version) {
    Frame frame =
        Commands.of(version)
            .subscribe("/q", "5", "client-individual", Headers.of("selector", "a='b'"));

    assertThat(frame)
        .isEqualTo(
            Frame.of(
                Command.SUBSCRIBE,
                "id",
                "5",
                "destination",
                "/q",
                "ack",
                "client-individual",
                "selector",
                "a='b'"));
  }

  @Test
  void subscribeSendsEachHeaderThatItSetsOnce() {
    Headers more = Headers.of("ack", "auto", "a", "b", "id", "6", "destination", "/other");

    Frame frame = Commands.of(Version.V1_0).subscribe("/q", "5", "client", more);

    assertThat(frame.headers())
        .isEqualTo(Headers.of("id", "5", "destination", "/q", "ack", "client", "a", "b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sometimes", "", "AUTO", "client_individual", "auto "})
  void subscribeRefusesAnAckModeThatDoesNotExist(String ack) {
    Commands commands = Commands.of(Version.V1_2);

    assertThatThrownBy(() -> commands.subscribe("/q", "5", ack, Headers.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ack must be one of [auto, client, client-individual], but was '" + ack + "'");
  }

  @ParameterizedTest(name = "{0}: ACK in {1} of {2}")
  @MethodSource("acknowledged")
  void ackHasTheFormOfItsVersion(String id, Version version, Headers message, Headers expected) {
    assertThat(Commands.of(version).ack(message(message)))
        .isEqualTo(new Frame(Command.ACK, expected, Body.empty()));
  }

  @ParameterizedTest(name = "{0}: NACK in {1} of {2}")
  @MethodSource("refusable")
  void nackHasTheFormOfAck(String id, Version version, Headers message, Headers expected) {
    assertThat(Commands.of(version).nack(message(message)))
        .isEqualTo(new Frame(Command.NACK, expected, Body.empty()));
  }

  /** CMD-035 to CMD-043. */
  @Test
  void nackIsRefusedIn10() {
    Frame message = message(Headers.of("message-id", "m", "subscription", "s", "ack", "a"));

    assertThatThrownBy(() -> Commands.of(Version.V1_0).nack(message))
        .isInstanceOfSatisfying(
            IllegalFrameException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.COMMAND_NOT_IN_VERSION))
        .hasMessage(
            "STOMP 1.0 has no NACK; leave the message unacknowledged or connect with 1.1 or 1.2");
  }

  static Stream<Arguments> acknowledged() {
    Headers all =
        Headers.of(
            "message-id", "m", "subscription", "s", "ack", "a", "transaction", "u", "x", "y");
    Headers both = Headers.of("message-id", "m", "subscription", "s");
    return Stream.of(
        Arguments.of("CMD-034", Version.V1_0, Headers.of("message-id", "m"), idOnly("m")),
        Arguments.of("CMD-038", Version.V1_0, both, both),
        Arguments.of("CMD-044", Version.V1_0, all, both),
        Arguments.of("CMD-062", Version.V1_1, both, both),
        Arguments.of("CMD-063", Version.V1_1, all, both),
        Arguments.of("first counts", Version.V1_1, twice(both), both),
        Arguments.of("CMD-087", Version.V1_2, Headers.of("ack", "a"), Headers.of("id", "a")),
        Arguments.of("CMD-090", Version.V1_2, all, Headers.of("id", "a")));
  }

  static Stream<Arguments> refusable() {
    return acknowledged().filter(row -> row.get()[1] != Version.V1_0);
  }

  private static Headers idOnly(String id) {
    return Headers.of("message-id", id);
  }

  private static Headers twice(Headers headers) {
    return headers.toBuilder().add("message-id", "n").add("subscription", "t").build();
  }

  @ParameterizedTest(name = "{0}: {1} of {2}")
  @MethodSource("incomplete")
  void whatHasNoHeaderForItCannotBeAcknowledged(
      String ids, Version version, Headers headers, String missing) {
    Commands commands = Commands.of(version);
    Frame message = message(headers);
    String why =
        "the message has no header '%s', which STOMP %s needs to acknowledge it: %s"
            .formatted(missing, version, MessageIds.of(message));

    assertThatThrownBy(() -> commands.ack(message))
        .isInstanceOfSatisfying(
            IllegalFrameException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.MISSING_HEADER))
        .hasMessage(why);
    if (version != Version.V1_0) {
      assertThatThrownBy(() -> commands.nack(message)).hasMessage(why);
    }
  }

  static Stream<Arguments> incomplete() {
    Headers subscription = Headers.of("subscription", "s", "ack", "a");
    Headers messageId = Headers.of("message-id", "m", "ack", "a");
    Headers noAck = Headers.of("message-id", "m", "subscription", "s");
    return Stream.of(
        Arguments.of("1.0", Version.V1_0, subscription, "message-id"),
        Arguments.of("CMD-059, -060", Version.V1_1, subscription, "message-id"),
        Arguments.of("CMD-057", Version.V1_1, messageId, "subscription"),
        Arguments.of("CMD-080, -081", Version.V1_2, idOnly("m"), "ack"),
        Arguments.of("CMD-084, -085", Version.V1_2, noAck, "ack"));
  }

  /** CMD-046, -069, -092. */
  @ParameterizedTest
  @EnumSource
  void onlyMessagesCanBeAcknowledged(Version version) {
    Frame frame = Frame.of(Command.CONNECTED, "message-id", "m", "subscription", "s", "ack", "a");

    assertThatThrownBy(() -> Commands.of(version).ack(frame))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("only a MESSAGE can be acknowledged, but got " + frame);
  }

  @ParameterizedTest
  @EnumSource
  void otherFramesHaveTheOneHeaderThatTheyNeed(Version version) {
    Commands commands = Commands.of(version);

    assertThat(commands.unsubscribe("5")).isEqualTo(Frame.of(Command.UNSUBSCRIBE, "id", "5"));
    assertThat(commands.begin("t")).isEqualTo(Frame.of(Command.BEGIN, "transaction", "t"));
    assertThat(commands.commit("t")).isEqualTo(Frame.of(Command.COMMIT, "transaction", "t"));
    assertThat(commands.abort("t")).isEqualTo(Frame.of(Command.ABORT, "transaction", "t"));
    assertThat(commands.disconnect("4711"))
        .as("CMD-026")
        .isEqualTo(Frame.of(Command.DISCONNECT, "receipt", "4711"));
  }

  @Test
  @SuppressWarnings("NullAway") // the caller may not check its nulls
  void commitAndAbortInsistOnATransaction() {
    Commands commands = Commands.of(Version.V1_2);

    assertThatThrownBy(() -> commands.commit(null))
        .isInstanceOf(IllegalFrameException.class)
        .hasMessage("STOMP 1.2 requires the header 'transaction' of COMMIT, but it has []");
    assertThatThrownBy(() -> commands.abort(null))
        .isInstanceOf(IllegalFrameException.class)
        .hasMessage("STOMP 1.2 requires the header 'transaction' of ABORT, but it has []");
  }

  private static Frame message(Headers headers) {
    return new Frame(Command.MESSAGE, headers, Body.empty());
  }

  private static Set<Version> versions(String texts) {
    return Arrays.stream(texts.split(" "))
        .map(text -> Version.of(text).orElseThrow())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
