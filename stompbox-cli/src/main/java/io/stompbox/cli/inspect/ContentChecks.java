package io.stompbox.cli.inspect;

import io.stompbox.cli.connection.DurationConverter;
import io.stompbox.cli.connection.SizeConverter;
import io.stompbox.client.Connection;
import io.stompbox.client.StompTimeoutException;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.StompException;
import io.stompbox.protocol.frame.Version;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which headers and bodies arrive as they were sent. */
final class ContentChecks {
  private static final int FIRST_SIZE = 64 * 1024;
  private static final int GROWTH = 4;
  private static final int MOST_STEPS = 8;
  private static final int PRECISION = 64;

  private ContentChecks() {}

  static Finding escaping(ProbedBroker broker) throws InterruptedException {
    try (Connection connection = broker.open()) {
      Map<String, String> values = awkward(connection.agreement().version());
      Headers.Builder headers = Headers.builder();
      values.forEach((what, value) -> headers.add("doctor-" + what, value));
      String queue = broker.queue("escaping");
      broker.send(connection, queue, Body.of("x"), headers.build());
      Mailbox mailbox = broker.subscribe(connection, queue);
      Optional<Frame> message = mailbox.next();
      if (message.isEmpty()) {
        return notReceived();
      }
      mailbox.ack(message.get());
      List<String> changed =
          values.entrySet().stream()
              .filter(it -> !it.getValue().equals(message.get().header("doctor-" + it.getKey())))
              .map(Map.Entry::getKey)
              .toList();
      return changed.isEmpty()
          ? Finding.ok("headers arrive as they were sent: " + String.join(", ", values.keySet()))
          : Finding.note(
              "changed on the way: " + String.join(", ", changed),
              "keep such characters out of headers, or encode them");
    }
  }

  private static Map<String, String> awkward(Version version) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("unicode", "h\u00e9 \u20ac \ud83d\ude00");
    values.put("backslash", "a\\b");
    values.put("colon", "a:b");
    if (version.atLeast(Version.V1_1)) {
      values.put("newline", "a\nb");
      values.put("blanks", " a ");
    }
    if (version.atLeast(Version.V1_2)) {
      values.put("return", "a\rb");
    }
    return values;
  }

  static Finding notReceived() {
    return Finding.fail(
        "what was sent to a queue did not come", "see the check 'queue': is it a queue there?");
  }

  static Finding nul(ProbedBroker broker) throws InterruptedException {
    Body body = Body.of(new byte[] {'a', 0, 'b', (byte) 0xff, 0, '\n', 0});
    try (Connection connection = broker.open()) {
      String queue = broker.queue("nul");
      broker.send(connection, queue, body, Headers.empty());
      Mailbox mailbox = broker.subscribe(connection, queue);
      Optional<Frame> message = mailbox.next();
      if (message.isEmpty()) {
        return notReceived();
      }
      mailbox.ack(message.get());
      return message.get().body().equals(body)
          ? Finding.ok("a body of any octets arrives as it was sent")
          : Finding.fail(
              "a body of " + body + " with NULs arrived as " + message.get().body(),
              "send text without NUL, or Base64");
    }
  }

  /** Returns the check for the largest body that is taken, up to a limit. */
  static Check largest(int limit) {
    return broker -> {
      SizeSearch search = new SizeSearch(broker);
      int size = Math.min(FIRST_SIZE, limit);
      while (search.takes(size)) {
        if (size == limit) {
          return Finding.ok(
              "a body of " + SizeConverter.text(limit) + " is taken; --largest looks further");
        }
        size = (int) Math.min(limit, (long) size * GROWTH);
      }
      return search.narrow();
    };
  }

  /** Looks for the size between what is taken and what is refused. */
  private static final class SizeSearch {
    private final ProbedBroker broker;
    private int taken;
    private int refused = Integer.MAX_VALUE;
    private String words = "";

    /** Whether the last size got no answer: looking on would take as long again each time. */
    private boolean isSilent;

    SizeSearch(ProbedBroker broker) {
      this.broker = broker;
    }

    boolean takes(int size) throws InterruptedException {
      byte[] octets = new byte[size];
      Arrays.fill(octets, (byte) 'x');
      try (Connection connection = broker.open()) {
        broker.send(connection, broker.topic(), Body.wrap(octets, 0, size), Headers.empty());
        taken = size;
        return true;
      } catch (StompException e) {
        refused = size;
        words = HandshakeChecks.words(e);
        isSilent = e instanceof StompTimeoutException;
        return false;
      }
    }

    Finding narrow() throws InterruptedException {
      int steps = 0;
      while (!isSilent && steps < MOST_STEPS && refused - taken > refused / PRECISION) {
        boolean ignored = takes(taken + (refused - taken) / 2);
        steps++;
      }
      if (taken == 0) {
        return none();
      }
      if (isSilent) {
        return Finding.note(
            "%s is taken, %s gets no answer within %s"
                .formatted(
                    SizeConverter.text(taken),
                    SizeConverter.text(refused),
                    DurationConverter.text(broker.limit())),
            "send larger messages in parts, or wait longer with --timeout");
      }
      return Finding.note(
          "%s is taken, %s is refused: %s"
              .formatted(SizeConverter.text(taken), SizeConverter.text(refused), words),
          "send larger messages in parts, or raise the broker's limit");
    }

    private Finding none() {
      String body = "a body of " + SizeConverter.text(refused);
      return isSilent
          ? Finding.fail(
              body + " gets no answer within " + DurationConverter.text(broker.limit()),
              "wait longer with --timeout")
          : Finding.fail(body + " is refused: " + words, "");
    }
  }
}
