package io.stompbox.protocol.codec;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.Version;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Writes frames header by header, without a {@link io.stompbox.protocol.frame.Frame}, for programs
 * that send so much that objects count: it makes no garbage.
 *
 * <pre>{@code
 * writer.begin(Command.SEND, buffer)
 *     .header("destination", "/queue/a")
 *     .header("content-type", "text/plain")
 *     .end(octets);
 * }</pre>
 *
 * <p>What it writes and what it refuses is what {@link FrameEncoder} writes and refuses. Only
 * {@code end} moves the position of the buffer: a frame that was refused, or had no room, is given
 * up, and the next {@link #begin} starts anew at the same place. Not safe to share between threads.
 */
public final class FrameWriter {
  private final LineWriter lines;
  private final HeaderWriter headers;
  private final BodyRules rules;

  private ByteBuffer target = ByteBuffer.allocate(0);

  /** Whether a frame has been begun and not ended. */
  private boolean isOpen;

  /** Creates a writer with the default options. */
  public FrameWriter(Version version) {
    this(version, EncoderOptions.defaults());
  }

  /**
   * Creates a writer.
   *
   * @throws IllegalFrameException if the options ask for CR LF in a version before 1.2
   */
  public FrameWriter(Version version, EncoderOptions options) {
    this.rules = new BodyRules(version, options);
    this.lines = new LineWriter(version, options);
    this.headers = new HeaderWriter(lines, options);
  }

  /**
   * Begins a frame; one that was begun before and not ended is given up.
   *
   * @param buffer where the frame goes. Its position must not change until the frame is ended. The
   *     room that is asked for is that of three octets for each character of a header, and some 40
   *     octets more
   * @throws BufferOverflowException if the buffer has no room for the command
   */
  @SuppressWarnings("ReferenceEquality") // The same buffer is not stored again; see LineWriter.
  public FrameWriter begin(Command command, ByteBuffer buffer) {
    isOpen = false;
    if (target != buffer) {
      target = buffer;
    }
    lines.begin(buffer);
    headers.begin(command);
    isOpen = true;
    return this;
  }

  /**
   * Adds a header. Of several with one name, the first is the one in force.
   *
   * @throws IllegalFrameException if the name is empty or the version can't carry the header; the
   *     frame is given up
   * @throws BufferOverflowException if the buffer has too little room; the frame is given up
   * @throws IllegalStateException if no frame has been begun
   */
  public FrameWriter header(String name, String value) {
    checkOpen();
    try {
      headers.header(name, value);
      return this;
    } catch (RuntimeException e) {
      isOpen = false;
      throw e;
    }
  }

  /** Ends the frame without a body; throws as {@link #end(byte[], int, int)} does. */
  public void end() {
    end(Body.empty());
  }

  /** Ends the frame with a body; throws as {@link #end(byte[], int, int)} does. */
  public void end(byte[] octets) {
    end(octets, 0, octets.length);
  }

  /**
   * Ends the frame, and moves the position of the buffer behind it.
   *
   * @param octets the body is [from, to) of it
   * @throws IllegalFrameException if the version can't carry the body, or a content-length header
   *     is not that of it; the frame is given up
   * @throws BufferOverflowException if the buffer has too little room; the frame is given up
   * @throws IllegalStateException if no frame has been begun
   */
  public void end(byte[] octets, int from, int to) {
    Objects.checkFromToIndex(from, to, octets.length);
    startBody(to - from);
    if (rules.isLengthOmitted()) {
      BodyRules.checkNul(ByteScan.indexOf(octets, from, to, (byte) 0) >= 0);
    }
    lines.body(octets, from, to);
    lines.end(target);
  }

  /** Ends the frame with a body; throws as {@link #end(byte[], int, int)} does. */
  public void end(Body body) {
    startBody(body.size());
    if (rules.isLengthOmitted()) {
      BodyRules.checkNul(body.hasNul());
    }
    lines.body(body);
    lines.end(target);
  }

  private void startBody(int size) {
    checkOpen();
    isOpen = false;
    rules.checkAllowed(lines.command(), size);
    headers.end(size);
  }

  private void checkOpen() {
    if (!isOpen) {
      throw new IllegalStateException("no frame has been begun, or it was given up; call begin");
    }
  }
}
