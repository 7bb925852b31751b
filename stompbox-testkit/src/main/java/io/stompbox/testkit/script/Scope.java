package io.stompbox.testkit.script;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the steps of a run share: remembered values, signals, and how long anybody waits. Safe to
 * share between threads; so are its children, which add counters of loops.
 */
public final class Scope {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)}");

  private final Duration limit;
  private final Map<String, CountDownLatch> signals;
  private final Map<String, String> values;

  /** What runs in the background, or has. */
  private final Map<String, FutureTask<?>> tasks;

  /** Counters of the loops around a step. */
  private final Map<String, String> counters;

  private Scope(
      Duration limit,
      Map<String, CountDownLatch> signals,
      Map<String, String> values,
      Map<String, FutureTask<?>> tasks,
      Map<String, String> counters) {
    this.limit = limit;
    this.signals = signals;
    this.values = values;
    this.tasks = tasks;
    this.counters = counters;
  }

  /** Creates one in which whatever is waited for may take that long. */
  public static Scope within(Duration limit) {
    return new Scope(
        limit,
        new ConcurrentHashMap<>(),
        new ConcurrentHashMap<>(),
        new ConcurrentHashMap<>(),
        Map.of());
  }

  Scope withCounter(String name, int value) {
    Map<String, String> more = new ConcurrentHashMap<>(counters);
    more.put(name, Integer.toString(value));
    return new Scope(limit, signals, values, tasks, Map.copyOf(more));
  }

  /** How long anything may take that is waited for. */
  public Duration limit() {
    return limit;
  }

  /** Remembers a value for {@link #resolve}. */
  public void remember(String name, String value) {
    values.put(name, value);
  }

  /**
   * Puts values in the place of <code>${name}</code>.
   *
   * @throws AssertionError if nothing is remembered under a name
   */
  public String resolve(String text) {
    Matcher matcher = REFERENCE.matcher(text);
    return matcher.replaceAll(found -> Matcher.quoteReplacement(value(found.group(1))));
  }

  private String value(String name) {
    String value = counters.getOrDefault(name, values.get(name));
    if (value == null) {
      throw new AssertionError(
          "nothing is remembered as '" + name + "'; there are " + values.keySet());
    }
    return value;
  }

  /** Lets go on whoever waits for a signal, and whoever will. */
  public void signal(String name) {
    latch(name).countDown();
  }

  /**
   * Waits until a signal was given.
   *
   * @throws AssertionError if it is not given within the limit
   */
  public void await(String name) throws InterruptedException {
    if (!latch(name).await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError(
          "signal '" + name + "' was not given within " + limit.toMillis() + "ms");
    }
  }

  /** Begins something that runs until it is joined, or longer. */
  void begin(String name, Task work) {
    FutureTask<?> task =
        new FutureTask<>(
            () -> {
              work.run();
              return null;
            });
    tasks.put(name, task);
    Thread thread = new Thread(task, "stompbox-script-background");
    thread.setDaemon(true);
    thread.start();
  }

  /** What is done in the background. */
  @FunctionalInterface
  interface Task {
    void run() throws Exception;
  }

  /**
   * Waits for the end of what was begun in the background.
   *
   * @throws AssertionError if it failed, does not end within twice the limit, or was not begun
   */
  void join(String name) throws InterruptedException {
    FutureTask<?> task = tasks.remove(name);
    if (task == null) {
      throw new AssertionError("nothing runs in the background as '" + name + "'");
    }
    // What it waits for may take as long as the limit, and says more when it does not come.
    long millis = 2 * limit.toMillis();
    try {
      task.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("'" + name + "' has not ended within " + millis + "ms", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof ScriptFailure failure ? failure : new AssertionError(e);
    }
  }

  /**
   * Waits for the end of all that runs in the background and was not joined.
   *
   * @throws AssertionError if something failed or does not end within twice the limit
   */
  public void joinAll() throws InterruptedException {
    for (String name : Set.copyOf(tasks.keySet())) {
      join(name);
    }
  }

  private CountDownLatch latch(String name) {
    return signals.computeIfAbsent(name, any -> new CountDownLatch(1));
  }
}
