package io.stompbox.cli.connection;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a whole number within limits, which a mistake names. */
public abstract class WholeNumber implements ITypeConverter<Integer> {
  private final int least;
  private final int most;

  /** Creates one that takes the limits themselves too. */
  protected WholeNumber(int least, int most) {
    this.least = least;
    this.most = most;
  }

  @Override
  public final Integer convert(String text) {
    return (int) within(text, least, most);
  }

  private static long within(String text, long least, long most) {
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // It gets the same answer as one that is beyond the limits.
    }
    throw new TypeConversionException(
        "'%s' must be a whole number from %d to %d".formatted(text, least, most));
  }

  /** From 1. */
  public static final class Positive extends WholeNumber {
    public Positive() {
      super(1, Integer.MAX_VALUE);
    }
  }

  /** From 0. */
  public static final class NotNegative extends WholeNumber {
    public NotNegative() {
      super(0, Integer.MAX_VALUE);
    }
  }

  /** From 1, and further than others go. */
  public static final class Large implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return within(text, 1, Long.MAX_VALUE);
    }
  }

  /** Any that there is. */
  public static final class Any implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return within(text, Long.MIN_VALUE, Long.MAX_VALUE);
    }
  }
}
