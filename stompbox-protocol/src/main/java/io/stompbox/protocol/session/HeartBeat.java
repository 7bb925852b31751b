package io.stompbox.protocol.session;

import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;

/**
 * What one side says about heart-beats, or what both agreed on (STOMP 1.2, "Heart-beating").
 *
 * @param sendMillis as an offer: the shortest period in which this side can send; agreed: the
 *     longest it may be silent. 0 means that it sends none
 * @param receiveMillis as an offer: the period in which this side would like to hear from the
 *     other; agreed: the longest the other may be silent. 0 means that none are wanted
 */
public record HeartBeat(int sendMillis, int receiveMillis) {
  /** The header that carries an offer. */
  public static final String HEADER = "heart-beat";

  /** Neither side sends any. */
  public static final HeartBeat NONE = new HeartBeat(0, 0);

  /** Refuses negative periods. */
  public HeartBeat {
    if (sendMillis < 0 || receiveMillis < 0) {
      throw new IllegalArgumentException(
          "heart-beat periods must not be negative: " + sendMillis + "," + receiveMillis);
    }
  }

  /**
   * Reads the header's value. Blanks around the numbers are tolerated, since some servers pad them.
   *
   * @throws ProtocolException if it is not two numbers of milliseconds and a comma
   */
  public static HeartBeat parse(String value) {
    String[] parts = value.split(",", -1);
    if (parts.length != 2) {
      throw bad(value);
    }
    return new HeartBeat(millis(value, parts[0].strip()), millis(value, parts[1].strip()));
  }

  private static int millis(String value, String digits) {
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw bad(value);
    }
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException tooLarge) {
      // Some 25 days and more: as good as never, and it must not overflow a timer.
      return Integer.MAX_VALUE;
    }
  }

  private static ProtocolException bad(String value) {
    return new ProtocolException(
        Fault.BAD_HEART_BEAT,
        "heart-beat must be two numbers of milliseconds and a comma, but was '" + value + "'");
  }

  /** Returns what this side's offer and the other side's come to, as this side sees it. */
  public HeartBeat agreedWith(HeartBeat other) {
    return new HeartBeat(
        agreed(sendMillis, other.receiveMillis), agreed(receiveMillis, other.sendMillis));
  }

  private static int agreed(int sender, int receiver) {
    return sender == 0 || receiver == 0 ? 0 : Math.max(sender, receiver);
  }

  /** Returns the header's value. No blanks: ActiveMQ, Artemis and RabbitMQ refuse them. */
  public String text() {
    return sendMillis + "," + receiveMillis;
  }
}
