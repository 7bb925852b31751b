package io.stompbox.bench.codec;

import io.stompbox.bench.codec.Corpus.Direction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Makes the frames of a corpus as brokers and clients send them; some headers differ each time. */
final class SampleFrames {
  private static final int MEBI = 1024 * 1024;
  private static final String SESSION = "session-b5pZkQVxhZbHHJQqHvqf7A";

  private SampleFrames() {}

  /** Returns the frame at {@code index} of a kind of corpus. */
  static SampleFrame of(String kind, Direction direction, int index) {
    boolean message = direction == Direction.FROM_BROKER;
    String command = message ? "MESSAGE" : "SEND";
    SampleFrame.Builder headers = new SampleFrame.Builder();
    byte[] body = body(kind, index);
    switch (kind) {
      case "small" -> small(headers, message, index);
      case "medium", "nul" -> medium(headers, message, index);
      case "large", "open-4m", "open-32m" -> large(headers, message, index);
      case "escaped" -> escaped(headers, message, index).add("x-name", "Zürich – 東京 " + index);
      case Corpus.EVERY_ESCAPE ->
          escaped(headers, message, index).add("name:with:colons", "a\rb\\c:d\n" + index);
      default -> throw new IllegalArgumentException("there is no corpus '" + kind + "'");
    }
    if (!kind.equals("nul") && !kind.startsWith("open")) {
      headers.add("content-length", body.length);
    }
    return headers.build(command, body);
  }

  private static byte[] body(String kind, int index) {
    return switch (kind) {
      case "small" -> ascii(String.format("hello stomp %04d", index % 10_000));
      case "medium", "nul" -> json(index, 1024);
      case "large" -> noise(index, 64 * 1024);
      case "open-4m" -> filled(4 * MEBI);
      case "open-32m" -> filled(32 * MEBI);
      default -> json(index, 128);
    };
  }

  private static void small(SampleFrame.Builder headers, boolean message, int index) {
    if (message) {
      headers
          .add("subscription", "sub-0")
          .add("destination", "/queue/orders.new")
          .add("message-id", "T_sub-0@@" + SESSION + "@@" + (1_000 + index))
          .add("content-type", "text/plain");
    } else {
      headers
          .add("destination", "/queue/orders.new")
          .add("content-type", "text/plain")
          .add("persistent", "true")
          .add("receipt", "r-" + (1_000 + index));
    }
  }

  /** Nine headers like those of RabbitMQ and of a client with everything on. */
  private static void medium(SampleFrame.Builder headers, boolean message, int index) {
    if (message) {
      headers
          .add("subscription", "sub-0")
          .add("destination", "/queue/orders.new")
          .add("message-id", "T_sub-0@@" + SESSION + "@@" + (1_000 + index))
          .add("ack", "T_sub-0@@" + SESSION + "@@" + (1_000 + index))
          .add("redelivered", "false");
    } else {
      headers
          .add("destination", "/queue/orders.new")
          .add("receipt", "r-" + (1_000 + index))
          .add("correlation-id", "b5pZkQVxhZbHHJQqHvqf7A-" + (1_000 + index))
          .add("reply-to", "/temp-queue/orders.replies")
          .add("expires", "0");
    }
    headers
        .add("content-type", "application/json")
        .add("persistent", "true")
        .add("priority", "4")
        .add("timestamp", 1_700_000_000_000L + 37L * index);
  }

  private static void large(SampleFrame.Builder headers, boolean message, int index) {
    if (message) {
      headers
          .add("subscription", "sub-0")
          .add("message-id", "T_sub-0@@" + SESSION + "@@" + (1_000 + index))
          .add("redelivered", "false");
    } else {
      headers.add("persistent", "true").add("receipt", "r-" + (1_000 + index));
    }
    headers.add("destination", "/queue/blobs").add("content-type", "application/octet-stream");
  }

  /** ActiveMQ Classic's ids have colons, which come escaped under 1.2. */
  private static SampleFrame.Builder escaped(
      SampleFrame.Builder headers, boolean message, int index) {
    String host = "ID:broker-7d9c5b-44393-1700000000000-";
    headers.add("destination", "/queue/orders.new");
    if (message) {
      headers
          .add("message-id", host + "4:" + (1_000 + index) + ":-1:1:1")
          .add("subscription", "sub-0")
          .add("ack", host + "12:" + (1_000 + index));
    } else {
      headers
          .add("correlation-id", host + "4:" + (1_000 + index) + ":-1:1:1")
          .add("reply-to", "/temp-queue/a:b")
          .add("receipt", "r:" + (1_000 + index));
    }
    return headers
        .add("content-type", "application/json;charset=utf-8")
        .add("path", "C:\\data\\in\\" + index + "\nsecond line");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] noise(int seed, int size) {
    byte[] octets = new byte[size];
    new Random(seed).nextBytes(octets);
    return octets;
  }

  private static byte[] filled(int size) {
    byte[] octets = new byte[size];
    Arrays.fill(octets, (byte) 'x');
    return octets;
  }

  /** Returns a JSON text of {@code size} octets. */
  private static byte[] json(int seed, int size) {
    Random random = new Random(seed);
    StringBuilder text =
        new StringBuilder(size).append("{\"id\":").append(seed).append(",\"items\":[");
    while (text.length() < size - 70) {
      text.append("{\"sku\":\"A-")
          .append(random.nextInt(100_000))
          .append("\",\"qty\":")
          .append(1 + random.nextInt(20))
          .append("},");
    }
    text.append("{}],\"note\":\"");
    return ascii(text.append("x".repeat(size - 2 - text.length())).append("\"}").toString());
  }
}
