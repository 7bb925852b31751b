package io.stompbox.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the answer to CONNECT begins with, which tells whether it comes from a STOMP broker. */
final class FirstOctets {
  private static final int KEPT = 2048;

  /** Characters of an answer that is no frame. */
  private static final int SHOWN = 40;

  /** So many octets tell what it is: an alert of TLS has no more, and {@code HTTP/1.} neither. */
  private static final int TELLING = 7;

  private static final String REASON = "message:";

  private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

  /** What is not shown, a character for each octet; empty if there is nothing of that kind. */
  private final String secret;

  /** Creates one that does not show {@code secret}, unless that is empty. */
  FirstOctets(String secret) {
    this.secret = new String(secret.getBytes(UTF_8), ISO_8859_1);
  }

  void add(byte[] read, int count) {
    octets.write(read, 0, Math.min(count, KEPT - octets.size()));
  }

  /**
   * Returns how an answer begins that can't become that of a broker: a server of another kind may
   * wait for more than CONNECT now, until time runs out. Returns nothing as long as it may.
   */
  Optional<String> stranger() {
    String text = text();
    boolean tells = text.length() >= TELLING || text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    boolean mayBe =
        Stream.of(Command.CONNECTED, Command.ERROR)
            .flatMap(FirstOctets::lines)
            .anyMatch(line -> line.startsWith(text) || text.startsWith(line));
    return tells && !mayBe ? Optional.of(shown(text)) : Optional.empty();
  }

  /** A character for each octet, without the ends of line and NULs in front. */
  private String text() {
    return octets.toString(ISO_8859_1).replaceFirst("^[\\r\\n\\x00]+", "");
  }

  private static Stream<String> lines(Command command) {
    return Stream.of(command.name() + "\n", command.name() + "\r\n");
  }

  /** The first line, or the beginning of it. */
  private String shown(String text) {
    String all = withoutCutSecret(secret.isEmpty() ? text : text.replace(secret, "***"));
    String line = all.split("[\\r\\n]", 2)[0];
    String begin =
        line.chars().limit(SHOWN).mapToObj(FirstOctets::visible).collect(Collectors.joining());
    return Math.min(SHOWN, line.length()) < all.strip().length() ? begin + "..." : begin;
  }

  private static String visible(int octet) {
    return octet >= ' ' && octet < 0x7f
        ? String.valueOf((char) octet)
        : "\\x" + HexFormat.of().toHexDigits((byte) octet);
  }

  /** What ends with the first half of the secret may be cut there. */
  private String withoutCutSecret(String text) {
    int count = Math.min(secret.length(), text.length());
    while (!text.endsWith(secret.substring(0, count))) {
      count--;
    }
    return text.substring(0, text.length() - count);
  }

  /**
   * Returns the beginning of an ERROR that is longer than allowed, or nothing if that is not what
   * is wrong: a refusal stays one, however long its body.
   */
  Optional<Frame> refusal(ProtocolException fault) {
    String text = text();
    return fault.fault().isLimit() && lines(Command.ERROR).anyMatch(text::startsWith)
        ? Optional.of(beginning(new String(withoutCutSecret(text).getBytes(ISO_8859_1), UTF_8)))
        : Optional.empty();
  }

  /** The header that says why, and what there is of the body. */
  private static Frame beginning(String text) {
    String[] parts = text.split("\\r?\\n\\r?\\n", 2);
    String message =
        parts[0]
            .lines()
            .filter(line -> line.startsWith(REASON))
            .map(line -> line.substring(REASON.length()))
            .findFirst()
            .orElse("an ERROR that is longer than allowed");
    Body body = parts.length == 1 ? Body.empty() : Body.of(parts[1]);
    return new Frame(Command.ERROR, Headers.of("message", message), body);
  }
}
