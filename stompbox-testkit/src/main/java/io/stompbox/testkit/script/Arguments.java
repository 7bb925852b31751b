package io.stompbox.testkit.script;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The words of a statement, taken one after the other. Whatever does not fit is told with file,
 * line, what was found, and how the statement is written.
 */
public final class Arguments {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m)");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private static final Pattern TIMES = Pattern.compile("\\*[0-9]{1,8}");

  private final ScriptLine line;
  private final String usage;

  /** The index of the next word. */
  private int at = 1;

  /** The index behind the last word. */
  private int end;

  Arguments(ScriptLine line, String usage) {
    this.line = line;
    this.usage = usage;
    this.end = line.words().size();
  }

  /** A header, a setting or an expectation, written {@code name:value}. */
  public record Pair(String name, String value) {}

  ScriptLine line() {
    return line;
  }

  /** Whether all words were taken. */
  public boolean isEmpty() {
    return at == end;
  }

  /** Takes a word, whatever it is. */
  public String text(String what) {
    return next(what).text();
  }

  /** Takes a word that names something in the script. */
  public String name(String what) {
    Word word = next(what);
    if (word.quoted() || word.isPair()) {
      throw unexpected(word, what);
    }
    return word.text();
  }

  /** Takes a number that is not negative. */
  public long number(String what) {
    Word word = next(what);
    if (!NUMBER.matcher(word.text()).matches()) {
      throw unexpected(word, what + ", a number such as 3");
    }
    return Long.parseLong(word.text());
  }

  /** Takes a number if one comes next; empty if it is something else. */
  Optional<Long> ifNumber() {
    Word word = peek();
    boolean is = word != null && NUMBER.matcher(word.text()).matches();
    return is ? Optional.of(number("a number")) : Optional.empty();
  }

  /** Goes back to the word before, which is taken once more. */
  void back() {
    at--;
  }

  /** Takes a number that is at least 1. */
  public int count(String what) {
    long number = number(what);
    if (number < 1 || number > Integer.MAX_VALUE) {
      throw complaint("'" + number + "'", what + " is at least 1");
    }
    return (int) number;
  }

  /** Takes a time such as 200ms, 5s or 1m. */
  public Duration duration(String what) {
    Word word = next(what);
    return durationOf(word.text())
        .orElseThrow(() -> unexpected(word, what + ", a time such as 200ms, 5s or 1m"));
  }

  /** Takes one of the constants of an enum, written with small letters and hyphens. */
  public <E extends Enum<E>> E oneOf(Class<E> type) {
    E[] constants = type.getEnumConstants();
    String allowed = String.join(", ", Arrays.stream(constants).map(Arguments::written).toList());
    Word word = next("one of " + allowed);
    return constant(type, word.text()).orElseThrow(() -> unexpected(word, "one of " + allowed));
  }

  /** Returns the constant that is written so; empty if there is none. */
  public static <E extends Enum<E>> Optional<E> constant(Class<E> type, String written) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> written(constant).equals(written))
        .findFirst();
  }

  /** Takes {@code word} if it comes next. */
  public boolean has(String word) {
    boolean has = isAt(at, word);
    at += has ? 1 : 0;
    return has;
  }

  /**
   * Takes what {@code word} introduces, as {@code as NAME}; empty if the word does not come next.
   */
  public Optional<String> after(String word, String what) {
    return has(word) ? Optional.of(name(what)) : Optional.empty();
  }

  /** Takes what {@code word} introduces, and refuses a statement that does not have it. */
  public String required(String word, String what) {
    return after(word, what)
        .orElseThrow(() -> complaint("no '" + word + "'", "behind it comes " + what));
  }

  /**
   * Takes a quoted text if it comes next, and a {@code *N} behind it that repeats it; empty if
   * there is none.
   */
  public Optional<String> quoted() {
    Word word = peek();
    if (word == null || !word.quoted() || word.isPair()) {
      return Optional.empty();
    }
    at++;
    Word times = peek();
    if (times == null || times.quoted() || !TIMES.matcher(times.text()).matches()) {
      return Optional.of(word.text());
    }
    at++;
    return Optional.of(word.text().repeat(Integer.parseInt(times.text().substring(1))));
  }

  /** Whether a {@code name:value} comes next. */
  public boolean nextIsPair() {
    Word word = peek();
    return word != null && word.isPair();
  }

  /** Takes a {@code name:value} if it comes next; empty if there is none. */
  public Optional<Pair> pair() {
    Word word = peek();
    if (word == null || !word.isPair()) {
      return Optional.empty();
    }
    at++;
    return Optional.of(new Pair(word.name(), word.value()));
  }

  /** Takes a {@code !name} if it comes next, without the mark; empty if there is none. */
  Optional<String> negated() {
    Word word = peek();
    if (word == null || word.quoted() || !word.text().startsWith("!") || word.text().length() < 2) {
      return Optional.empty();
    }
    at++;
    return Optional.of(word.text().substring(1));
  }

  /**
   * Cuts off the end of the statement that begins with {@code word}, and returns it; empty if it
   * does not stand there.
   */
  public Optional<Arguments> cut(String word) {
    for (int i = at; i < end; i++) {
      if (isAt(i, word)) {
        Arguments tail = new Arguments(line, usage);
        tail.at = i + 1;
        tail.end = end;
        end = i;
        return Optional.of(tail);
      }
    }
    return Optional.empty();
  }

  /** Checks that nothing is left. */
  public void end() {
    Word word = peek();
    if (word != null) {
      throw unexpected(word, "the end of the line");
    }
  }

  /** Returns the complaint that something does not fit. */
  public ScriptException complaint(String found, String allowed) {
    return new ScriptException(line, found, allowed + "; it is written: " + usage);
  }

  /** Returns a time such as 200ms, 5s or 1m; empty if the text is none. */
  public static Optional<Duration> durationOf(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          default -> Duration.ofMinutes(number);
        });
  }

  private static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private Word next(String what) {
    Word word = peek();
    if (word == null) {
      throw complaint("the end of the line", "expected is " + what);
    }
    at++;
    return word;
  }

  private @Nullable Word peek() {
    return at < end ? line.words().get(at) : null;
  }

  private boolean isAt(int index, String word) {
    return index < end
        && !line.words().get(index).quoted()
        && line.words().get(index).text().equals(word);
  }

  private ScriptException unexpected(Word word, String what) {
    return complaint("'" + word.text() + "'", "expected is " + what);
  }
}
