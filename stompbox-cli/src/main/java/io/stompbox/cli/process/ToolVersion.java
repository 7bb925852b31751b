package io.stompbox.cli.process;

import java.util.Objects;

/** Which Stompbox this is. */
public final class ToolVersion {
  private ToolVersion() {}

  /** Returns one line with the versions of Stompbox and of Java, and the platform. */
  public static String text() {
    String version = ToolVersion.class.getPackage().getImplementationVersion();
    return "stompbox %s (Java %s, %s %s)"
        .formatted(
            Objects.requireNonNullElse(version, "from the source tree"),
            System.getProperty("java.version"),
            System.getProperty("os.name"),
            System.getProperty("os.arch"));
  }
}
