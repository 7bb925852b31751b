package io.stompbox.checks.conformance.kit;

import java.util.Arrays;
import java.util.Locale;

/** The names that case files give to faults and refusals: those of our enums, written apart. */
public final class Category {
  private Category() {}

  /** Returns the name of a constant as case files write it. */
  public static String of(Enum<?> constant) {
    return normal(constant.name());
  }

  /**
   * Returns the constant that a case names.
   *
   * @throws CaseFormatException if there is none
   */
  public static <E extends Enum<E>> E find(Class<E> type, String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> of(constant).equals(normal(name)))
        .findFirst()
        .orElseThrow(
            () ->
                new CaseFormatException(
                    "'" + name + "' is not the name of a " + type.getSimpleName()));
  }

  private static String normal(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-').replace('.', '-');
  }
}
