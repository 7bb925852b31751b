package io.stompbox.protocol.codec;

import io.stompbox.protocol.codec.EncoderOptions.LineEnd;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.IllegalFrameException.Reason;
import io.stompbox.protocol.frame.Version;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes frames as octets of one version. Escapes what the version can escape and refuses what it
 * cannot carry; a refused frame does not move the position of its target. Makes no garbage when it
 * writes the same headers again and again. Not safe to share between threads.
 *
 * <p>A body that is too large for the memory is written in chunks: {@link #encodeHead}, {@link
 * #encodeChunk} as often as needed, {@link #encodeEnd}.
 */
public final class FrameEncoder {

  /** Room for the line ends, the NUL and a content-length line. */
  private static final int FRAMING = 48;

  private final Version version;
  private final BodyRules rules;
  private final LineWriter lines;
  private final HeaderWriter headers;

  /** The body that is being written in chunks; null outside of one. */
  private @Nullable OpenBody open;

  /** Creates an encoder with the default options. */
  public FrameEncoder(Version version) {
    this(version, EncoderOptions.defaults());
  }

  /**
   * Creates an encoder.
   *
   * @throws IllegalFrameException if the options ask for CR LF in a version before 1.2
   */
  public FrameEncoder(Version version, EncoderOptions options) {
    if (options.lineEnd() == LineEnd.CRLF && version != Version.V1_2) {
      throw new IllegalFrameException(
          Reason.CRLF_NEEDS_1_2, "lines can't end in CR LF in STOMP " + version + ", only in 1.2");
    }
    this.version = version;
    this.rules = new BodyRules(version, options);
    this.lines = new LineWriter(version, options);
    this.headers = new HeaderWriter(lines, options);
  }

  /** The version that this encoder writes. */
  public Version version() {
    return version;
  }

  /** Returns how many octets {@code frame} takes at most; so much room is always enough. */
  public int maxSize(Frame frame) {
    Headers all = frame.headers();
    long size = (long) FRAMING + frame.command().name().length() + frame.body().size();
    for (int i = 0; i < all.size(); i++) {
      // A character takes three octets at most: as UTF-8, and two as an escape.
      size += 3L * (all.name(i).length() + all.value(i).length()) + 3;
    }
    return Math.toIntExact(size);
  }

  /**
   * Writes a frame to {@code target}, its NUL included.
   *
   * @throws IllegalFrameException if the version can't carry the frame; the position of target is
   *     as it was
   * @throws BufferOverflowException if target has too little room, which {@link #maxSize} octets
   *     never are; its position is as it was
   * @throws IllegalStateException while a body is written in chunks
   */
  public void encode(Frame frame, ByteBuffer target) {
    lines.begin(target);
    write(frame);
    lines.end(target);
  }

  /** Returns the octets of a frame. */
  public byte[] encode(Frame frame) {
    byte[] octets = new byte[maxSize(frame)];
    lines.begin(octets, 0, octets.length);
    write(frame);
    return Arrays.copyOf(octets, lines.size());
  }

  /**
   * Writes the start of a frame whose body follows in chunks. Its content-length header, if there
   * is one, says how many octets they have; if there is none, the body may have no NUL.
   *
   * @param head the frame without its body
   * @throws IllegalFrameException as {@link #encode}
   * @throws BufferOverflowException as {@link #encode}
   * @throws IllegalStateException while another body is written in chunks
   */
  public void encodeHead(Frame head, ByteBuffer target) {
    if (!head.body().isEmpty()) {
      throw new IllegalArgumentException(
          "the body of " + head.command() + " must come in chunks, but it has " + head.body());
    }
    String announced = head.header(HeaderBlock.CONTENT_LENGTH);
    long length = announced == null ? -1 : BodyRules.announced(announced);
    if (length != 0) {
      rules.checkChunksAllowed(head.command());
    }
    lines.begin(target);
    writeHead(head, length);
    lines.end(target);
    open = new OpenBody(head.command(), length, length < 0 || rules.isLengthOmitted());
  }

  /**
   * Writes octets of the body: as many of {@code octets} as {@code target} has room for. Call it
   * again with more room while some remain.
   *
   * @throws IllegalFrameException if {@code octets} are more than content-length says, or have a
   *     NUL where there is no content-length; neither buffer has changed. The frame can still be
   *     ended
   * @throws IllegalStateException before {@link #encodeHead}
   */
  public void encodeChunk(ByteBuffer octets, ByteBuffer target) {
    open().write(octets, target);
  }

  /**
   * Ends a frame whose body was written in chunks.
   *
   * @throws IllegalFrameException if content-length says that more octets must come. If there are
   *     none, the connection must be closed: nothing else can end the frame
   * @throws BufferOverflowException if target is full
   * @throws IllegalStateException before {@link #encodeHead}
   */
  public void encodeEnd(ByteBuffer target) {
    open().checkWhole();
    target.put((byte) 0);
    open = null;
  }

  private OpenBody open() {
    if (open == null) {
      throw new IllegalStateException("no body is written in chunks; call encodeHead first");
    }
    return open;
  }

  private void write(Frame frame) {
    Body body = frame.body();
    rules.checkAllowed(frame.command(), body.size());
    if (rules.isLengthOmitted()) {
      BodyRules.checkNul(body.hasNul());
    }
    writeHead(frame, body.size());
    lines.body(body);
  }

  private void writeHead(Frame frame, long length) {
    if (open != null) {
      throw open.stillOpen();
    }
    headers.begin(frame.command());
    Headers all = frame.headers();
    for (int i = 0; i < all.size(); i++) {
      headers.header(all.name(i), all.value(i));
    }
    headers.end(length);
  }
}
