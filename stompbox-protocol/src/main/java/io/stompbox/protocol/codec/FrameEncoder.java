package io.stompbox.protocol.codec;

import io.stompbox.protocol.codec.EncoderOptions.ContentLength;
import io.stompbox.protocol.codec.EncoderOptions.LineEnd;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
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
 * cannot carry; a refused frame leaves the target as it was. Makes no garbage when it writes the
 * same headers again and again. Not safe to share between threads.
 *
 * <p>A body that is too large for the memory is written in chunks: {@link #encodeHead}, {@link
 * #encodeChunk} as often as needed, {@link #encodeEnd}.
 */
public final class FrameEncoder {

  /** Room for the line ends, the NUL and a content-length line. */
  private static final int FRAMING = 48;

  /** Longer arrays for buffers without one are not kept, so that idle encoders hold little. */
  private static final int KEPT = 1 << 16;

  private final Version version;
  private final EncoderOptions options;
  private final HeaderWriter writer;
  private byte[] scratch = {};

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
    this.options = options;
    this.writer = new HeaderWriter(version, options);
  }

  /** The version that this encoder writes. */
  public Version version() {
    return version;
  }

  /** Returns how many octets {@code frame} takes at most; {@link #encode} wants that much room. */
  public int maxSize(Frame frame) {
    Headers headers = frame.headers();
    long size = (long) FRAMING + frame.command().name().length() + frame.body().size();
    for (int i = 0; i < headers.size(); i++) {
      // A character takes three octets at most: as UTF-8, and two as an escape.
      size += 3L * (headers.name(i).length() + headers.value(i).length()) + 3;
    }
    return Math.toIntExact(size);
  }

  /**
   * Writes a frame to {@code target}, its NUL included.
   *
   * @throws IllegalFrameException if the version can't carry the frame; target is as it was
   * @throws BufferOverflowException if target has less room than {@link #maxSize}; it is as it was
   * @throws IllegalStateException while a body is written in chunks
   */
  public void encode(Frame frame, ByteBuffer target) {
    int most = maxSize(frame);
    if (target.remaining() < most) {
      throw new BufferOverflowException();
    }
    if (target.hasArray()) {
      int base = target.arrayOffset();
      int end = write(frame, target.array(), base + target.position());
      target.position(end - base);
    } else {
      byte[] octets = scratch.length < most ? new byte[most] : scratch;
      if (octets.length <= KEPT) {
        scratch = octets;
      }
      target.put(octets, 0, write(frame, octets, 0));
    }
  }

  /** Returns the octets of a frame. */
  public byte[] encode(Frame frame) {
    byte[] octets = new byte[maxSize(frame)];
    return Arrays.copyOf(octets, write(frame, octets, 0));
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
    long length = length(head);
    if (length != 0 && !head.command().allowsBody(version)) {
      throw bodyNotAllowed(head.command(), "one that follows in chunks");
    }
    if (target.remaining() < maxSize(head)) {
      throw new BufferOverflowException();
    }
    byte[] octets = new byte[maxSize(head)];
    writeHeaders(head, length, octets, 0);
    target.put(octets, 0, writer.endHeaders());
    open =
        new OpenBody(
            head.command(), length, length < 0 || options.contentLength() == ContentLength.OMITTED);
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

  private int write(Frame frame, byte[] target, int start) {
    Body body = frame.body();
    checkBody(frame.command(), body);
    boolean lengthSeen = writeHeaders(frame, body.size(), target, start);
    if (!lengthSeen && !body.isEmpty() && options.contentLength() != ContentLength.OMITTED) {
      writer.contentLength(body.size());
    }
    return writer.end(body);
  }

  /** Writes the command line and the headers; returns whether they have a content-length. */
  private boolean writeHeaders(Frame frame, long length, byte[] target, int start) {
    if (open != null) {
      throw open.stillOpen();
    }
    writer.begin(target, start, frame.command());
    Headers headers = frame.headers();
    int index = writer.repeat(headers);
    if (index == HeaderWriter.DIFFERENT) {
      index = writeAnew(headers);
    }
    if (index >= 0) {
      checkLength(headers.value(index), length);
    }
    return index >= 0;
  }

  /** Writes command and headers, and returns the index of content-length; -1 if it is not there. */
  private int writeAnew(Headers headers) {
    writer.commandLine();
    boolean omitted = options.contentLength() == ContentLength.OMITTED;
    int length = -1;
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.name(i);
      boolean isLength = name.equals(HeaderBlock.CONTENT_LENGTH);
      // The first of repeated headers counts, and a body has one length.
      if (!isLength || (length < 0 && !omitted)) {
        writer.header(name, headers.value(i));
      }
      if (isLength && length < 0) {
        length = i;
      }
    }
    writer.remember();
    return length;
  }

  /** Returns the content-length of a frame whose body is not there; -1 if it has none. */
  private static long length(Frame head) {
    String value = head.header(HeaderBlock.CONTENT_LENGTH);
    if (value == null) {
      return -1;
    }
    try {
      long length = Long.parseLong(value);
      if (length >= 0 && isDecimal(value, length)) {
        return length;
      }
    } catch (NumberFormatException ignored) {
      // Falls through to the refusal, which is the same for all that is not a plain number.
    }
    throw new IllegalFrameException(
        Reason.BAD_CONTENT_LENGTH,
        "content-length must be decimal digits that fit 63 bits, but is '" + value + "'");
  }

  private void checkBody(Command command, Body body) {
    if (body.isEmpty()) {
      return;
    }
    if (!command.allowsBody(version)) {
      throw bodyNotAllowed(command, body.toString());
    }
    if (options.contentLength() == ContentLength.OMITTED && body.hasNul()) {
      throw new IllegalFrameException(
          Reason.NUL_NEEDS_CONTENT_LENGTH,
          "the body has a NUL octet, so content-length can't be left out");
    }
  }

  private IllegalFrameException bodyNotAllowed(Command command, String body) {
    return new IllegalFrameException(
        Reason.BODY_NOT_ALLOWED,
        command + " may not have a body in STOMP " + version + ", but has " + body);
  }

  private static void checkLength(String value, long length) {
    if (!isDecimal(value, length)) {
      throw new IllegalFrameException(
          Reason.BAD_CONTENT_LENGTH,
          "content-length is set to '"
              + value
              + "' but the size of the body is "
              + length
              + "; leave it out, it is written by itself");
    }
  }

  /** Whether {@code text} is how {@code number} is written; makes no String to find out. */
  private static boolean isDecimal(String text, long number) {
    long rest = number;
    for (int i = text.length() - 1; i >= 0; i--) {
      if (text.charAt(i) != '0' + rest % 10) {
        return false;
      }
      rest /= 10;
    }
    return rest == 0 && !text.isEmpty() && (text.length() == 1 || text.charAt(0) != '0');
  }
}
