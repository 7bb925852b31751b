package io.stompbox.testkit.script;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The statements of a language: how each is written, and what becomes of it. A few are part of
 * every language: loops, signals, and waiting.
 *
 * @param <C> who carries them out
 */
public final class Statements<C> {
  private static final String REPEAT = "repeat N [as NAME] ... end";
  private static final String BACKGROUND = "background NAME ... end";
  private static final String END = "end";

  private final Map<String, Statement<C>> table = new LinkedHashMap<>();

  private record Statement<C>(String usage, Parser<C> parser) {}

  /**
   * Makes a step of a statement.
   *
   * @param <C> who carries it out
   */
  @FunctionalInterface
  public interface Parser<C> {
    /** Takes all arguments; what is left over is refused. */
    Step<C> parse(Arguments arguments);
  }

  /** Creates a language with loops, signals and waiting. */
  public Statements() {
    table.put("repeat", new Statement<>(REPEAT, this::unreachable));
    table.put("background", new Statement<>(BACKGROUND, this::unreachable));
    with("join NAME", this::join);
    with("signal NAME", this::signal);
    with("await NAME", this::await);
    with("wait TIME", this::pause);
  }

  private Step<C> unreachable(Arguments arguments) {
    throw new AssertionError("blocks are read as a whole: " + arguments.line());
  }

  private Step<C> join(Arguments arguments) {
    String name = arguments.name("the name of what was begun with 'background'");
    return (actor, scope) -> scope.join(scope.resolve(name));
  }

  private Step<C> signal(Arguments arguments) {
    String name = arguments.name("the name of a signal");
    return (actor, scope) -> scope.signal(scope.resolve(name));
  }

  private Step<C> await(Arguments arguments) {
    String name = arguments.name("the name of a signal");
    return (actor, scope) -> scope.await(scope.resolve(name));
  }

  private Step<C> pause(Arguments arguments) {
    Duration time = arguments.duration("how long");
    return (actor, scope) -> Thread.sleep(time.toMillis());
  }

  /**
   * Adds a statement.
   *
   * @param usage how it is written; its first word is its name
   */
  public Statements<C> with(String usage, Parser<C> parser) {
    table.put(usage.split(" ", 2)[0], new Statement<>(usage, parser));
    return this;
  }

  /** How all statements are written, in the order in which they were added. */
  public List<String> usages() {
    return table.values().stream().map(Statement::usage).toList();
  }

  /**
   * Reads statements up to a line that begins with one of {@code borders}, or to the end.
   *
   * @throws ScriptException if a line can't be read
   */
  public List<Step<C>> parse(Lines lines, Set<String> borders) {
    List<Step<C>> steps = new ArrayList<>();
    while (!lines.isEmpty() && !lines.nextIs(borders)) {
      steps.add(statement(lines, borders));
    }
    return List.copyOf(steps);
  }

  private Step<C> statement(Lines lines, Set<String> borders) {
    if (lines.nextIs("repeat")) {
      return repeat(lines);
    }
    if (lines.nextIs("background")) {
      return background(lines);
    }
    if (!lines.nextIs(table.keySet())) {
      throw lines.unexpected(allowed(borders));
    }
    ScriptLine line = lines.next();
    return located(line, step(new Arguments(line, usage(line.first()))));
  }

  /** Reads a statement of one line, its name being the first word. */
  private Step<C> step(Arguments arguments) {
    Step<C> step = parser(arguments.line().first()).parse(arguments);
    arguments.end();
    return step;
  }

  private String allowed(Set<String> borders) {
    List<String> names = new ArrayList<>(table.keySet());
    borders.stream().sorted().forEach(names::add);
    return String.join(", ", names);
  }

  private String usage(String name) {
    return entry(name).usage();
  }

  private Parser<C> parser(String name) {
    return entry(name).parser();
  }

  private Statement<C> entry(String name) {
    Statement<C> entry = table.get(name);
    if (entry == null) {
      throw new AssertionError("looked up before: " + name);
    }
    return entry;
  }

  private Step<C> repeat(Lines lines) {
    Arguments arguments = lines.take(REPEAT);
    int times = arguments.count("how often");
    String counter = arguments.after("as", "the name of the counter").orElse("i");
    arguments.end();
    List<Step<C>> body = block(lines, arguments);
    return (actor, scope) -> {
      for (int i = 1; i <= times; i++) {
        run(body, actor, scope.withCounter(counter, i));
      }
    };
  }

  private Step<C> background(Lines lines) {
    Arguments arguments = lines.take(BACKGROUND);
    String name = arguments.name("a name to join it by");
    arguments.end();
    List<Step<C>> body = block(lines, arguments);
    return (actor, scope) -> scope.begin(scope.resolve(name), () -> run(body, actor, scope));
  }

  private List<Step<C>> block(Lines lines, Arguments head) {
    List<Step<C>> body = parse(lines, Set.of(END));
    if (lines.isEmpty()) {
      throw head.complaint("no 'end' of this block", "a block ends with 'end'");
    }
    lines.take(END).end();
    return body;
  }

  /** Carries out steps, one after the other; the first failure ends them. */
  public static <C> void run(List<Step<C>> steps, C actor, Scope scope) throws Exception {
    for (Step<C> step : steps) {
      step.run(actor, scope);
    }
  }

  private static <C> Step<C> located(ScriptLine line, Step<C> step) {
    return (actor, scope) -> {
      try {
        step.run(actor, scope);
      } catch (ScriptFailure e) {
        throw e;
      } catch (Exception | AssertionError e) {
        throw new ScriptFailure(line, e);
      }
    };
  }
}
