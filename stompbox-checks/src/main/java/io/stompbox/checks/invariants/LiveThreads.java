package io.stompbox.checks.invariants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The threads of this JVM, the virtual ones too. The thread that keeps time ends when nothing is
 * left to be done, so that where there is no thread there is no timer.
 */
public final class LiveThreads {
  private static final Pattern NAME_IN_DUMP = Pattern.compile("\"name\": \"(stompbox-[^\"]*)\"");

  private static final Pattern OF_TEST_KIT = Pattern.compile("stompbox-(proxy|script|queue).*");

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private LiveThreads() {}

  /** Waits until no thread of a client is left; throws AssertionError if one stays. */
  public static void awaitNoneOfClients() {
    try {
      Waiting.until(
          LIMIT,
          () -> ofClients().toString(),
          "no thread of a client",
          () -> ofClients().isEmpty());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while threads of clients were left", e);
    }
  }

  /** Returns the names of the threads that clients started; the test kit's are not among them. */
  public static List<String> ofClients() {
    return ours().stream().filter(name -> !OF_TEST_KIT.matcher(name).matches()).distinct().toList();
  }

  /** Returns the names of all threads that clients and test kit started, one for each thread. */
  static List<String> ours() {
    return Stream.concat(platformThreads(), virtualThreads())
        .filter(name -> name.startsWith("stompbox-"))
        .toList();
  }

  /** Returns those that are there besides what was there before. */
  static List<String> since(List<String> before) {
    List<String> names = new ArrayList<>(ours());
    before.forEach(names::remove);
    return names;
  }

  private static Stream<String> platformThreads() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName);
  }

  /** A dump is the only list of virtual threads that the JDK offers. */
  private static Stream<String> virtualThreads() {
    if (Runtime.version().feature() < 21) {
      return Stream.empty();
    }
    try {
      Path folder = Files.createTempDirectory("stompbox-threads-");
      Path dump = folder.resolve("dump.json");
      dump(dump);
      String json = Files.readString(dump);
      Files.delete(dump);
      Files.delete(folder);
      return NAME_IN_DUMP.matcher(json).results().map((MatchResult found) -> found.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void dump(Path file) {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    try {
      ObjectName commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
      Object[] arguments = {new String[] {"-format=json", file.toString()}};
      beans.invoke(
          commands, "threadDumpToFile", arguments, new String[] {String[].class.getName()});
    } catch (JMException e) {
      throw new IllegalStateException("this JVM can't dump its threads", e);
    }
  }
}
