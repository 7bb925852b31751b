package io.stompbox.checks.invariants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The sockets, pipes and selectors that this process has open, where the system tells: on Linux.
 * Files are left out, since the JVM opens those of its classes when it needs them. Selectors count
 * only where the JVM has none of its own.
 */
final class Descriptors {
  private static final Path OPEN = Path.of("/proc/self/fd");

  /** Tables of sockets, with an inode in each line. */
  private static final Path NETWORK = Path.of("/proc/self/net");

  /**
   * Selectors. A JVM with virtual threads has some of its own, makes them when a thread first needs
   * them, and keeps them.
   */
  private static final String SELECTOR = "anon_inode:[event";

  private static final boolean HAS_VIRTUAL_THREADS = Runtime.version().feature() >= 21;

  static {
    openWhatTheJdkKeeps();
  }

  private Descriptors() {}

  /**
   * Returns what they are, such as {@code socket:[4711]}; nothing where the system does not say.
   */
  static Set<String> open() {
    if (!Files.isDirectory(OPEN)) {
      return Set.of();
    }
    Set<String> open = new TreeSet<>();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(OPEN)) {
      for (Path descriptor : descriptors) {
        String what = target(descriptor);
        if (!what.startsWith("/") && !(HAS_VIRTUAL_THREADS && what.startsWith(SELECTOR))) {
          open.add(what);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the open descriptors", e);
    }
    return open;
  }

  /** Returns those that are there besides what was there before. */
  static Set<String> since(Set<String> before) {
    Set<String> open = new TreeSet<>(open());
    open.removeAll(before);
    return open;
  }

  /** As {@link #since}, with what the system knows of the sockets: addresses and states. */
  static List<String> described(Set<String> before) {
    return since(before).stream().map(Descriptors::described).toList();
  }

  private static String described(String what) {
    String inode = what.replaceAll("\\D", "");
    List<String> found = new ArrayList<>();
    for (String table : List.of("tcp", "tcp6", "unix", "udp", "udp6")) {
      try (Stream<String> lines = Files.lines(NETWORK.resolve(table))) {
        lines
            .filter(line -> List.of(line.trim().split(" +")).contains(inode))
            .forEach(line -> found.add(table + " " + line.trim()));
      } catch (IOException absent) {
        found.add(table + " can't be read");
      }
    }
    return what + found;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closedMeanwhile) {
      return "/";
    }
  }

  /** With its first socket that closes the JDK makes one that it keeps for ever. */
  private static void openWhatTheJdkKeeps() {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
      server.accept().close();
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot connect on the loopback interface", e);
    }
  }
}
