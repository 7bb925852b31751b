package io.stompbox.protocol.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import io.stompbox.protocol.frame.Version;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgreementTest {
  private static final Set<Version> ALL = EnumSet.allOf(Version.class);
  private static final HeartBeat WANTED = new HeartBeat(4000, 6000);

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      nullValues = "-",
      value = {
        "NEG-001, 1.0 1.1 1.2, 1.2,     1.2",
        "NEG-002, 1.0 1.1 1.2, 1.1,     1.1",
        "NEG-003, 1.0 1.1 1.2, 1.0,     1.0",
        "NEG-004, 1.0 1.1 1.2, -,       1.0",
        "NEG-010, 1.0 1.1 1.2, ' 1.2 ', 1.2",
        "tab,     1.0 1.1 1.2, '1.2\t', 1.2",
        "CMD-097, 1.0,         -,       1.0",
        "CMD-102, 1.1,         1.1,     1.1",
      })
  void takesTheVersionThatTheServerChose(
      String id, String offered, String chosen, String expected) {
    Agreement agreement = Agreement.of(connected(chosen), versions(offered), HeartBeat.NONE);

    assertThat(agreement.version().text()).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "NEG-006, 1.2,         1.1",
    "NEG-007, 1.0 1.1 1.2, 1.3",
    "NEG-012, 1.0 1.1 1.2, 1.20",
    "NEG-013, 1.0 1.1 1.2, v1.2",
    "CMD-099, 1.0,         1.2",
    "CMD-105, 1.1 1.2,     1.0",
    "CMD-106, 1.0 1.1,     1.2",
    "CMD-107, 1.1,         2.0",
    "empty,   1.0 1.1 1.2, ''",
    "list,    1.0 1.1 1.2, '1.1,1.2'",
    "order,   1.2 1.1 1.0, 1",
  })
  void refusesAVersionThatWasNotOffered(String id, String offered, String chosen) {
    String listed = Arrays.stream(offered.split(" ")).sorted().toList().toString();

    assertThatThrownBy(() -> Agreement.of(connected(chosen), versions(offered), HeartBeat.NONE))
        .isInstanceOfSatisfying(
            ProtocolException.class, e -> assertThat(e.fault()).isEqualTo(Fault.VERSION_MISMATCH))
        .hasMessage("the server chose version '%s', but offered were %s".formatted(chosen, listed));
  }

  @Test
  void aServerWithoutVersionIsRefusedUnlessItWasOffered10() {
    assertThatThrownBy(
            () -> Agreement.of(Frame.of(Command.CONNECTED), versions("1.2 1.1"), HeartBeat.NONE))
        .isInstanceOfSatisfying(
            ProtocolException.class, e -> assertThat(e.fault()).isEqualTo(Fault.VERSION_MISMATCH))
        .hasMessage("the server named no version, which means 1.0, but offered were [1.1, 1.2]");
  }

  @ParameterizedTest(name = "{0} in {1}")
  @CsvSource(
      nullValues = "-",
      value = {
        "NEG-043, 1.1, '5000,3000',     '4000,6000'",
        "NEG-043, 1.2, '5000,3000',     '4000,6000'",
        "NEG-051, 1.2, ' 5000 , 3000 ', '4000,6000'",
        "NEG-047, 1.1, -,               '0,0'",
        "NEG-047, 1.2, -,               '0,0'",
        "NEG-062, 1.0, -,               '0,0'",
        "by the header and not by the version, 1.0, '5000,3000', '4000,6000'",
      })
  void heartBeatsGoByTheHeader(String id, String version, String heartBeat, String expected) {
    Frame connected = connected(version);
    Frame frame = heartBeat == null ? connected : connected.with("heart-beat", heartBeat);

    assertThat(Agreement.of(frame, ALL, WANTED).heartBeat().text()).isEqualTo(expected);
  }

  @Test
  void theFirstOfRepeatedHeadersCounts() {
    Frame frame =
        connected("1.1")
            .with("version", "1.2")
            .with("heart-beat", "5000,3000")
            .with("heart-beat", "nonsense");

    Agreement agreement = Agreement.of(frame, ALL, WANTED);

    assertThat(agreement.version()).isEqualTo(Version.V1_1);
    assertThat(agreement.heartBeat()).isEqualTo(new HeartBeat(4000, 6000));
  }

  @Test
  void aHeartBeatThatCannotBeReadEndsTheSession() {
    Frame frame = connected("1.2").with("heart-beat", "5000");

    assertThatThrownBy(() -> Agreement.of(frame, ALL, HeartBeat.NONE))
        .isInstanceOfSatisfying(
            ProtocolException.class, e -> assertThat(e.fault()).isEqualTo(Fault.BAD_HEART_BEAT));
  }

  @Test
  void keepsWhatTheServerSaysAboutItself() {
    Agreement agreement =
        Agreement.of(
            connected("1.2").with("server", "moon/1.0").with("session", "hi"), ALL, WANTED);

    assertThat(agreement.server()).hasValue("moon/1.0");
    assertThat(agreement.session()).hasValue("hi");
  }

  @Test
  void aServerNeedNotSayAnythingAboutItself() {
    Agreement agreement = Agreement.of(connected("1.2"), ALL, WANTED);

    assertThat(agreement.server()).isEmpty();
    assertThat(agreement.session()).isEmpty();
  }

  /** CMD-120 and others. */
  @ParameterizedTest
  @ValueSource(strings = {"MESSAGE", "RECEIPT", "ERROR", "CONNECT", "connected"})
  void onlyConnectedSettlesAnything(String command) {
    Frame frame = Frame.of(Command.of(command), "version", "1.2");

    assertThatThrownBy(() -> Agreement.of(frame, ALL, WANTED))
        .isInstanceOfSatisfying(
            ProtocolException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNEXPECTED_FRAME))
        .hasMessage("the answer to CONNECT must be CONNECTED or ERROR: " + frame);
  }

  private static Frame connected(String version) {
    return version == null
        ? Frame.of(Command.CONNECTED)
        : Frame.of(Command.CONNECTED, "version", version);
  }

  private static Set<Version> versions(String texts) {
    return Arrays.stream(texts.split(" "))
        .map(text -> Version.of(text).orElseThrow())
        .collect(Collectors.toSet());
  }
}
