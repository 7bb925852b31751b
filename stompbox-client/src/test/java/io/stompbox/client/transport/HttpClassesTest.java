package io.stompbox.client.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.client.Connection;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.ScriptedBroker;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What HTTP costs those who don't use it. */
class HttpClassesTest {
  @Test
  void tcpLoadsNoClassOfHttp() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath(),
                "-verbose:class",
                TcpOnly.class.getName())
            .redirectErrorStream(true)
            .start();
    List<String> loaded =
        new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();

    assertThat(process.waitFor()).as("%s", loaded).isZero();
    assertThat(loaded).anyMatch(line -> line.contains(SocketTransport.class.getName()));
    assertThat(loaded)
        .noneMatch(line -> line.contains("java.net.http.") || line.contains(".http.HttpClient"))
        .noneMatch(line -> line.contains(".transport.WebSocket"));
  }

  /** The test's own classes are in the client's module here, so that their place can't be asked. */
  private static String classPath() {
    Stream<String> others =
        Stream.of(Connection.class, Frame.class, ScriptedBroker.class)
            .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
            .map(place -> Path.of(URI.create(place.toString())).toString());
    return Stream.concat(Stream.of(Path.of("target", "test-classes").toString()), others)
        .collect(Collectors.joining(File.pathSeparator));
  }
}
