package io.stompbox.cli.connection;

import io.stompbox.cli.process.Failure;
import io.stompbox.protocol.frame.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A header as {@code name:value}; the value may have more colons, and blanks are part of it. */
public final class HeaderConverter implements ITypeConverter<Header> {
  @Override
  public Header convert(String text) {
    int colon = text.indexOf(':');
    if (colon <= 0) {
      // The text is not repeated: it may be a secret.
      throw new TypeConversionException("a header must look like name:value");
    }
    return new Header(text.substring(0, colon), text.substring(colon + 1));
  }

  /**
   * Refuses a header that an option gives as well, with another value.
   *
   * @param option what stands for the header
   * @param value what the option says; null if it is not given
   */
  public static void checkAgreement(
      List<Header> headers, String name, String option, @Nullable String value) {
    boolean isOpposed =
        value != null
            && headers.stream()
                .filter(header -> header.name().equals(name))
                .anyMatch(header -> !header.value().equals(value));
    if (isOpposed) {
      throw Failure.usage("-H " + name + " and " + option + " say different things; give one");
    }
  }

  /** Returns the failure for a header that the client writes itself. */
  public static Failure reserved(Header header) {
    return Failure.usage(
        "-H can't set '" + header.name() + "': stompbox writes this header itself");
  }
}
