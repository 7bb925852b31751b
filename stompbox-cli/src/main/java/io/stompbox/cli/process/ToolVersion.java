package io.stompbox.cli.process;

import java.util.Objects;

/** Which Stompbox this is. */
public final class ToolVersion {
  private ToolVersion() {}

  /** Returns the version of Stompbox, or that this is no release. */
  public static String number() {
    String version = ToolVersion.class.getPackage().getImplementationVersion();
    return Objects.requireNonNullElse(version, "from the source tree");
  }

  /** Returns one line with the versions of Stompbox and of Java, and the platform. */
  public static String text() {
    return "stompbox %s (Java %s, %s %s)"
        .formatted(
            number(),
            System.getProperty("java.version"),
            System.getProperty("os.name"),
            System.getProperty("os.arch"));
  }
}
