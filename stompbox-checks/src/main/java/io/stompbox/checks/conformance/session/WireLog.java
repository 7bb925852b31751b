package io.stompbox.checks.conformance.session;

import io.stompbox.checks.conformance.kit.WireFrame;
import io.stompbox.protocol.frame.Body;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client wrote: its frames and the line ends between them. Has a few lines of its own to
 * take octets apart, so that a fault of the codec can't hide itself. Safe to share between threads.
 */
final class WireLog {
  private static final int LENGTH_OF_CR_LF = 2;

  private final List<WireFrame> frames = new ArrayList<>();

  /** When each line end outside of frames was written, in milliseconds. */
  private final List<Long> lineEnds = new ArrayList<>();

  /** The octets of the line ends since the last frame. */
  private ByteArrayOutputStream idle = new ByteArrayOutputStream();

  /** What was written and is no whole frame yet. */
  private byte[] rest = new byte[0];

  private @Nullable String malformed;

  synchronized void write(byte[] octets, long millis) {
    byte[] joined = Arrays.copyOf(rest, rest.length + octets.length);
    System.arraycopy(octets, 0, joined, rest.length, octets.length);
    int at = 0;
    int next = take(joined, at, millis);
    while (next > at) {
      at = next;
      next = take(joined, at, millis);
    }
    rest = Arrays.copyOfRange(joined, at, joined.length);
  }

  /** Takes what starts at {@code at}; returns where it ends, or {@code at} if it is not whole. */
  private int take(byte[] octets, int at, long millis) {
    if (at == octets.length) {
      return at;
    }
    if (octets[at] == '\n' || octets[at] == '\r') {
      boolean pair = octets[at] == '\r' && at + 1 < octets.length && octets[at + 1] == '\n';
      int size = pair ? LENGTH_OF_CR_LF : 1;
      idle.write(octets, at, size);
      lineEnds.add(millis);
      return at + size;
    }
    return takeFrame(octets, at);
  }

  private int takeFrame(byte[] octets, int at) {
    int blank = at;
    while (blank + 1 < octets.length && !(octets[blank] == '\n' && octets[blank + 1] == '\n')) {
      blank++;
    }
    int body = blank + 2;
    if (body > octets.length) {
      return at;
    }
    String head = new String(octets, at, blank - at, StandardCharsets.UTF_8);
    List<String> lines = List.of(head.split("\n", -1));
    WireFrame bare = new WireFrame(lines.get(0), lines.subList(1, lines.size()), Body.empty());
    int end =
        bare.value("content-length").map(length -> body + Integer.parseInt(length)).orElse(-1);
    for (int i = body; end < 0 && i < octets.length; i++) {
      end = octets[i] == 0 ? i : -1;
    }
    if (end < 0 || end >= octets.length) {
      return at;
    }
    if (octets[end] != 0) {
      malformed = "the octet after the counted body is " + octets[end] + " in " + bare;
    }
    frames.add(
        new WireFrame(
            bare.command(), bare.headerLines(), Body.of(Arrays.copyOfRange(octets, body, end))));
    idle = new ByteArrayOutputStream();
    return end + 1;
  }

  synchronized int frameCount() {
    return frames.size();
  }

  synchronized List<WireFrame> framesFrom(int first) {
    return List.copyOf(frames.subList(Math.min(first, frames.size()), frames.size()));
  }

  synchronized int lineEndCount() {
    return lineEnds.size();
  }

  synchronized List<Long> lineEndsFrom(int first) {
    return List.copyOf(lineEnds.subList(first, lineEnds.size()));
  }

  /** The octets since the last whole frame. */
  synchronized Body tail() {
    ByteArrayOutputStream tail = new ByteArrayOutputStream();
    tail.writeBytes(idle.toByteArray());
    tail.writeBytes(rest);
    return Body.of(tail.toByteArray());
  }

  /** What is wrong with the octets; empty if nothing is. */
  synchronized String complaint() {
    if (malformed != null) {
      return malformed;
    }
    return rest.length == 0 ? "" : rest.length + " octets are no whole frame";
  }
}
