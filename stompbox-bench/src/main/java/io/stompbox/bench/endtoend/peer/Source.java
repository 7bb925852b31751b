package io.stompbox.bench.endtoend.peer;

import io.stompbox.bench.endtoend.Bodies;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Some hundred MESSAGE frames with ten headers, made before, each with ids of its own. */
final class Source {
  private static final int OCTETS = 256 * 1024;
  private static final String SESSION = "session-b5pZkQVxhZbHHJQqHvqf7A";

  /** By subscription, size and what stands before each frame. */
  private static final Map<String, Source> MADE = new ConcurrentHashMap<>();

  private final ByteBuffer frames;
  private final int[] ends;

  /** Takes octets that are whole frames. */
  @FunctionalInterface
  interface Writer {
    void write(ByteBuffer octets) throws IOException;
  }

  private Source(List<byte[]> all) {
    int total = all.stream().mapToInt(frame -> frame.length).sum();
    frames = ByteBuffer.allocateDirect(total);
    ends = new int[all.size()];
    for (int i = 0; i < ends.length; i++) {
      frames.put(all.get(i));
      ends[i] = frames.position();
    }
  }

  static Source of(String subscription, int size, Wire wire) {
    String key = subscription + " " + size + " " + wire.head(size).length;
    return MADE.computeIfAbsent(key, absent -> make(subscription, size, wire));
  }

  private static Source make(String subscription, int size, Wire wire) {
    List<byte[]> all = new ArrayList<>();
    for (int octets = 0; octets < OCTETS; octets += all.get(all.size() - 1).length) {
      byte[] message = message(subscription, all.size(), size);
      byte[] head = wire.head(message.length);
      all.add(ByteBuffer.allocate(head.length + message.length).put(head).put(message).array());
    }
    return new Source(all);
  }

  private static byte[] message(String subscription, int index, int size) {
    String id = "T_" + subscription + "@@" + SESSION + "@@" + (1000 + index);
    String head =
        "MESSAGE\nsubscription:"
            + subscription
            + "\ndestination:/queue/orders.new\nmessage-id:"
            + id
            + "\nack:"
            + id
            + "\nredelivered:false\ncontent-type:application/json\npersistent:true\npriority:4"
            + "\ntimestamp:"
            + (1_700_000_000_000L + 37L * index)
            + "\ncontent-length:"
            + size
            + "\n\n";
    byte[] octets = head.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(octets.length + size + 1)
        .put(octets)
        .put(Bodies.json(index, size))
        .array();
  }

  void pour(long messages, Writer to) throws IOException {
    for (long left = messages; left > 0; left -= ends.length) {
      int count = (int) Math.min(left, ends.length);
      to.write(frames.duplicate().position(0).limit(ends[count - 1]));
    }
  }
}
