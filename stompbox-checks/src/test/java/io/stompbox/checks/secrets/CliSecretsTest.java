package io.stompbox.checks.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.checks.matrix.Fault;
import io.stompbox.cli.Main;
import io.stompbox.testkit.ScriptedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The command tells no secret, however it got it, and however much it says. */
@Tag(Fault.TAG)
class CliSecretsTest {
  private static final String LOGIN = "--user=" + Canary.LOGIN;

  private final ScriptedBroker broker =
      ScriptedBroker.start()
          .otherwise(
              peer -> {
                peer.expect("CONNECT");
                peer.send("ERROR\nmessage:bad " + Canary.escaped() + "\n\nno " + Canary.RAW + "^@");
              });

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  /** Arguments; SERVER, SECRET_SERVER and FILE stand for the broker and a file with the secret. */
  static Stream<List<String>> commands() {
    return Stream.of(
        List.of("--verbose", "send", "/queue/a", "x", "-s", "SECRET_SERVER"),
        List.of("--verbose", "listen", "/queue/a", "-s", "SERVER", LOGIN, "--password-env=CANARY"),
        List.of("send", "/queue/a", "x", "-s", "SERVER", LOGIN, "--password-file", "FILE"),
        List.of("send", "/queue/a", "-s", "SECRET_SERVER", "--no-such-option"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void neitherOutputNorComplaintHasIt(List<String> arguments, @TempDir Path folder)
      throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), Canary.RAW);
    Path output = folder.resolve("output");
    String server = broker.uri();
    String withSecret =
        server.replace("//", "//" + Canary.LOGIN + ":" + Canary.percentEncoded() + "@");
    List<String> command = new ArrayList<>(java());
    arguments.stream()
        .map(argument -> argument.equals("SERVER") ? server : argument)
        .map(argument -> argument.equals("SECRET_SERVER") ? withSecret : argument)
        .map(argument -> argument.equals("FILE") ? secret.toString() : argument)
        .forEach(command::add);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("CANARY", Canary.RAW);

    int status = builder.start().waitFor();

    String said = Files.readString(output, UTF_8);
    assertThat(status).as(said).isPositive();
    assertThat(said).containsAnyOf("broker refused CONNECT", "no-such-option");
    Canary.assertNotIn(said, "the output");
  }

  private static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName());
  }
}
