package io.stompbox.protocol.codec;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Cuts one large body into chunks; keeps none of them. */
final class StreamedBody {
  /** Octets of a chunk at most, so that a large read does not become a large copy. */
  private static final int CHUNK = 64 * 1024;

  private final Command command;

  /** The announced length; -1 for a body that ends at the first NUL. */
  private final long length;

  private final long most;

  /** What was kept before it was known that the body is large; null once it was handed out. */
  private @Nullable ByteBuffer first;

  /** Octets that were handed out. */
  private long total;

  private boolean ended;

  /**
   * Starts after {@code first}.
   *
   * @param length -1 if it is not announced
   * @param first handed out as it is, so nobody else may hold its array
   */
  StreamedBody(Command command, long length, long most, ByteBuffer first) {
    this.command = command;
    this.length = length;
    this.most = most;
    this.first = first.hasRemaining() ? first : null;
  }

  boolean isEnded() {
    return ended;
  }

  /** Consumes the octets of one chunk, or the NUL; {@code input} must not be empty. */
  DecodedEvent next(ByteBuffer input) {
    if (first != null) {
      Body octets = Body.wrap(first.array(), first.arrayOffset(), first.remaining());
      first = null;
      return chunk(octets);
    }
    byte octet = input.get(input.position());
    if (length == total || (length < 0 && octet == 0)) {
      BodyReader.checkNul(octet, command, length);
      input.get();
      ended = true;
      return new DecodedEvent.BodyEnded(total);
    }
    if (total == most) {
      throw BodyReader.tooLong(command, most);
    }
    byte[] octets = new byte[(int) Math.min(Math.min(CHUNK, input.remaining()), left())];
    input.get(input.position(), octets);
    int nul = length < 0 ? ByteScan.indexOf(octets, 0, octets.length, (byte) 0) : -1;
    int size = nul < 0 ? octets.length : nul;
    input.position(input.position() + size);
    return chunk(Body.wrap(octets, 0, size));
  }

  private long left() {
    return (length < 0 ? most : length) - total;
  }

  private DecodedEvent chunk(Body octets) {
    total += octets.size();
    return new DecodedEvent.BodyChunk(octets);
  }
}
