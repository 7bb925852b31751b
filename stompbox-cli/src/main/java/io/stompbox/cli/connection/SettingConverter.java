package io.stompbox.cli.connection;

import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A setting of the client as {@code name=value}. */
final class SettingConverter implements ITypeConverter<Map.Entry<String, String>> {
  @Override
  public Map.Entry<String, String> convert(String text) {
    int equals = text.indexOf('=');
    if (equals <= 0) {
      // The text is not repeated: it may be a secret.
      throw new TypeConversionException("a setting must look like name=value");
    }
    String name = text.substring(0, equals);
    SettingNames.fault(name)
        .ifPresent(
            fault -> {
              throw new TypeConversionException(fault);
            });
    return Map.entry(name, text.substring(equals + 1));
  }
}
