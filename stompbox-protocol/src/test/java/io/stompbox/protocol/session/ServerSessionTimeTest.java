package io.stompbox.protocol.session;

import static io.stompbox.protocol.frame.Command.CONNECT;
import static io.stompbox.protocol.frame.Command.SUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.session.ServerEvent.Cause;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clock starts just before it overflows, as the JVM's may. */
class ServerSessionTimeTest {
  private static final long START = Long.MAX_VALUE - millis(10);

  private static final HeartBeatTolerance TOLERANCE =
      new HeartBeatTolerance(0.5, 2.0, Duration.ofMillis(100));

  @Test
  void whoDoesNotConnectInTimeIsCut() {
    ServerSessionOptions options =
        ServerSessionOptions.defaults().connectWithin(Duration.ofSeconds(3));
    ServerSession session = new ServerSession("s", options, START);

    assertThat(session.nanosUntilDue(START + millis(1000))).isEqualTo(millis(2000));
    assertThat(session.due(START + millis(2999))).isEmpty();
    assertThat(session.due(START + millis(3000)))
        .containsExactly(new ServerEvent.Ended(Cause.SILENCE));
    assertThat(session.nanosUntilDue(START + millis(3000))).isEqualTo(HeartBeatMonitor.NEVER);
    assertThat(session.due(START + millis(9000))).isEmpty();
  }

  @Test
  void withoutHeartBeatsNothingIsEverDue() {
    ServerSession session = connected("0,0");

    assertThat(session.nanosUntilDue(START)).isEqualTo(HeartBeatMonitor.NEVER);
    assertThat(session.due(START + millis(1_000_000))).isEmpty();
  }

  @Test
  void heartBeatsAreDueAtHalfTheSlowerPeriodAfterTheLastOctet() {
    ServerSession session = connected("0,1000");

    assertThat(session.nanosUntilDue(START)).isEqualTo(millis(500));
    session.onSent(START + millis(400));
    assertThat(session.due(START + millis(899))).isEmpty();
    assertThat(session.due(START + millis(900))).containsExactly(new ServerEvent.HeartBeatDue());
    session.onSent(START + millis(900));
    assertThat(session.nanosUntilDue(START + millis(900))).isEqualTo(millis(500));
  }

  @Test
  void aSilentClientIsCutAndGivesBackWhatItHad() {
    ServerSession session = connected("200,0");
    session.receive(Frame.of(SUBSCRIBE, "id", "s", "destination", "/q"), START);
    session.onHeard(START + millis(1000));

    assertThat(session.due(START + millis(1899))).isEmpty();
    assertThat(session.due(START + millis(1900)))
        .containsExactly(
            new ServerEvent.Unsubscribed(new SubscriptionToken.ById("s"), List.of()),
            new ServerEvent.Ended(Cause.SILENCE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1000", "a,b", "-1,0", "1,2,3", ""})
  void aHeartBeatThatCantBeReadIsRefused(String heartBeat) {
    ServerSession session = new ServerSession("s", ServerSessionOptions.defaults(), START);

    List<ServerEvent> events = session.receive(connect(heartBeat), START);

    assertThat(events).last().isEqualTo(new ServerEvent.Ended(Cause.ERROR));
    assertThat(((ServerEvent.Reply) events.get(0)).frame().header("message"))
        .contains("heart-beat must be two numbers");
  }

  @Test
  void optionsThatCantWorkAreRefused() {
    ServerSessionOptions options = ServerSessionOptions.defaults();

    for (Duration wrong : List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofDays(200_000))) {
      assertThatThrownBy(() -> options.connectWithin(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(wrong.toString());
    }
    assertThatThrownBy(() -> options.with(Set.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ServerLimits(0, -1, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("transactions=-1");
  }

  /** The server offers 300 ms to send and wants to hear every 400 ms. */
  private static ServerSession connected(String heartBeat) {
    ServerSessionOptions options =
        ServerSessionOptions.defaults().with(new HeartBeat(300, 400)).with(TOLERANCE);
    ServerSession session = new ServerSession("s", options, START);
    session.receive(connect(heartBeat), START);
    return session;
  }

  private static Frame connect(String heartBeat) {
    return Frame.of(CONNECT, "accept-version", "1.2", "host", "/", "heart-beat", heartBeat);
  }

  private static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
