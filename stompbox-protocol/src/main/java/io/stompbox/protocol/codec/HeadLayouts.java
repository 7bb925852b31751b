package io.stompbox.protocol.codec;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.Headers.LazyValues;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The layouts of the heads that came lately, and the short path along them: what a layout knows is
 * compared and not read, and what differs becomes text when somebody asks for it. Whatever is
 * unusual is left to reading line by line, which alone finds faults.
 */
final class HeadLayouts {
  /** Frames with more lines are read line by line: they are rare and the memory is not. */
  static final int MOST_LINES = 32;

  /** Longer heads, in octets, are read line by line. */
  static final int LONGEST = 4096;

  private static final int REMEMBERED = 4;

  /** Up to this size the octets of a body and of the head's values are copied as one. */
  private static final int COPIED_AS_ONE = 8192;

  /** Where layouts change all the time, only every so many heads one is learned. */
  private static final int SELDOM = 64;

  private final Dialect dialect;
  private final FrameOctets octets;
  private final boolean isUsable;
  private final Octets scratch = new Octets();

  /** The one that was followed last comes first. */
  private final HeadLayout[] layouts = new HeadLayout[REMEMBERED];

  private int count;
  private @Nullable HeadCursor cursor;

  /** How many heads in a row were not of a known layout. */
  private int misses;

  /** The values of the head that was followed; null stands for octets. */
  private @Nullable String[] values = {};

  private long contentLength = BodyReader.OPEN;

  HeadLayouts(Dialect dialect, DecoderLimits limits, FrameOctets octets) {
    this.dialect = dialect;
    this.octets = octets;
    this.isUsable =
        dialect.version() != null
            && !dialect.isStrict()
            && !dialect.trimsValues()
            && limits.headerLine() >= LONGEST
            && limits.headerOctets() >= LONGEST
            && limits.headers() >= MOST_LINES;
  }

  /**
   * Follows the head that starts at {@code start} along one of the layouts.
   *
   * @return as {@link HeadCursor#advance}
   */
  int follow(byte[] bytes, int start, int limit) {
    for (int i = 0; i < count; i++) {
      HeadCursor followed = cursorAlong(layouts[i]);
      int end = followed.advance(bytes, start, limit);
      if (end != HeadCursor.DIFFERENT) {
        moveToFront(i);
        return end < 0 ? end : finish(followed, bytes, start, end);
      }
    }
    misses++;
    return HeadCursor.DIFFERENT;
  }

  /**
   * Goes on with a head whose octets so far were of a layout.
   *
   * @param head those octets; gets the ones that came
   * @return as {@link HeadCursor#advance}, counted from the start of the head
   */
  int resume(Octets head, byte[] bytes, int from, int limit) {
    int known = head.size();
    head.append(bytes, from, limit);
    HeadCursor followed = followed();
    // What was just copied is slow to read again, so the octets are compared where they came from.
    boolean isAtHand = followed.reached() == known;
    int start = isAtHand ? from - known : 0;
    int end =
        isAtHand
            ? followed.advance(bytes, start, limit)
            : followed.advance(head.array(), start, head.size());
    if (end == HeadCursor.DIFFERENT) {
      return follow(head.array(), 0, head.size());
    }
    return end == HeadCursor.UNFINISHED ? end : finish(followed, head.array(), 0, end - start);
  }

  private HeadCursor followed() {
    if (cursor == null) {
      throw new IllegalStateException("no head has been followed");
    }
    return cursor;
  }

  private HeadCursor cursorAlong(HeadLayout layout) {
    HeadCursor known = cursor;
    if (known == null) {
      known = new HeadCursor(layout, dialect.escapes());
      cursor = known;
    }
    known.start(layout);
    return known;
  }

  private void moveToFront(int index) {
    if (index == 0) {
      return;
    }
    HeadLayout followed = layouts[index];
    System.arraycopy(layouts, 0, layouts, 1, index);
    layouts[0] = followed;
  }

  private int finish(HeadCursor head, byte[] bytes, int start, int end) {
    HeadLayout layout = head.layout();
    contentLength = layout.contentLength(bytes, start, head.ranges());
    if (contentLength == HeadLayout.NOT_PLAIN) {
      misses++;
      return HeadCursor.DIFFERENT;
    }
    misses = 0;
    @Nullable String[] found =
        head.hasEscapes() ? unescaped(head, bytes, start) : layout.constants();
    if (values != found) {
      values = found;
    }
    return end;
  }

  /** Values with escapes are made at once, since their octets are not their text. */
  private @Nullable String[] unescaped(HeadCursor head, byte[] bytes, int start) {
    @Nullable String[] all = head.layout().constants().clone();
    int[] slots = head.layout().slots();
    int[] ranges = head.ranges();
    for (int i = 0; i < all.length; i++) {
      if (all[i] == null && head.isEscaped(slots[i])) {
        int from = start + ranges[2 * slots[i]];
        int to = start + ranges[2 * slots[i] + 1];
        scratch.clear();
        HeaderText.unescape(bytes, from, to, dialect.escapes(), scratch);
        all[i] = new String(scratch.array(), 0, scratch.size(), StandardCharsets.UTF_8);
      }
    }
    return all;
  }

  /** The command of the head that was followed to its end. */
  Command command() {
    return followed().layout().command();
  }

  /** The announced length of the body; {@link BodyReader#OPEN} if there is none. */
  long contentLength() {
    return contentLength;
  }

  /** Returns the headers of the head that was followed to its end; it starts at {@code start}. */
  Headers headers(byte[] bytes, int start) {
    HeadCursor head = followed();
    int slots = head.slots();
    if (slots == 0) {
      return Headers.lazily(head.layout().names(), values, LazyValues.NONE);
    }
    int from = head.ranges()[0];
    int to = head.ranges()[2 * slots - 1];
    return headers(head, Arrays.copyOfRange(bytes, start + from, start + to), -from);
  }

  /**
   * Returns the frame whose head was followed to its end and whose body is whole.
   *
   * @param start where the head starts
   * @param bodyFrom where the body starts
   * @param bodyTo where it ends
   */
  Frame frame(byte[] bytes, int start, int bodyFrom, int bodyTo) {
    HeadCursor head = followed();
    int size = bodyTo - bodyFrom;
    if (octets == FrameOctets.BORROWED) {
      Headers headers = headers(head, bytes, start);
      return new Frame(command(), headers, Body.wrap(bytes, bodyFrom, size));
    }
    int first = head.slots() == 0 ? bodyFrom : start + head.ranges()[0];
    if (head.slots() == 0 || bodyTo - first > COPIED_AS_ONE) {
      Body body = Body.wrap(Arrays.copyOfRange(bytes, bodyFrom, bodyTo), 0, size);
      return new Frame(command(), headers(bytes, start), body);
    }
    byte[] copy = Arrays.copyOfRange(bytes, first, bodyTo);
    Headers headers = headers(head, copy, -head.ranges()[0]);
    return new Frame(command(), headers, Body.wrap(copy, bodyFrom - first, size));
  }

  /**
   * @param start where the head starts in {@code source}, or would if it were there
   */
  private Headers headers(HeadCursor head, byte[] source, int start) {
    HeadLayout layout = head.layout();
    int[] all = head.ranges();
    int[] ranges = new int[2 * head.slots()];
    for (int i = 0; i < ranges.length; i++) {
      ranges[i] = start + all[i];
    }
    return Headers.lazily(layout.names(), values, new LazyValues(layout.slots(), source, ranges));
  }

  /** Takes note of a head, [from, to) with its blank line, that was read line by line. */
  void learn(Command command, Headers headers, byte[] bytes, int from, int to) {
    if (!isWorthLearning(command) || to - from > LONGEST || headers.size() > MOST_LINES) {
      return;
    }
    if (ByteScan.indexOf(bytes, from, to, (byte) '\r') >= 0) {
      return;
    }
    HeadLayout fresh = HeadLayout.of(command, headers, bytes, from, to);
    for (int i = 0; i < count; i++) {
      HeadLayout merged = layouts[i].mergedWith(fresh);
      if (merged != null) {
        layouts[i] = merged;
        moveToFront(i);
        return;
      }
    }
    count = Math.min(count + 1, REMEMBERED);
    layouts[count - 1] = fresh;
    moveToFront(count - 1);
  }

  /** Handshakes hold secrets and come once; ERROR comes last, and has escapes of its own. */
  private boolean isWorthLearning(Command command) {
    return isUsable
        && command.isKnown()
        && !command.isHandshake()
        && !command.equals(Command.ERROR)
        && (misses <= SELDOM || misses % SELDOM == 0);
  }
}
