package io.stompbox.checks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.Agreement;
import io.stompbox.protocol.session.HeartBeat;
import io.stompbox.protocol.session.HeartBeatMonitor;
import io.stompbox.protocol.session.HeartBeatMonitor.Due;
import io.stompbox.protocol.session.HeartBeatTolerance;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

class HandshakeFuzzTest {
  static Stream<byte[]> headers() {
    return Stream.of(
            "0,0",
            "10000,10000",
            " 5 , 6 ",
            "2147483648,99999999999999999999",
            "-1,0",
            "1,2,3",
            "\u0661,\u0662",
            "")
        .map(text -> CaseOctets.input(text.getBytes(StandardCharsets.UTF_8), 7, 3, 0, 9, 1));
  }

  @MethodSource("headers")
  @FuzzTest
  void anyHeadersAreAnAgreementOrRefused(byte[] input) {
    Choices choices = new Choices(input);
    Set<Version> offered = EnumSet.of(choices.of(Version.values()), choices.of(Version.values()));
    HeartBeat wanted = new HeartBeat(choices.octet(), Math.abs(choices.octet()));
    Headers.Builder headers = Headers.builder();
    switch (choices.below(5)) {
      case 0 -> headers.add("version", choices.text(8));
      case 1 -> headers.add("version", "1.0");
      case 2 -> headers.add("version", " 1.1\t");
      case 3 -> headers.add("version", "1.2");
      default -> headers.add("server", choices.text(8));
    }
    String text = new String(choices.rest(), StandardCharsets.UTF_8);
    Frame connected =
        Frame.of(choices.yes() ? Command.ERROR : Command.CONNECTED).with(HeartBeat.HEADER, text);
    agree(headers, connected, offered, wanted);
    parse(text);
  }

  private static void agree(
      Headers.Builder headers, Frame connected, Set<Version> offered, HeartBeat wanted) {
    Headers all = headers.addAll(connected.headers()).build();
    try {
      Agreement agreed =
          Agreement.of(new Frame(connected.command(), all, connected.body()), offered, wanted);
      HeartBeat theirs = HeartBeat.parse(connected.require(HeartBeat.HEADER));
      assertThat(offered).contains(agreed.version());
      assertThat(agreed.heartBeat()).isEqualTo(wanted.agreedWith(theirs));
      assertThat(swapped(agreed.heartBeat())).isEqualTo(theirs.agreedWith(wanted));
    } catch (ProtocolException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  /** What the other side must come to. */
  private static HeartBeat swapped(HeartBeat heartBeat) {
    return new HeartBeat(heartBeat.receiveMillis(), heartBeat.sendMillis());
  }

  private static void parse(String text) {
    try {
      HeartBeat read = HeartBeat.parse(text);
      assertThat(HeartBeat.parse(read.text())).isEqualTo(read);
    } catch (ProtocolException e) {
      assertThat(e.fault()).isEqualTo(ProtocolException.Fault.BAD_HEART_BEAT);
      assertThat(e.getMessage()).contains(text);
    }
  }

  static Stream<byte[]> clocks() {
    return Stream.of(
        CaseOctets.input(new byte[] {0, 0, 0, 50, 0, 0, 0, 50}, 0),
        CaseOctets.input(new byte[] {127, -1, -1, -1, 0, 0, 0, 0}, 1),
        CaseOctets.input(new byte[] {0, 0, 0, 1, 0, 0, 0, 9, 127, -1, -1, -1, -1, -1, -1, -9}, 2));
  }

  /** The next deadline must be the first moment at which something is due, on any clock. */
  @MethodSource("clocks")
  @FuzzTest
  void theDeadlineIsTheFirstMomentAtWhichSomethingIsDue(byte[] input) {
    Choices choices = new Choices(input);
    HeartBeatTolerance tolerance = choices.of(HeartBeatTolerance.STANDARD, exact());
    HeartBeat agreed =
        new HeartBeat(choices.number() & Integer.MAX_VALUE, choices.number() & Integer.MAX_VALUE);
    long now = choices.large();
    HeartBeatMonitor monitor = new HeartBeatMonitor(agreed, tolerance, now);
    for (int i = 0; i < 20; i++) {
      long wait = monitor.nanosUntilDue(now);
      assertThat(wait).isNotNegative();
      assertThat(monitor.due(now) == Due.NOTHING).isEqualTo(wait > 0);
      if (wait == HeartBeatMonitor.NEVER) {
        assertThat(agreed).isEqualTo(HeartBeat.NONE);
        return;
      }
      if (wait > 0) {
        assertThat(monitor.due(now + wait - 1)).isEqualTo(Due.NOTHING);
      }
      now += choices.yes() ? wait : Math.min(wait, choices.number() & Integer.MAX_VALUE);
      if (monitor.due(now) == Due.SEND_HEART_BEAT) {
        monitor.onSent(now);
      } else if (monitor.due(now) == Due.GIVE_UP || choices.yes()) {
        monitor.onHeard(now);
        assertThat(monitor.silence(now)).isZero();
      }
    }
  }

  private static HeartBeatTolerance exact() {
    return new HeartBeatTolerance(1, 1, Duration.ZERO);
  }
}
