package io.stompbox.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.ScriptedBroker;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A client in a JVM that has no room for what its writer needs. */
class ShortOfMemoryTest {
  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  @Test
  void aFrameThatThereIsNoMemoryToWriteIsGivenUpAndTheConnectionStays() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          assertThat(peer.expect("SEND").text()).isEqualTo("small");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });

    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(),
                LargeSend.class.getName(),
                broker.uri())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).as(printed).isZero();
    assertThat(printed)
        .contains("NOT_SENT")
        .contains("no memory to write a SEND with a body of 40000000 octets");
    broker.assertScriptsDone();
  }

  /** The test's own classes are in the client's module here, so that their place can't be asked. */
  private static String classPath() {
    Stream<String> others =
        Stream.of(Connection.class, Frame.class)
            .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
            .map(place -> Path.of(URI.create(place.toString())).toString());
    return Stream.concat(Stream.of(Path.of("target", "test-classes").toString()), others)
        .collect(Collectors.joining(File.pathSeparator));
  }
}
