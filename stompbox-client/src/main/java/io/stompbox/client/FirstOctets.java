package io.stompbox.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the answer to CONNECT begins with, which tells whether it comes from a STOMP broker. */
final class FirstOctets {
  private static final int KEPT = 2048;

  /** Characters of an answer that is no frame. */
  private static final int SHOWN = 40;

  private static final Set<Fault> LIMITS =
      Set.of(Fault.LIMIT_BODY, Fault.LIMIT_HEADERS, Fault.LIMIT_LINE);

  private static final String MESSAGE = "message:";

  private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

  void add(byte[] read, int count) {
    octets.write(read, 0, Math.min(count, KEPT - octets.size()));
  }

  /**
   * Refuses what can't become the answer of a broker: a server of another kind may wait for more
   * than CONNECT now, until time runs out.
   *
   * @throws ProtocolException if so; it shows what came
   */
  void check() {
    String text = octets.toString(ISO_8859_1).replaceFirst("^[\\r\\n\\x00]+", "");
    boolean mayBe =
        Stream.of(Command.CONNECTED, Command.ERROR, Command.RECEIPT, Command.MESSAGE)
            .map(Command::name)
            .anyMatch(name -> name.startsWith(text) || text.startsWith(name));
    if (!mayBe) {
      throw new ProtocolException(
          Fault.BAD_COMMAND, "the answer to CONNECT begins with '" + shown(text) + "'");
    }
  }

  /** The first line, and no more of it than its first colon: it may repeat the passcode. */
  private static String shown(String text) {
    String line = text.split("[\\r\\n:]", 2)[0];
    String begin =
        line.chars().limit(SHOWN).mapToObj(FirstOctets::visible).collect(Collectors.joining());
    return Math.min(SHOWN, line.length()) < text.strip().length() ? begin + "..." : begin;
  }

  private static String visible(int octet) {
    return octet >= ' ' && octet < 0x7f
        ? String.valueOf((char) octet)
        : "\\x" + HexFormat.of().toHexDigits((byte) octet);
  }

  /**
   * Returns the beginning of an ERROR that is longer than allowed, or nothing if that is not what
   * is wrong: a refusal stays one, however long its body.
   */
  Optional<Frame> refusal(ProtocolException fault) {
    String text = octets.toString(UTF_8).stripLeading();
    return LIMITS.contains(fault.fault()) && text.startsWith(Command.ERROR.name())
        ? Optional.of(beginning(text))
        : Optional.empty();
  }

  /** The header that says why, and what there is of the body. */
  private static Frame beginning(String text) {
    String[] parts = text.split("\\r?\\n\\r?\\n", 2);
    String message =
        parts[0]
            .lines()
            .filter(line -> line.startsWith(MESSAGE))
            .map(line -> line.substring(MESSAGE.length()))
            .findFirst()
            .orElse("an ERROR that is longer than allowed");
    Body body = parts.length == 1 ? Body.empty() : Body.of(parts[1]);
    return new Frame(Command.ERROR, Headers.of("message", message), body);
  }
}
