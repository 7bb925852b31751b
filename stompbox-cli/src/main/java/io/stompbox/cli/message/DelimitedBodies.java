package io.stompbox.cli.message;

import io.stompbox.cli.process.Failure;
import io.stompbox.client.Outgoing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A message for each part of a stream, of which no more than one part is held. What stands behind
 * the last delimiter is a part if it is not empty.
 */
final class DelimitedBodies implements MessageSource {
  private static final int CHUNK = 1 << 16;
  private static final int LONGEST = 64 << 20;

  private final InputStream input;
  private final byte[] delimiter;
  private final Outgoing template;

  private final byte[] chunk = new byte[CHUNK];
  private int position;
  private int end;

  DelimitedBodies(InputStream input, Delimiter delimiter, Outgoing template) {
    this.input = input;
    this.delimiter = delimiter.octets().toBytes();
    this.template = template;
  }

  @Override
  public @Nullable Outgoing next() throws IOException {
    Part part = new Part();
    while (fill()) {
      int begin = position;
      boolean isWhole = find(part);
      part.write(chunk, begin, position - begin);
      if (isWhole) {
        return template.bytes(part.toBytes(delimiter.length));
      }
      if (part.size() > LONGEST) {
        throw Failure.usage(
            "a message of the input is longer than " + LONGEST + " octets",
            "is the delimiter right? send one large body without --lines and -D");
      }
    }
    return part.size() == 0 ? null : template.bytes(part.toBytes(0));
  }

  /** Whether there is something left in the chunk, or the input. */
  private boolean fill() throws IOException {
    if (position == end) {
      position = 0;
      end = Math.max(0, input.read(chunk));
    }
    return position < end;
  }

  /** Moves behind the next delimiter, or the end of the chunk. Returns whether it was found. */
  private boolean find(Part part) {
    int begin = position;
    byte last = delimiter[delimiter.length - 1];
    while (position < end) {
      position++;
      if (chunk[position - 1] == last && isDelimiter(part, begin)) {
        return true;
      }
    }
    return false;
  }

  /** Whether what was read of this part so far ends with the delimiter. */
  private boolean isDelimiter(Part part, int begin) {
    int inChunk = position - begin;
    if (part.size() + inChunk < delimiter.length) {
      return false;
    }
    for (int i = 1; i <= delimiter.length; i++) {
      byte octet = i <= inChunk ? chunk[position - i] : part.fromEnd(i - inChunk);
      if (octet != delimiter[delimiter.length - i]) {
        return false;
      }
    }
    return true;
  }

  /** The octets of one part, its delimiter among them. */
  private static final class Part extends ByteArrayOutputStream {
    byte fromEnd(int distance) {
      return buf[count - distance];
    }

    byte[] toBytes(int without) {
      return Arrays.copyOf(buf, count - without);
    }
  }
}
