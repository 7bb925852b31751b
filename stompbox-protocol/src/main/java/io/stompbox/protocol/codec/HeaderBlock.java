package io.stompbox.protocol.codec;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the header lines of one frame, remembering the layout of the frame before. */
final class HeaderBlock {
  private static final String CONTENT_LENGTH = "content-length";
  private static final int[] NO_ENDS = {};
  private static final LinePrediction[] NOT_LEARNED = {};

  /** Positions beyond this one are not predicted: such frames are rare and the memory is not. */
  private static final int PREDICTED = 32;

  private final DecoderLimits limits;
  private final Map<Command, LinePrediction[]> layouts = new HashMap<>();
  private final Octets text = new Octets();
  private final Octets scratch = new Octets();

  private Dialect dialect;
  private Command command = Command.CONNECT;
  private Dialect.Escapes escapes = Dialect.Escapes.NONE;
  private LinePrediction[] predictions = NOT_LEARNED;

  private String[] names = new String[16];

  /** Whether a decoded frame holds {@link #names}, so that it must be copied before a change. */
  private boolean namesAreShared;

  private @Nullable String[] values = new String[16];
  private int[] ends = new int[16];
  private int count;
  private boolean hasText;
  private int octets;
  private int lengthIndex;

  HeaderBlock(DecoderLimits limits, Dialect dialect) {
    this.limits = limits;
    this.dialect = dialect;
  }

  /** Forgets the layouts: the same octets can mean something else in another version. */
  void dialect(Dialect other) {
    dialect = other;
    layouts.clear();
    predictions = NOT_LEARNED;
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
    count = 0;
    octets = 0;
    hasText = false;
    lengthIndex = -1;
    text.clear();
  }

  /**
   * Takes the line that starts at {@code from} if it equals the one that the last frame had here.
   *
   * @return the index after its LF, or -1 if it differs or is not whole
   */
  int takePredicted(byte[] bytes, int from, int limit) {
    LinePrediction prediction = count < PREDICTED ? predictions[count] : null;
    if (prediction == null) {
      return -1;
    }
    String value = prediction.valueIfEqual(bytes, from, limit);
    if (value == null) {
      return -1;
    }
    countLine(prediction.length());
    put(prediction.name(), value);
    return from + prediction.length() + 1;
  }

  /** Takes a header line, [from, to) without its LF. */
  void take(byte[] line, int from, int to) {
    int end = endOfLine(line, from, to);
    if (end - from > limits.headerLine()) {
      throw new ProtocolException(
          Fault.LIMIT_LINE,
          where()
              + " is longer than "
              + limits.headerLine()
              + " octets; raise DecoderLimits if you trust the peer");
    }
    countLine(to - from);
    LinePrediction prediction = named(line, from, end);
    String value = decodeValue(prediction, line, from + prediction.nameLength(), end);
    if (value != null) {
      prediction.learn(value, line, from, to);
    }
    put(prediction.name(), value);
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
    LinePrediction old = count < PREDICTED ? predictions[count] : null;
    if (old != null && old.hasName(line, from, end)) {
      return old;
    }
    int colon = ByteScan.indexOf(line, from, end, (byte) ':');
    if (colon <= from) {
      throw noName(line, from, end);
    }
    LinePrediction fresh = new LinePrediction(decodeName(line, from, colon), line, from, colon + 1);
    if (count < PREDICTED) {
      predictions[count] = fresh;
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

  /** Returns the value, or null if it was left in {@link #text} as UTF-8 for later. */
  private @Nullable String decodeValue(LinePrediction line, byte[] octets, int from, int to) {
    if (line.learns()
        || dialect.isStrict()
        || dialect.trimsValues()
        || needsUnescaping(octets, from, to)) {
      return decodeText(line, octets, from, to);
    }
    text.append(octets, from, to);
    hasText = true;
    return null;
  }

  private String decodeText(LinePrediction line, byte[] octets, int from, int to) {
    int start = from;
    int end = to;
    if (dialect.trimsValues()) {
      while (start < end && isPadding(octets[start])) {
        start++;
      }
      while (end > start && isPadding(octets[end - 1])) {
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

  private static boolean isPadding(int octet) {
    return octet == ' ' || octet == '\t' || octet == '\r';
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
    if (count == limits.headers()) {
      throw new ProtocolException(
          Fault.LIMIT_HEADERS,
          command
              + " has more than "
              + limits.headers()
              + " headers; raise DecoderLimits if you trust the peer");
    }
    int most =
        dialect.version() == null
            ? Math.min(limits.headerOctets(), limits.handshakeFrame())
            : limits.headerOctets();
    octets += length + 1;
    if (octets > most) {
      throw new ProtocolException(
          Fault.LIMIT_HEADERS,
          "the headers of "
              + command
              + " are longer than "
              + most
              + " octets; raise DecoderLimits if you trust the peer");
    }
  }

  private void put(String name, @Nullable String value) {
    if (count == values.length) {
      values = Arrays.copyOf(values, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
    if (count >= names.length || !name.equals(names[count])) {
      putName(name);
    }
    if (lengthIndex < 0 && name.equals(CONTENT_LENGTH)) {
      lengthIndex = count;
    }
    values[count] = value;
    ends[count] = text.size();
    count++;
  }

  private void putName(String name) {
    if (namesAreShared || count == names.length) {
      names = Arrays.copyOf(names, Math.max(names.length, values.length));
      namesAreShared = false;
    }
    names[count] = name;
  }

  /** Returns the headers of the frame. */
  Headers finish() {
    namesAreShared = true;
    return Headers.lazily(
        names,
        Arrays.copyOf(values, count),
        text.toArray(),
        hasText ? Arrays.copyOf(ends, count) : NO_ENDS);
  }

  /** Returns the number in the content-length in force, or -1 if there is none. */
  int contentLength(Headers headers) {
    if (lengthIndex < 0) {
      return -1;
    }
    String value = headers.value(lengthIndex);
    int from = 0;
    int to = value.length();
    if (!dialect.isStrict()) {
      while (from < to && isPadding(value.charAt(from))) {
        from++;
      }
      while (to > from && isPadding(value.charAt(to - 1))) {
        to--;
      }
    }
    return withinLimit(number(value, from, to));
  }

  private long number(String value, int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      int digit = value.charAt(i) - '0';
      if (digit < 0 || digit > 9 || number > (Long.MAX_VALUE - digit) / 10) {
        throw badLength(value);
      }
      number = number * 10 + digit;
    }
    if (from == to) {
      throw badLength(value);
    }
    return number;
  }

  private int withinLimit(long length) {
    int most = mostBody();
    if (length > most) {
      throw new ProtocolException(
          Fault.LIMIT_BODY,
          "the body of "
              + command
              + " is announced with "
              + length
              + " octets, but "
              + most
              + " are allowed; raise DecoderLimits if you trust the peer");
    }
    return (int) length;
  }

  /** Returns how long a body may be: before the version is known, less. */
  int mostBody() {
    return dialect.version() == null
        ? Math.min(limits.body(), limits.handshakeFrame())
        : limits.body();
  }

  private ProtocolException badLength(String value) {
    return new ProtocolException(
        Fault.BAD_CONTENT_LENGTH,
        "content-length of "
            + command
            + " must be decimal digits that fit 63 bits, but was '"
            + value
            + "'");
  }

  /** Names the line that is being read, for messages. */
  private String where() {
    return "header line " + (count + 1) + " of " + command;
  }
}
