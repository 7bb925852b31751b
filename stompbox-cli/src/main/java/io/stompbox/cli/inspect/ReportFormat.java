package io.stompbox.cli.inspect;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How findings are shown. */
enum ReportFormat {
  /** For people. */
  TEXT,
  /** An object a line. */
  JSON;

  /** Reads the values of {@code --output}. */
  static final class Converter implements ITypeConverter<ReportFormat> {
    @Override
    public ReportFormat convert(String text) {
      return switch (text) {
        case "text" -> TEXT;
        case "json" -> JSON;
        default -> throw new TypeConversionException("'" + text + "' must be text or json");
      };
    }
  }
}
