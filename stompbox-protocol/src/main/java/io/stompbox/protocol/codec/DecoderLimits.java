package io.stompbox.protocol.codec;

import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;

/**
 * What a {@link FrameDecoder} accepts at most, checked while it reads, so that no peer can fill the
 * memory. Line lengths are octets without the line end.
 *
 * @param commandLine octets of the command line
 * @param headerLine octets of one header line
 * @param headers header lines of one frame
 * @param headerOctets octets of all header lines of one frame, line ends included
 * @param body octets of one body
 * @param handshakeFrame octets of the headers, and of the body, of a frame that comes before the
 *     version is known
 */
public record DecoderLimits(
    int commandLine, int headerLine, int headers, int headerOctets, int body, int handshakeFrame) {

  private static final String ADVICE = "; raise DecoderLimits if you trust the peer";
  private static final int KIB = 1024;
  private static final DecoderLimits DEFAULTS =
      new DecoderLimits(64, 128 * KIB, KIB, KIB * KIB, 64 * KIB * KIB, 64 * KIB);

  /** Refuses negative limits, and 0 where nothing could be decoded then: lines, handshake. */
  public DecoderLimits {
    atLeast(1, "commandLine", commandLine);
    atLeast(1, "headerLine", headerLine);
    atLeast(0, "headers", headers);
    atLeast(0, "headerOctets", headerOctets);
    atLeast(0, "body", body);
    atLeast(1, "handshakeFrame", handshakeFrame);
  }

  /**
   * 64 octets for the command, 128 KiB a header line, 1,024 headers, 1 MiB for all of them, 64 MiB
   * for a body, 64 KiB before the version is known. ActiveMQ Classic takes messages of 1,001
   * headers and adds some of its own; otherwise known brokers send less than half of that.
   */
  public static DecoderLimits defaults() {
    return DEFAULTS;
  }

  /** Returns limits with another maximum for the command line and for header lines. */
  public DecoderLimits withLine(int octets) {
    return new DecoderLimits(octets, octets, headers, headerOctets, body, handshakeFrame);
  }

  /** Returns limits with another maximum number of headers. */
  public DecoderLimits withHeaders(int count) {
    return new DecoderLimits(commandLine, headerLine, count, headerOctets, body, handshakeFrame);
  }

  /** Returns limits with another maximum for bodies. */
  public DecoderLimits withBody(int octets) {
    return new DecoderLimits(
        commandLine, headerLine, headers, headerOctets, octets, handshakeFrame);
  }

  /** Returns the limits that count before the version is known. */
  DecoderLimits duringHandshake() {
    return new DecoderLimits(
        commandLine,
        headerLine,
        headers,
        Math.min(headerOctets, handshakeFrame),
        Math.min(body, handshakeFrame),
        handshakeFrame);
  }

  /** Returns the fault of a peer that exceeded a limit; {@code sentence} says which. */
  static ProtocolException exceeded(Fault fault, String sentence) {
    return new ProtocolException(fault, sentence + ADVICE);
  }

  /** As {@link #exceeded}, of a body that has at least so many octets. */
  static ProtocolException exceededBy(long octets, String sentence) {
    return ProtocolException.longBody(sentence + ADVICE, octets);
  }

  private static void atLeast(int least, String name, int value) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ": " + value);
    }
  }
}
