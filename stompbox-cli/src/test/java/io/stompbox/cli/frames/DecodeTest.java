package io.stompbox.cli.frames;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code decode}: octets to frames. NUL is written {@code ^@}. */
class DecodeTest {
  private static final String SEND_HI =
      "{\"offset\":0,\"command\":\"SEND\",\"headers\":[[\"a\",\"b\"]],\"body\":\"hi\"}\n";

  static Stream<Arguments> captures() {
    return Stream.of(
        row("frame", "SEND\na:b\n\nhi^@", SEND_HI),
        row(
            "offset of each frame, NULs and heart-beats between them",
            "A\n\n^@\n^@\r\nB\n\n^@\n",
            """
            {"offset":0,"command":"A","headers":[]}
            {"offset":8,"command":"B","headers":[]}
            """),
        row(
            "heart-beats where they are asked for",
            "\nA\n\n^@\r\n",
            """
            {"offset":0,"heartBeat":true}
            {"offset":1,"command":"A","headers":[]}
            {"offset":5,"heartBeat":true}
            """,
            "--heartbeats"),
        row(
            "escapes of 1.2",
            "A\nn:\\c\\r\\n\\\\\n\n^@",
            "{\"offset\":0,\"command\":\"A\",\"headers\":[[\"n\",\":\\r\\n\\\\\"]]}\n"),
        row(
            "no escapes in 1.0",
            "A\nn:\\c\n\n^@",
            "{\"offset\":0,\"command\":\"A\",\"headers\":[[\"n\",\"\\\\c\"]]}\n",
            "--version",
            "1.0"),
        row(
            "version of CONNECTED",
            "CONNECTED\nversion:1.0\n\n^@A\nn:\\c\n\n^@",
            """
            {"offset":0,"command":"CONNECTED","headers":[["version","1.0"]]}
            {"offset":24,"command":"A","headers":[["n","\\\\c"]]}
            """),
        row(
            "version that is the only one of CONNECT",
            "STOMP\naccept-version:1.1\nhost:h\n\n^@A\nn:\\\\r\n\n^@",
            """
            {"offset":0,"command":"STOMP","headers":[["accept-version","1.1"],["host","h"]]}
            {"offset":34,"command":"A","headers":[["n","\\\\r"]]}
            """),
        row(
            "secrets as they are",
            "CONNECT\naccept-version:1.2\npasscode:x\n\n^@",
            "{\"offset\":0,\"command\":\"CONNECT\",\"headers\":"
                + "[[\"accept-version\",\"1.2\"],[\"passcode\",\"x\"]]}\n"),
        row(
            "secrets masked",
            "CONNECT\naccept-version:1.2\npasscode:x\n\n^@",
            "{\"offset\":0,\"command\":\"CONNECT\",\"headers\":"
                + "[[\"accept-version\",\"1.2\"],[\"passcode\",\"***\"]]}\n",
            "--mask"),
        row(
            "text for people",
            "\nSEND\na:x\\ny\u0007\n\nhi^@MESSAGE\n\n\u0007^@",
            """
            --- offset 1
            SEND
            a:x\\ny\\u0007

            hi^@
            --- offset 18
            MESSAGE

            00000000: 07
            ^@
            """,
            "-o",
            "text"));
  }

  private static Arguments row(String name, String octets, String lines, String... args) {
    return Arguments.of(name, octets, lines, args);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("captures")
  void writesALineForEachFrame(String name, String octets, String lines, String[] args) {
    Cli.Result result = decode(octets, args).assertThatItEndsWith(ExitCode.OK);

    assertThat(result.out()).isEqualTo(lines);
    assertThat(result.err()).isEmpty();
  }

  @Test
  void faultIsALineWithItsOffsetAndEndsIt() {
    Cli.Result result =
        decode("A\n\n^@B\nbroken\n\n^@C\n\n^@").assertThatItEndsWith(ExitCode.PARTLY_DONE);

    assertThat(result.out().lines())
        .hasSize(2)
        .element(1)
        .asString()
        .startsWith("{\"offset\":4,")
        .contains("\"error\":\"MALFORMED_HEADER\"", "broken");
    assertThat(result.err())
        .isEqualTo("stompbox: standard input: 1 frame, then a fault; --resync goes on behind it\n");
  }

  @Test
  void inputThatEndsInsideAFrameIsAFault() {
    Cli.Result result = decode("SEND\na:b\n\nh").assertThatItEndsWith(ExitCode.PARTLY_DONE);

    assertThat(result.out())
        .startsWith("{\"offset\":0,\"octets\":11,\"error\":\"INCOMPLETE_FRAME\"");
  }

  @Test
  void withResyncItGoesOnBehindAFault() {
    Cli.Result result =
        decode("garbage^@SEND\nbroken\n\n^@ACK\n\n^@", "--resync")
            .assertThatItEndsWith(ExitCode.PARTLY_DONE);

    assertThat(result.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("{\"offset\":0,\"octets\":8,\"error\":"),
            line -> assertThat(line).startsWith("{\"offset\":8,\"octets\":14,\"error\":"),
            line ->
                assertThat(line).isEqualTo("{\"offset\":22,\"command\":\"ACK\",\"headers\":[]}"));
    assertThat(result.err())
        .isEqualTo(
            "stompbox: standard input: 1 frame, and 2 faults in 22 octets that belong to no"
                + " frame\n");
  }

  @Test
  void strictRefusesWhatBrokersSendAllTheSame() {
    assertThat(decode("SEND\na:b:c\n\n^@").status()).isEqualTo(0);
    assertThat(decode("SEND\na:b:c\n\n^@", "--strict").out()).contains("RAW_COLON");
  }

  @Test
  void bodyAboveTheLimitIsAFault() {
    assertThat(decode("SEND\n\nabcdef^@", "--largest", "5").out())
        .contains("LIMIT_BODY", "the body of SEND is longer than 5 octets; --largest takes larger")
        .doesNotContain("DecoderLimits");
    assertThat(decode("SEND\n\nabcdef^@", "--largest", "6").status()).isEqualTo(0);
  }

  @Test
  void framesAppearBeforeTheInputEnds() throws Exception {
    try (PipedOutputStream writer = new PipedOutputStream()) {
      Cli cli = new Cli().input(new PipedInputStream(writer)).start("decode");

      writer.write("SEND\na:b\n\nhi\0ACK\n".getBytes(UTF_8));
      writer.flush();

      cli.awaitOut(SEND_HI);
      cli.interrupt().end().assertThatItEndsWith(ExitCode.INTERRUPTED);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "53454E440a613a620a0a686900",
        "53 45 4e 44\\n0a61 3a62 0a 0a 68\\n69 00",
        "0x53, 0x45, 0x4e, 0x44, 0x0a, 0x61, 0x3a, 0x62, 0x0a, 0x0a, 0x68, 0x69, 0x00",
        "\\x53\\x45\\x4e\\x44\\x0a\\x61\\x3a\\x62\\x0a\\x0a\\x68\\x69\\x00",
        "53:45:4e:44:0a:61:3a:62:0a:0a:68:69:00",
        "00000000: 5345 4e44 0a61 3a62  SEND.a:b\\n00000008: 0a0a 6869 00         ..hi.",
        "00000000  53 45 4e 44 0a 61 3a 62  0a 0a 68 69 00  |SEND.a:b..hi.|\\n0000000d"
      })
  void hexIsReadAsPeopleAndToolsWriteIt(String text) {
    Cli.Result result =
        new Cli()
            .input(text.replace("\\n", "\n"))
            .call("decode", "--hex")
            .assertThatItEndsWith(ExitCode.OK);

    assertThat(result.out()).isEqualTo(SEND_HI);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "53\\n45 4z!line 2, column 5: expected a second hex digit, but found 'z'",
        "g!line 1, column 1: expected a hex digit, but found 'g'",
        "53\\n4\\n5!line 2, column 2: expected a second hex digit, but found the end of the line",
        "53 4!line 1, column 5: expected a second hex digit, but found the end",
        "00000000  0a 0a  |..|\\n*\\n20!line 2: expected a line of a hex dump, but found '*'"
      })
  void hexThatIsNoneIsToldWithItsPlace(String text, String sentence) {
    Cli.Result result =
        new Cli()
            .input(text.replace("\\n", "\n"))
            .call("decode", "--hex")
            .assertThatItEndsWith(ExitCode.USAGE);

    assertThat(result.err()).contains("stompbox: standard input " + sentence);
  }

  @Test
  void fileIsReadByItsName(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("a.bin"), "SEND\na:b\n\nhi\0".getBytes(UTF_8));

    assertThat(Cli.run("decode", file.toString()).out()).isEqualTo(SEND_HI);
    assertThat(Cli.run("decode", file + "x").assertThatItEndsWith(ExitCode.USAGE).err())
        .isEqualTo("stompbox: cannot read " + file + "x: there is no such file\n");
  }

  @Test
  void strictAndResyncExcludeEachOther() {
    assertThat(Cli.run("decode", "--strict", "--resync").assertThatItEndsWith(ExitCode.USAGE).err())
        .contains("--strict ends at the first fault");
  }

  private static Cli.Result decode(String octets, String... args) {
    String[] all = Stream.concat(Stream.of("decode"), Stream.of(args)).toArray(String[]::new);
    return new Cli().input(octets.replace("^@", "\0")).call(all);
  }
}
