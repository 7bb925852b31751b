package io.stompbox.cli.connection;

import io.stompbox.cli.context.Context;
import io.stompbox.cli.process.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
    if (!names().contains(name)) {
      List<String> near = Nearest.to(name, names());
      throw new TypeConversionException(
          "the setting '"
              + name
              + "' is not known; "
              + (near.isEmpty() ? "" : "did you mean " + String.join(" or ", near) + "? ")
              + "docs/options.md has them all");
    }
    return Map.entry(name, text.substring(equals + 1));
  }

  private static Set<String> names() {
    Set<String> names = new TreeSet<>(Context.names());
    names.removeAll(Context.OWN_NAMES);
    return names;
  }
}
