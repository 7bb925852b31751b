package io.stompbox.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {
  private static final Frame MESSAGE =
      Frame.of(Command.MESSAGE, "destination", "/queue/a", "message-id", "7");

  @Test
  void givesTheValueInForce() {
    assertThat(MESSAGE.with("message-id", "8").header("message-id")).isEqualTo("7");
    assertThat(MESSAGE.header("subscription")).isNull();
    assertThat(MESSAGE.require("destination")).isEqualTo("/queue/a");
  }

  @Test
  void saysWhichRequiredHeaderIsMissing() {
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> MESSAGE.require("subscription"))
        .withMessage(
            "MESSAGE has no header 'subscription'; it has [destination:/queue/a, message-id:7]")
        .extracting(ProtocolException::fault)
        .isEqualTo(ProtocolException.Fault.MISSING_HEADER);
  }

  @Test
  void withGivesAnotherFrame() {
    Frame changed = MESSAGE.with("ack", "9").with(Body.of("hi"));

    assertThat(changed.headers())
        .isEqualTo(Headers.of("destination", "/queue/a", "message-id", "7", "ack", "9"));
    assertThat(changed.text()).isEqualTo("hi");
    assertThat(MESSAGE.headers().size()).isEqualTo(2);
    assertThat(MESSAGE.body()).isEqualTo(Body.empty());
  }

  @Test
  void equalsByCommandHeadersAndBody() {
    Frame send = Frame.of(Command.SEND, "a", "1").with(Body.of("x"));

    assertThat(send)
        .isEqualTo(new Frame(Command.SEND, Headers.of(Map.of("a", "1")), Body.of("x")))
        .hasSameHashCodeAs(Frame.of(Command.SEND, "a", "1").with(Body.of("x")));
    assertThat(send)
        .isNotEqualTo(Frame.of(Command.MESSAGE, "a", "1").with(Body.of("x")))
        .isNotEqualTo(Frame.of(Command.SEND, "a", "2").with(Body.of("x")))
        .isNotEqualTo(Frame.of(Command.SEND, "a", "1").with(Body.of("y")));
  }

  @Test
  void showsNeitherSecretsNorTheBody() {
    Frame connect = Frame.of(Command.CONNECT, "login", "kiln", "passcode", "hunter2");

    assertThat(connect).hasToString("CONNECT [login:kiln, passcode:***]");
    assertThat(Frame.of(Command.SEND).with(Body.of("hunter2"))).hasToString("SEND [] 7 octets");
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> connect.require("host"))
        .withMessageNotContaining("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "TEXT/html", " text/plain ", "text/plain; format=flowed", "text/"})
  void textWithoutACharsetIsUtf8(String contentType) {
    assertThat(of(contentType).charset()).contains(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain;charset=iso-8859-1",
        "text/plain; charset=ISO-8859-1",
        "text/plain; Charset = latin1",
        "text/plain;charset=\"iso-8859-1\"",
        "text/plain;format=flowed;charset=iso-8859-1;x=y",
        "text/plain;charset=iso-8859-1;charset=utf-8",
        "application/xml;charset=iso-8859-1"
      })
  void aCharsetIsTakenAsNamed(String contentType) {
    assertThat(of(contentType).charset()).contains(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        ";",
        "application/json",
        "application/octet-stream",
        "text/plain;charset=klingon",
        "text/plain;charset=",
        "text/plain;charset=\"",
        "text/plain;charset=a b"
      })
  void anythingElseIsABlob(String contentType) {
    assertThat(of(contentType).charset()).isEmpty();
  }

  @Test
  void withoutContentTypeThereIsNoCharset() {
    assertThat(MESSAGE.charset()).isEmpty();
  }

  @Test
  void textIsReadInItsCharsetAndABlobAsUtf8() {
    Body latin = Body.of("café", StandardCharsets.ISO_8859_1);

    assertThat(of("text/plain;charset=iso-8859-1").with(latin).text()).isEqualTo("café");
    assertThat(of("application/octet-stream").with(Body.of("café")).text()).isEqualTo("café");
  }

  @Test
  void firstContentTypeCounts() {
    Frame frame = of("text/plain").with("content-type", "text/plain;charset=iso-8859-1");

    assertThat(frame.charset()).contains(StandardCharsets.UTF_8);
  }

  private static Frame of(String contentType) {
    return Frame.of(Command.MESSAGE, "content-type", contentType);
  }

  @Test
  void oneLineForALogShowsAsMuchOfTheBodyAsItIsAskedFor() {
    Frame frame = Frame.of(Command.SEND, "passcode", "fire").with(Body.of("twelve\nbricks"));

    assertThat(frame.inOneLine(0)).isEqualTo("SEND [passcode:***] 13 octets");
    assertThat(frame.inOneLine(8)).isEqualTo("SEND [passcode:***] 13 octets 'twelve?b...'");
    assertThat(frame.inOneLine(13)).isEqualTo("SEND [passcode:***] 13 octets 'twelve?bricks'");
    assertThat(Frame.of(Command.BEGIN).inOneLine(5)).isEqualTo("BEGIN []");
    assertThatIllegalArgumentException().isThrownBy(() -> frame.inOneLine(-1));
  }
}
