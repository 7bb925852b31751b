package io.stompbox.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FirstOctetsTest {
  private final ProtocolException tooLong =
      new ProtocolException(Fault.LIMIT_BODY, "the body is too long");

  private static FirstOctets octets(String text, Charset charset) {
    FirstOctets first = new FirstOctets("s3crét");
    byte[] read = text.getBytes(charset);
    first.add(read, read.length);
    return first;
  }

  /** Octets may come one by one, and the first of them say little. */
  @ParameterizedTest
  @ValueSource(strings = {"", "H", "HTTP/1", "\n\n\u0000SSH-2", "CONNECTED", "ERROR\r", "ERROR\nx"})
  void whatSaysLittleOrMayBeAnAnswerIsWaitedFor(String text) {
    assertThat(octets(text, ISO_8859_1).stranger()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1., HTTP/1.",
    "'\u0015\u0003\u0003\u0000\u0002\u0002(', \\x15\\x03\\x03\\x00\\x02\\x02(",
    "'H\n', H",
    "'CONNECTED ', 'CONNECTED '",
    "'ERRORS\n', ERRORS",
    "'to s3cr', 'to '"
  })
  void whatCannotBeAnAnswerIsShown(String text, String shown) {
    assertThat(octets(text, ISO_8859_1).stranger()).hasValue(shown);
  }

  @Test
  void passcodeThatIsCutIsNotShownEither() {
    String begin = "ERROR\nmessage:no\n\n";
    String body = "x".repeat(2048 - begin.length() - 6) + "s3crét";

    Frame refusal = octets(begin + body, UTF_8).refusal(tooLong).orElseThrow();

    assertThat(refusal.text()).endsWith("x").doesNotContain("s3");
  }

  @Test
  void refusalMayHaveEndsOfLineAndNulInFront() {
    assertThat(octets("\r\n\u0000ERROR\r\nmessage:no\r\n", UTF_8).refusal(tooLong))
        .hasValueSatisfying(frame -> assertThat(frame.header("message")).isEqualTo("no"));
  }

  @Test
  void whatOnlyBeginsWithTheNameIsNoRefusal() {
    assertThat(octets("ERROR: too many connections", UTF_8).refusal(tooLong)).isEmpty();
  }
}
