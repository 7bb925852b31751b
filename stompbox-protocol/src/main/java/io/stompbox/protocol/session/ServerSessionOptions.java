package io.stompbox.protocol.session;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Version;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How a {@link ServerSession} behaves.
 *
 * @param versions what it speaks; at least one
 * @param heartBeat what it offers
 * @param tolerance how strictly heart-beats are taken
 * @param connectWithin how long a client may take to send CONNECT; at least a nanosecond
 * @param admission whether a client is let in, by its CONNECT frame; others get ERROR
 * @param limits what is held at most for a client
 */
public record ServerSessionOptions(
    Set<Version> versions,
    HeartBeat heartBeat,
    HeartBeatTolerance tolerance,
    Duration connectWithin,
    Predicate<Frame> admission,
    ServerLimits limits) {

  /** Copies the versions. */
  public ServerSessionOptions {
    if (versions.isEmpty()) {
      throw new IllegalArgumentException("at least one version must be spoken");
    }
    if (connectWithin.isNegative()
        || connectWithin.isZero()
        || connectWithin.compareTo(Duration.ofNanos(Long.MAX_VALUE)) > 0) {
      throw new IllegalArgumentException(
          "connectWithin must be positive and less than 292 years: " + connectWithin);
    }
    versions = Set.copyOf(versions);
  }

  /** All versions, no heart-beats, 30 s for CONNECT, everybody is let in, default limits. */
  public static ServerSessionOptions defaults() {
    return new ServerSessionOptions(
        EnumSet.allOf(Version.class),
        HeartBeat.NONE,
        HeartBeatTolerance.STANDARD,
        Duration.ofSeconds(30),
        connect -> true,
        ServerLimits.defaults());
  }

  /** Returns them with other versions. */
  public ServerSessionOptions with(Set<Version> others) {
    return new ServerSessionOptions(others, heartBeat, tolerance, connectWithin, admission, limits);
  }

  /** Returns them with other heart-beats. */
  public ServerSessionOptions with(HeartBeat other) {
    return new ServerSessionOptions(versions, other, tolerance, connectWithin, admission, limits);
  }

  /** Returns them with another tolerance. */
  public ServerSessionOptions with(HeartBeatTolerance other) {
    return new ServerSessionOptions(versions, heartBeat, other, connectWithin, admission, limits);
  }

  /** Returns them with other limits. */
  public ServerSessionOptions with(ServerLimits others) {
    return new ServerSessionOptions(
        versions, heartBeat, tolerance, connectWithin, admission, others);
  }

  /** Returns them with another time for CONNECT. */
  public ServerSessionOptions connectWithin(Duration other) {
    return new ServerSessionOptions(versions, heartBeat, tolerance, other, admission, limits);
  }

  /**
   * Returns them with another admission.
   *
   * @param other gets the CONNECT frame and says whether its login, passcode and host will do; what
   *     it throws comes out of {@link ServerSession#receive}
   */
  public ServerSessionOptions admitting(Predicate<Frame> other) {
    return new ServerSessionOptions(versions, heartBeat, tolerance, connectWithin, other, limits);
  }

  /** Returns them with an admission for those who know a passcode; the keys are logins. */
  public ServerSessionOptions admittingUsers(Map<String, String> passcodes) {
    Map<String, String> known = Map.copyOf(passcodes);
    return admitting(
        connect -> {
          String login = connect.header("login");
          String passcode = login == null ? null : known.get(login);
          return passcode != null && passcode.equals(connect.header("passcode"));
        });
  }
}
