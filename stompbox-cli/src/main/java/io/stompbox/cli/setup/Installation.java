package io.stompbox.cli.setup;

import io.stompbox.cli.process.ToolVersion;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Map;
import java.util.Optional;

/** What runs, and where its files are. */
final class Installation {
  /** Says where ./stompbox wants the start archive, as it looks for it itself. */
  private static final String ARCHIVE = "stompbox.archive";

  private Installation() {}

  /** The jar that runs; empty if classes are in folders. */
  static Optional<Path> jar() {
    CodeSource source = Installation.class.getProtectionDomain().getCodeSource();
    if (source == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(source.getLocation().toURI()))
          .filter(path -> path.toString().endsWith(".jar"));
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a file has a location", e);
    }
  }

  /** Where the start archive of this jar and this JVM is, or would be; empty without a home. */
  static Optional<Path> archive(Map<String, String> variables) {
    String told = System.getProperty(ARCHIVE, "");
    if (!told.isEmpty()) {
      return Optional.of(Path.of(told));
    }
    return cache(variables)
        .map(
            folder ->
                folder.resolve(
                    ToolVersion.number().replace(' ', '-')
                        + "-"
                        + System.getProperty("java.vm.version")
                        + ".jsa"));
  }

  private static Optional<Path> cache(Map<String, String> variables) {
    String configured = variables.getOrDefault("XDG_CACHE_HOME", "");
    if (!configured.isEmpty() && Path.of(configured).isAbsolute()) {
      return Optional.of(Path.of(configured, "stompbox"));
    }
    return Optional.ofNullable(variables.get("HOME"))
        .filter(home -> !home.isEmpty())
        .map(home -> Path.of(home, ".cache", "stompbox"));
  }
}
