package io.stompbox.protocol.codec;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the header lines of one frame. */
final class HeaderBlock {
  static final String CONTENT_LENGTH = "content-length";

  private final Dialect dialect;
  private final DecoderLimits limits;
  private final HeaderEntries entries = new HeaderEntries();
  private final Octets scratch = new Octets();

  private Command command = Command.CONNECT;
  private Dialect.Escapes escapes = Dialect.Escapes.NONE;

  /** Octets of the header lines so far, line ends included. */
  private int octets;

  /** The position of the content-length in force; -1 if there is none. */
  private int lengthIndex;

  HeaderBlock(Dialect dialect, DecoderLimits limits) {
    this.dialect = dialect;
    this.limits = limits;
  }

  /** Starts the headers of a frame. */
  void begin(Command next) {
    command = next;
    escapes = dialect.escapesOf(next);
    octets = 0;
    lengthIndex = -1;
    entries.clear();
  }

  /** Takes a header line, [from, to) without its LF. */
  void take(byte[] line, int from, int to) {
    int end = endOfLine(line, from, to);
    if (end - from > limits.headerLine()) {
      throw DecoderLimits.exceeded(
          Fault.LIMIT_LINE, where() + " is longer than " + limits.headerLine() + " octets");
    }
    countLine(to - from);
    int colon = ByteScan.indexOf(line, from, end, (byte) ':');
    if (colon <= from) {
      throw noName(line, from, end);
    }
    String name = decodeName(line, from, colon);
    if (lengthIndex < 0 && name.equals(CONTENT_LENGTH)) {
      lengthIndex = entries.size();
    }
    entries.add(name, decodeValue(name, line, colon + 1, end));
  }

  /** Counts a line that has a fault, so that the next one is found at its position. */
  void skipLine() {
    // An empty name is no header's. An empty content-length is a fault, as it should be.
    entries.add("", "");
  }

  /** The command of the frame. */
  Command command() {
    return command;
  }

  /** Returns the fault of a line in which another frame starts. */
  ProtocolException anotherFrame(Command other) {
    return new ProtocolException(
        Fault.MALFORMED_HEADER,
        where() + " must be a header or blank, but another frame starts there: " + other);
  }

  private int endOfLine(byte[] line, int from, int to) {
    int end = dialect.carriageReturnEndsLine() && to > from && line[to - 1] == '\r' ? to - 1 : to;
    if (dialect.refusesBareCarriageReturn()
        && ByteScan.indexOf(line, from, end, (byte) '\r') >= 0) {
      throw new ProtocolException(
          Fault.BARE_CR,
          where() + " has a carriage return that does not end the line; it must be escaped as \\r");
    }
    return end;
  }

  private ProtocolException noName(byte[] line, int from, int end) {
    // Handshakes carry passcodes, and without a colon there is no telling.
    String shown = command.isHandshake() ? "" : ": " + Shown.text(line, from, end);
    return from < end && line[from] == ':'
        ? new ProtocolException(
            Fault.EMPTY_HEADER_NAME, where() + " has no name before its ':'" + shown)
        : new ProtocolException(Fault.MALFORMED_HEADER, where() + " has no ':'" + shown);
  }

  private String decodeName(byte[] line, int from, int to) {
    String known = KnownNames.find(line, from, to);
    return known != null ? known : decodeRange(line, from, to);
  }

  private String decodeValue(String name, byte[] octets, int from, int to) {
    int start = from;
    int end = to;
    if (dialect.trimsValues()) {
      while (start < end && HeaderText.isPadding(octets[start])) {
        start++;
      }
      while (end > start && HeaderText.isPadding(octets[end - 1])) {
        end--;
      }
    }
    if (dialect.isStrict()) {
      checkValue(name, octets, start, end);
    }
    return decodeRange(octets, start, end);
  }

  private void checkValue(String name, byte[] octets, int from, int to) {
    // An empty content-length has a fault of its own.
    if (from == to && dialect.refusesEmptyValue() && !name.equals(CONTENT_LENGTH)) {
      throw new ProtocolException(
          Fault.EMPTY_HEADER_VALUE,
          where() + quoted(name) + " has no value, which STOMP 1.0 does not allow");
    }
    if (dialect.refusesRawColon(command) && ByteScan.indexOf(octets, from, to, (byte) ':') >= 0) {
      throw new ProtocolException(
          Fault.RAW_COLON,
          where() + quoted(name) + " has a ':' in its value, which must be escaped as \\c");
    }
  }

  /** Shows a name and not its value, which may be secret. */
  private static String quoted(String name) {
    return " ('" + name + "')";
  }

  private String decodeRange(byte[] line, int from, int to) {
    if (dialect.isStrict() && !HeaderText.isUtf8(line, from, to)) {
      throw new ProtocolException(
          Fault.BAD_UTF8, where() + " has octets that are not UTF-8, which strict decoding needs");
    }
    if (!needsUnescaping(line, from, to)) {
      return new String(line, from, to - from, StandardCharsets.UTF_8);
    }
    scratch.clear();
    int undefined = HeaderText.unescape(line, from, to, escapes, scratch);
    if (undefined >= 0) {
      throw HeaderText.undefinedEscape(line, undefined, to, escapes, where());
    }
    return new String(scratch.array(), 0, scratch.size(), StandardCharsets.UTF_8);
  }

  private boolean needsUnescaping(byte[] line, int from, int to) {
    return escapes != Dialect.Escapes.NONE && ByteScan.indexOf(line, from, to, (byte) '\\') >= 0;
  }

  private void countLine(int length) {
    if (entries.size() == limits.headers()) {
      throw DecoderLimits.exceeded(
          Fault.LIMIT_HEADERS, command + " has more than " + limits.headers() + " headers");
    }
    octets += length + 1;
    if (octets > limits.headerOctets()) {
      throw DecoderLimits.exceeded(
          Fault.LIMIT_HEADERS,
          "the headers of " + command + " are longer than " + limits.headerOctets() + " octets");
    }
  }

  /** Returns the headers of the frame. */
  Headers finish() {
    return entries.toHeaders();
  }

  /** Returns the content-length in force among the headers of the frame; null if there is none. */
  @Nullable String contentLength(Headers finished) {
    return lengthIndex < 0 ? null : finished.value(lengthIndex);
  }

  /** Names the line that is being read, for messages. */
  String where() {
    return "header line " + (entries.size() + 1) + " of " + command;
  }
}
