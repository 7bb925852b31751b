package io.stompbox.protocol.codec;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the header lines of one frame, remembering the layout of the frame before. */
final class HeaderBlock {
  private static final String CONTENT_LENGTH = "content-length";
  private static final LinePrediction[] NOT_LEARNED = {};

  /** Positions beyond this one are not predicted: such frames are rare and the memory is not. */
  private static final int PREDICTED = 32;

  private final Dialect dialect;
  private final DecoderLimits limits;
  private final HeaderEntries entries = new HeaderEntries();
  private final Octets scratch = new Octets();

  /** The lines that frames of a command had last, by position. */
  private final Map<Command, LinePrediction[]> layouts = new HashMap<>();

  /** The layout of {@link #command}. */
  private LinePrediction[] predictions = NOT_LEARNED;

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
    if (!next.equals(command) || predictions == NOT_LEARNED) {
      // Commands that the specifications don't know share one layout, so a peer can't add many.
      Command key = next.isKnown() ? next : Command.SEND;
      predictions = layouts.computeIfAbsent(key, any -> new LinePrediction[PREDICTED]);
    }
    command = next;
    escapes = dialect.escapesOf(next);
    octets = 0;
    lengthIndex = -1;
    entries.clear();
  }

  /**
   * Takes the line that starts at {@code from} if it equals the one that the last frame had here.
   *
   * @return the index after its LF, or -1 if it differs or is not whole
   */
  int takePredicted(byte[] bytes, int from, int limit) {
    LinePrediction prediction = predicted();
    if (prediction == null) {
      return -1;
    }
    String value = prediction.valueIfEqual(bytes, from, limit);
    if (value == null) {
      return -1;
    }
    countLine(prediction.length());
    noteLength(prediction.name());
    entries.add(prediction.name(), value);
    return from + prediction.length() + 1;
  }

  /** Takes a header line, [from, to) without its LF. */
  void take(byte[] line, int from, int to) {
    int end = endOfLine(line, from, to);
    if (end - from > limits.headerLine()) {
      throw DecoderLimits.exceeded(
          Fault.LIMIT_LINE, where() + " is longer than " + limits.headerLine() + " octets");
    }
    countLine(to - from);
    LinePrediction prediction = named(line, from, end);
    noteLength(prediction.name());
    int valueFrom = from + prediction.nameLength();
    if (mayWait(prediction, line, valueFrom, end)) {
      entries.add(prediction.name(), line, valueFrom, end);
    } else {
      String value = decodeValue(prediction, line, valueFrom, end);
      prediction.learn(value, line, from, to);
      entries.add(prediction.name(), value);
    }
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

  /** Returns what is remembered for the line that is being read; null if nothing is. */
  private @Nullable LinePrediction predicted() {
    int index = entries.size();
    return index < PREDICTED ? predictions[index] : null;
  }

  private void noteLength(String name) {
    if (lengthIndex < 0 && name.equals(CONTENT_LENGTH)) {
      lengthIndex = entries.size();
    }
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

  /** Returns the prediction for the line that is being read: an older one if it has this name. */
  private LinePrediction named(byte[] line, int from, int end) {
    LinePrediction old = predicted();
    if (old != null && old.hasName(line, from, end)) {
      return old;
    }
    int colon = ByteScan.indexOf(line, from, end, (byte) ':');
    if (colon <= from) {
      throw noName(line, from, end);
    }
    LinePrediction fresh = new LinePrediction(decodeName(line, from, colon), line, from, colon + 1);
    if (entries.size() < PREDICTED) {
      predictions[entries.size()] = fresh;
    }
    return fresh;
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

  /** Whether the octets of a value can become text later, when somebody asks for it. */
  private boolean mayWait(LinePrediction line, byte[] octets, int from, int to) {
    return !line.learns()
        && !dialect.isStrict()
        && !dialect.trimsValues()
        && !needsUnescaping(octets, from, to);
  }

  private String decodeValue(LinePrediction line, byte[] octets, int from, int to) {
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
      checkValue(line, octets, start, end);
    }
    return decodeRange(octets, start, end);
  }

  private void checkValue(LinePrediction line, byte[] octets, int from, int to) {
    // An empty content-length has a fault of its own.
    if (from == to && dialect.refusesEmptyValue() && !line.name().equals(CONTENT_LENGTH)) {
      throw new ProtocolException(
          Fault.EMPTY_HEADER_VALUE,
          where() + line.quoted() + " has no value, which STOMP 1.0 does not allow");
    }
    if (dialect.refusesRawColon(command) && ByteScan.indexOf(octets, from, to, (byte) ':') >= 0) {
      throw new ProtocolException(
          Fault.RAW_COLON,
          where() + line.quoted() + " has a ':' in its value, which must be escaped as \\c");
    }
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
  private String where() {
    return "header line " + (entries.size() + 1) + " of " + command;
  }
}
