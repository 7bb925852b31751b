package io.stompbox.cli.frames;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.protocol.codec.EncoderOptions;
import io.stompbox.protocol.codec.EncoderOptions.ContentLength;
import io.stompbox.protocol.codec.FrameEncoder;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Version;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code encode}: frames to octets, and what {@code decode} wrote to the same octets again. */
class EncodeTest {
  private static final int FRAMES = 300;

  static Stream<Arguments> frames() {
    return Stream.of(
        row("length", send("\"hi\""), "SEND\na:b\ncontent-length:2\n\nhi^@"),
        row("no length", send("\"hi\""), "SEND\na:b\n\nhi^@", "--content-length", "never"),
        row("length as it is", send("\"hi\""), "SEND\na:b\n\nhi^@", "--content-length", "as-is"),
        row("CR LF", send("\"\""), "SEND\r\na:b\r\n\r\n^@", "--crlf"),
        row("escapes", "{\"command\":\"A\",\"headers\":{\"n\":\":\\n\"}}", "A\nn:\\c\\n\n\n^@"),
        row(
            "version",
            "{\"command\":\"A\",\"headers\":{\"n\":\":\\\\\"}}",
            "A\nn::\\\n\n^@",
            "--version",
            "1.0"),
        row(
            "version of CONNECTED",
            "{\"command\":\"CONNECTED\"}{\"command\":\"A\",\"headers\":{\"n\":\":\"}}",
            "CONNECTED\n\n^@A\nn::\n\n^@"),
        row("heart-beat", "{\"heartBeat\":true}", "\n"),
        row("hex", "{\"command\":\"A\"}{\"command\":\"B\"}", "410a0a00\n420a0a00\n", "--hex"));
  }

  private static String send(String body) {
    return "{\"command\":\"SEND\",\"headers\":{\"a\":\"b\"},\"body\":" + body + "}\n";
  }

  private static Arguments row(String name, String json, String octets, String... args) {
    return Arguments.of(name, json, octets, args);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("frames")
  void writesOctets(String name, String json, String octets, String[] args) {
    String[] all = Stream.concat(Stream.of("encode"), Stream.of(args)).toArray(String[]::new);

    Cli.Result result = new Cli().input(json).call(all).assertThatItEndsWith(ExitCode.OK);

    assertThat(result.out().replace("\0", "^@")).isEqualTo(octets);
    assertThat(result.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "{\"command\":\"ACK\",\"body\":\"x\"}!ACK can't be written: ACK may not have a body",
        "{\"command\":\"A\",\"headers\":{\"content-length\":7}}!content-length is set to '7'",
        "{\"command\":\"CONNECT\",\"headers\":{\"a\":\"\\n\"}}!CONNECT can't be written",
        "{\"command\":\"A\",\"command\":\"B\"}!duplicate Object property",
        "{\"command\":\"A\\n\\nB\"}!A??B",
        "{\"command\":\"A\"!the input ends before the object does",
        "{\"command\":\"A!the input ends before the object does",
        "{\"command\":\"A\",\"body\":\"x\",\"bodyBase64\":\"eA==\"}!expected one body, but found 'body",
        "{\"command\":\"A\",\"colour\":\"red\"}!expected a member named command"
      })
  void errorNamesTheLine(String json, String sentence) {
    Cli.Result result =
        new Cli()
            .input("{\"command\":\"A\"}\n" + json)
            .call("encode")
            .assertThatItEndsWith(ExitCode.USAGE);

    assertThat(result.err()).startsWith("stompbox: standard input line 2, column ");
    assertThat(result.err()).contains(sentence);
    assertThat(result.out()).isEqualTo("A\n\n\0");
  }

  @Test
  void faultsOfADecoderGiveNoOctetsAndAreCounted() {
    Cli.Result result =
        new Cli()
            .input("{\"offset\":0,\"octets\":3,\"error\":\"BARE_CR\"}{\"command\":\"A\"}")
            .call("encode")
            .assertThatItEndsWith(ExitCode.PARTLY_DONE);

    assertThat(result.out()).isEqualTo("A\n\n\0");
    assertThat(result.err()).isEqualTo("stompbox: 1 fault of the input gave no octets\n");
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void whatWasDecodedIsEncodedToTheSameOctets(Version version) {
    byte[] octets = randomFrames(version);

    Cli.Result json =
        new Cli()
            .input(octets)
            .call("decode", "--version", version.text(), "--heartbeats")
            .assertThatItEndsWith(ExitCode.OK);
    Cli.Result again =
        new Cli()
            .input(json.body().toBytes())
            .call("encode", "--version", version.text(), "--content-length", "as-is")
            .assertThatItEndsWith(ExitCode.OK);

    assertThat(json.out().lines().filter(line -> line.contains("command"))).hasSize(FRAMES);
    assertThat(again.body()).isEqualTo(Body.of(octets));
  }

  private static byte[] randomFrames(Version version) {
    Random random = new Random(version.text().hashCode());
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    FrameEncoder with = new FrameEncoder(version);
    FrameEncoder without =
        new FrameEncoder(version, EncoderOptions.defaults().with(ContentLength.OMITTED));
    for (int i = 0; i < FRAMES; i++) {
      Frame frame = randomFrame(version, random);
      boolean isWithout = !frame.body().hasNul() && random.nextBoolean();
      octets.writeBytes((isWithout ? without : with).encode(frame));
      if (random.nextInt(4) == 0) {
        octets.write('\n');
      }
    }
    return octets.toByteArray();
  }

  private static Frame randomFrame(Version version, Random random) {
    List<String> alphabet =
        version == Version.V1_0
            ? List.of("a", "B", "7", "-", "\\", "é", "\u20ac", "\ud83d\ude00", "\u0001", "\"")
            : List.of("a", "B", ":", "\n", "\\", "é", " ", "\ud83d\ude00", "\u0001", "\"", "\t");
    Frame frame = Frame.of(random.nextBoolean() ? Command.SEND : Command.MESSAGE);
    for (int i = random.nextInt(6); i > 0; i--) {
      frame =
          frame.with("n" + text(alphabet, random), version.text() + text(alphabet, random) + ".");
    }
    byte[] body = new byte[random.nextInt(40)];
    random.nextBytes(body);
    return frame.with(
        random.nextBoolean() ? Body.of(body) : Body.of(text(alphabet, random).getBytes(UTF_8)));
  }

  private static String text(List<String> alphabet, Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append(alphabet.get(random.nextInt(alphabet.size())));
    }
    return text.toString();
  }
}
