package io.stompbox.cli.frames;

import io.stompbox.cli.process.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Octets that are written as hexadecimal digits: in pairs, with blanks, commas, colons, {@code 0x}
 * or {@code \x} between them as one likes; or the lines of {@code xxd} and {@code hexdump -C},
 * which is seen from the first line. What is neither is a {@link Failure} with its place.
 */
final class HexInput extends InputStream {
  /** How much of the first line is looked at. */
  private static final int LONGEST_DUMP_LINE = 200;

  private static final Pattern XXD =
      Pattern.compile("(?:0x)?[0-9a-fA-F]{4,16}: ((?: ?[0-9a-fA-F]{2,}){1,64})(?:  .*)?");
  private static final Pattern HEXDUMP =
      Pattern.compile("[0-9a-fA-F]{7,16}  ((?: {0,2}[0-9a-fA-F]{2}){1,64}) *(?:\\|.*\\|)?");
  private static final Pattern HEXDUMP_END = Pattern.compile("[0-9a-fA-F]{7,16}");
  private static final String BETWEEN_PAIRS = " \t\r\n\f,:;-";

  private final String name;
  private final BufferedReader text;
  private @Nullable Form form;
  private int line = 1;
  private int column;

  /** Octets of the dump line that was read last. */
  private byte[] octets = {};

  private int at;

  private enum Form {
    PAIRS,
    DUMP
  }

  HexInput(InputStream stream, String name) {
    this.name = name;
    this.text = new BufferedReader(new InputStreamReader(stream, StandardCharsets.ISO_8859_1));
  }

  @Override
  public int read() throws IOException {
    if (form == null) {
      form = seeForm();
    }
    return switch (form) {
      case PAIRS -> readPair();
      case DUMP -> readOfDump();
    };
  }

  /** Gives what has come instead of waiting until the target is full. */
  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    int count = 0;
    while (count < length && (count == 0 || at < octets.length || text.ready())) {
      int octet = read();
      if (octet < 0) {
        return count == 0 ? -1 : count;
      }
      target[from + count] = (byte) octet;
      count++;
    }
    return count;
  }

  private Form seeForm() throws IOException {
    text.mark(LONGEST_DUMP_LINE);
    StringBuilder first = new StringBuilder();
    for (int c = text.read(); c >= 0 && c != '\n'; c = text.read()) {
      first.append((char) c);
      if (first.length() == LONGEST_DUMP_LINE) {
        break;
      }
    }
    text.reset();
    return ofDump(first.toString().strip()) == null ? Form.PAIRS : Form.DUMP;
  }

  private static @Nullable Matcher ofDump(String line) {
    Matcher xxd = XXD.matcher(line);
    if (xxd.matches()) {
      return xxd;
    }
    Matcher hexdump = HEXDUMP.matcher(line);
    return hexdump.matches() ? hexdump : null;
  }

  private int readOfDump() throws IOException {
    while (at == octets.length) {
      String next = text.readLine();
      if (next == null) {
        return -1;
      }
      octets = octetsOf(next.strip());
      at = 0;
      line++;
    }
    return octets[at++] & 0xff;
  }

  private byte[] octetsOf(String next) {
    if (next.isEmpty() || HEXDUMP_END.matcher(next).matches()) {
      return new byte[0];
    }
    Matcher dump = ofDump(next);
    if (dump == null) {
      String advice = next.equals("*") ? "hexdump -C leaves out what repeats; -v shows all" : "";
      throw bad("expected a line of a hex dump, but found '" + shortened(next) + "'", advice);
    }
    try {
      return HexFormat.of().parseHex(dump.group(1).replace(" ", ""));
    } catch (IllegalArgumentException e) {
      throw bad("expected pairs of hex digits, but one has no partner", "");
    }
  }

  private static String shortened(String text) {
    return text.length() > 40 ? text.substring(0, 40) + "..." : text;
  }

  private int readPair() throws IOException {
    int first = firstDigit();
    if (first < 0) {
      return -1;
    }
    int place = column;
    int second = next();
    if (second == '\n') {
      line--;
      column = place + 1;
    }
    if (!HexFormat.isHexDigit(second)) {
      throw bad("expected a second hex digit, but found " + shown(second), "");
    }
    return HexFormat.fromHexDigit(first) << 4 | HexFormat.fromHexDigit(second);
  }

  /** Skips what may stand between pairs; -1 at the end. */
  private int firstDigit() throws IOException {
    while (true) {
      int c = next();
      if (c < 0) {
        return c;
      }
      if (c == '0' && isX(text)) {
        next();
      } else if (c == '\\' && isX(text)) {
        next();
      } else if (HexFormat.isHexDigit(c)) {
        return c;
      } else if (BETWEEN_PAIRS.indexOf(c) < 0) {
        throw bad("expected a hex digit, but found " + shown(c), "");
      }
    }
  }

  private static boolean isX(Reader text) throws IOException {
    text.mark(1);
    int c = text.read();
    text.reset();
    return c == 'x' || c == 'X';
  }

  private int next() throws IOException {
    int c = text.read();
    if (c == '\n') {
      line++;
      column = 0;
    } else {
      column++;
    }
    return c;
  }

  private static String shown(int c) {
    if (c < 0 || c == '\n') {
      return c < 0 ? "the end" : "the end of the line";
    }
    return c < ' ' ? "control character " + c : "'" + (char) c + "'";
  }

  private Failure bad(String sentence, String advice) {
    String place = column == 0 ? "" : ", column " + column;
    String whole = name + " line " + line + place + ": " + sentence;
    return advice.isEmpty() ? Failure.usage(whole) : Failure.usage(whole, advice);
  }
}
