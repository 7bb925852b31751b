package io.stompbox.checks.kills;

import static org.awaitility.Awaitility.await;

import io.stompbox.checks.interop.LocalPort;
import io.stompbox.checks.kills.StoredBroker.Place;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** A {@link StoredBroker} in a JVM of its own, which may be started again after its death. */
final class JavaNode {
  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final long DEATH_SECONDS = 20;

  /**
   * Quick to start; the brokers' speed is not what is measured. With room for a million messages of
   * 100 octets.
   */
  private static final List<String> JVM_OPTIONS =
      List.of("-Xmx2g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final StoredBroker kind;
  private final Place place;
  private @Nullable Process process;

  JavaNode(StoredBroker kind, Place place) {
    this.kind = kind;
    this.place = place;
  }

  int port() {
    return place.port();
  }

  void launch() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> main =
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            StoredBroker.class.getName(),
            kind.name(),
            place.store().toString(),
            Integer.toString(place.port()),
            Integer.toString(place.partner()));
    List<String> command =
        Stream.of(List.of(java), JVM_OPTIONS, main).flatMap(List::stream).toList();
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(output().toFile()))
            .start();
  }

  private Path output() {
    return place.store().resolveSibling("output-" + place.port());
  }

  /** Waits until it answers CONNECT. */
  void awaitAnswer() {
    try {
      LocalPort.awaitAnswer(place.port(), START_LIMIT);
    } catch (ConditionTimeoutException e) {
      throw failure(e);
    }
  }

  /** Waits until it would take over if its partner died. */
  void awaitStandby() {
    try {
      await().atMost(START_LIMIT).pollInterval(POLL).until(() -> Files.exists(place.readyFile()));
    } catch (ConditionTimeoutException e) {
      throw failure(e);
    }
  }

  private IllegalStateException failure(ConditionTimeoutException cause) {
    String output;
    try {
      output = Files.readString(output());
    } catch (IOException e) {
      output = "none: " + e;
    }
    return new IllegalStateException(kind + " does not start; its output: " + output, cause);
  }

  /** Ends its process at once, on Unix with SIGKILL, if there is one. */
  void end() {
    Process ending = process;
    if (ending == null) {
      return;
    }
    try {
      if (!ending.destroyForcibly().waitFor(DEATH_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("process " + ending.pid() + " does not die");
      }
      process = null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while process " + ending.pid() + " dies", e);
    }
  }
}
