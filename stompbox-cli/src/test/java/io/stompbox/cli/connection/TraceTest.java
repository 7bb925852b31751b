package io.stompbox.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.testkit.EmbeddedBroker;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Frames are shown to whoever asks, and secrets to nobody. */
class TraceTest {
  private static EmbeddedBroker broker;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start(0, Map.of("me", "s3cret"));
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void framesOfBothWaysAreOnStandardErrorWithoutSecrets() {
    Cli.Result result = send("--trace", "/queue/trace", "hello").assertThatItEndsWith(ExitCode.OK);

    assertThat(result.err().lines())
        .anyMatch(line -> line.matches("[0-9:.]{12} 1 > CONNECT .*"))
        .anyMatch(line -> line.matches("[0-9:.]{12} 1 < CONNECTED .*"))
        .anyMatch(line -> line.matches("[0-9:.]{12} 1 > SEND .*'hello'"));
    assertThat(result.err()).doesNotContain("s3cret");
    assertThat(result.out()).isEmpty();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void fileHasAnObjectForEachFrameAndIsReadableByItsOwnerOnly(@TempDir Path folder)
      throws Exception {
    Path file = Files.writeString(folder.resolve("trace.jsonl"), "what was there before\n");

    send("--trace=" + file, "/queue/trace", "hello").assertThatItEndsWith(ExitCode.OK);

    List<String> lines = Files.readAllLines(file);
    assertThat(lines)
        .allMatch(line -> line.matches("\\{\"at\":\"[^\"]+Z\",\"connection\":1,\"direction\":.*}"))
        .anyMatch(line -> line.contains("\"direction\":\"received\",\"command\":\"CONNECTED\""))
        .anyMatch(line -> line.contains("\"command\":\"SEND\"") && line.contains("\"hello\""))
        .noneMatch(line -> line.contains("s3cret"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void folderOfTheFileIsMade(@TempDir Path folder) {
    Path file = folder.resolve("traces").resolve("of").resolve("today");

    send("--trace=" + file, "/queue/trace", "x").assertThatItEndsWith(ExitCode.OK);

    assertThat(file).isNotEmptyFile();
  }

  @Test
  void folderIsRefusedAndStays(@TempDir Path folder) {
    Cli.Result result =
        send("--trace=" + folder, "/queue/trace", "x").assertThatItEndsWith(ExitCode.USAGE);

    assertThat(result.err()).contains(folder + ": it is a folder");
    assertThat(folder).isDirectory();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void linkIsWrittenThroughAndStays(@TempDir Path folder) throws Exception {
    Path target = Files.writeString(folder.resolve("target"), "");
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);

    send("--trace=" + link, "/queue/trace", "x").assertThatItEndsWith(ExitCode.OK);

    assertThat(link).isSymbolicLink();
    assertThat(target).isNotEmptyFile();
  }

  @Test
  void traceThatCannotBeWrittenEndsAndIsTold() {
    Cli cli = new Cli();
    TraceFile trace =
        new TraceFile(
            Path.of("trace.jsonl"),
            new OutputStream() {
              @Override
              public void write(int octet) throws IOException {
                throw new IOException("No space left on device");
              }
            },
            cli.environment());

    trace.accept(new TracedFrame(Instant.EPOCH, 1, "sent", null));
    trace.accept(new TracedFrame(Instant.EPOCH, 1, "sent", null));

    assertThat(cli.err())
        .isEqualTo(
            "stompbox: the trace ends here, as trace.jsonl can't be written:"
                + " No space left on device\n");
  }

  private static Cli.Result send(String... more) {
    String[] args = new String[more.length + 5];
    System.arraycopy(new String[] {"send", "-s", broker.uri(), "-u", "me"}, 0, args, 0, 5);
    System.arraycopy(more, 0, args, 5, more.length);
    return new Cli().variable("STOMPBOX_PASSWORD", "s3cret").call(args);
  }
}
