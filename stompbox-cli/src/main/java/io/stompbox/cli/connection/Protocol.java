package io.stompbox.cli.connection;

import io.stompbox.protocol.frame.Version;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Which versions of STOMP are offered to the broker.
 *
 * @param versions at least one
 */
public record Protocol(Set<Version> versions) {
  /** All versions; the broker takes the newest that it knows. */
  public static final Protocol AUTO = new Protocol(EnumSet.allOf(Version.class));

  public Protocol {
    versions = Set.copyOf(versions);
  }

  /** Reads {@code 1.0}, {@code 1.1}, {@code 1.2} and {@code auto}. */
  public static final class Converter implements ITypeConverter<Protocol>, Iterable<String> {
    /** What a shell may complete. */
    @Override
    public Iterator<String> iterator() {
      return List.of("1.0", "1.1", "1.2", "auto").iterator();
    }

    @Override
    public Protocol convert(String text) {
      if (text.equals("auto")) {
        return AUTO;
      }
      return Version.of(text)
          .map(version -> new Protocol(Set.of(version)))
          .orElseThrow(
              () -> new TypeConversionException("'" + text + "' must be 1.0, 1.1, 1.2 or auto"));
    }
  }
}
