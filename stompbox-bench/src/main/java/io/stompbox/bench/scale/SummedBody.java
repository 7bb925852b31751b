package io.stompbox.bench.scale;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/** The last long body of a connection: nothing of it is kept but its length and its sum. */
final class SummedBody {
  private static final Pattern LENGTH = Pattern.compile("\ncontent-length:([0-9]+)\n");

  private CRC32C sum = new CRC32C();
  private long length;
  private long left;
  private byte last;

  /** Begins if the frame that came up to {@code octet} is the whole head of one. */
  void look(ByteArrayOutputStream frame, byte octet) {
    boolean isHead = octet == '\n' && last == '\n' && frame.size() > 2;
    last = octet;
    if (!isHead) {
      return;
    }
    String head = frame.toString(UTF_8);
    Matcher found = LENGTH.matcher(head);
    if (head.contains("\ndestination:/control/body\n") && found.find()) {
      length = Long.parseLong(found.group(1));
      left = length;
      sum = new CRC32C();
    }
  }

  /** Takes what belongs to it, and leaves the rest. */
  void take(ByteBuffer octets) {
    if (left > 0) {
      int count = (int) Math.min(left, octets.remaining());
      int end = octets.limit();
      octets.limit(octets.position() + count);
      sum.update(octets);
      octets.limit(end);
      left -= count;
    }
  }

  /** Its length, and its sum. */
  @Override
  public String toString() {
    return length + " " + sum.getValue();
  }
}
