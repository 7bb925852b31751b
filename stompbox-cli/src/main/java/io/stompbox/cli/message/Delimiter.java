package io.stompbox.cli.message;

import io.stompbox.protocol.frame.Body;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What stands between messages in a stream of octets.
 *
 * @param octets at least one
 */
record Delimiter(Body octets) {
  static final Delimiter LINE_FEED = new Delimiter(Body.of("\n"));

  /** Reads text with the escapes of {@link Escapes}. */
  static final class Converter implements ITypeConverter<Delimiter> {
    @Override
    public Delimiter convert(String text) {
      if (text.isEmpty()) {
        throw new TypeConversionException("the delimiter is empty; write for example '\\n' or ';'");
      }
      return new Delimiter(Body.of(Escapes.undo(text)));
    }
  }
}
