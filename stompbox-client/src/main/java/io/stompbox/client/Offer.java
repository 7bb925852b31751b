package io.stompbox.client;

import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.HeartBeat;
import io.stompbox.protocol.session.HeartBeatTolerance;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What CONNECT offers to the broker.
 *
 * @param versions at least one
 * @param heartBeat what this side can send and would like to hear
 * @param tolerance how strictly heart-beats are taken
 * @param virtualHost the host header; null takes the path of the broker's address ({@code /} for an
 *     empty path), or its host if there is no path
 * @param headers what else goes into CONNECT, such as client-id
 * @param opening the command of the first frame
 */
public record Offer(
    Set<Version> versions,
    HeartBeat heartBeat,
    HeartBeatTolerance tolerance,
    @Nullable String virtualHost,
    Headers headers,
    Opening opening) {

  private static final int TEN_SECONDS = 10_000;

  /** The command of the first frame. Brokers take them for the same. */
  public enum Opening {
    /** Known to every broker. */
    CONNECT,
    /**
     * Since STOMP 1.1, and easier to tell from other protocols on a shared port. 1.0 is not offered
     * with it, as brokers of 1.0 don't know it.
     */
    STOMP
  }

  /** Copies the versions, and refuses STOMP where nothing but 1.0 is offered. */
  public Offer {
    if (versions.isEmpty()) {
      throw new IllegalArgumentException("at least one version must be offered");
    }
    versions = Set.copyOf(versions);
    if (opening == Opening.STOMP && versions.equals(Set.of(Version.V1_0))) {
      throw new IllegalArgumentException(
          "STOMP 1.0 has no STOMP frame; open with CONNECT, or offer 1.1 or 1.2 as well");
    }
  }

  /** All versions, heart-beats of 10 s both ways, CONNECT. */
  public static Offer standard() {
    return new Offer(
        EnumSet.allOf(Version.class),
        new HeartBeat(TEN_SECONDS, TEN_SECONDS),
        HeartBeatTolerance.STANDARD,
        null,
        Headers.empty(),
        Opening.CONNECT);
  }

  /** Returns it with other versions. */
  public Offer with(Set<Version> others) {
    return new Offer(others, heartBeat, tolerance, virtualHost, headers, opening);
  }

  /** Returns it with other heart-beats. */
  public Offer with(HeartBeat other) {
    return new Offer(versions, other, tolerance, virtualHost, headers, opening);
  }

  /** Returns it with another period in which this side can send heart-beats; 0 for never. */
  public Offer withHeartBeatSend(int millis) {
    return with(new HeartBeat(millis, heartBeat.receiveMillis()));
  }

  /** Returns it with another period in which this side wants heart-beats; 0 for never. */
  public Offer withHeartBeatReceive(int millis) {
    return with(new HeartBeat(heartBeat.sendMillis(), millis));
  }

  /** Returns it with another tolerance. */
  public Offer with(HeartBeatTolerance other) {
    return new Offer(versions, heartBeat, other, virtualHost, headers, opening);
  }

  /** Returns it with another virtual host; null follows the broker's address. */
  public Offer withVirtualHost(@Nullable String host) {
    return new Offer(versions, heartBeat, tolerance, host, headers, opening);
  }

  /** Returns it with one more header in CONNECT, at the end; of repeated ones the first counts. */
  public Offer withHeader(String name, String value) {
    return with(headers.toBuilder().add(name, value).build());
  }

  Offer with(Headers others) {
    return new Offer(versions, heartBeat, tolerance, virtualHost, others, opening);
  }

  /** Returns it with another command of the first frame. */
  public Offer with(Opening other) {
    return new Offer(versions, heartBeat, tolerance, virtualHost, headers, other);
  }
}
