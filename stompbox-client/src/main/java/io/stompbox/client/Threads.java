package io.stompbox.client;

import java.lang.reflect.Method;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes threads: virtual where the JDK has them, daemons elsewhere. */
final class Threads {
  private static final long KEEP_ALIVE_SECONDS = 5;

  /** {@code Thread.ofVirtual()}, which this code can't name because it compiles for JDK 17. */
  private static final @Nullable Method OF_VIRTUAL = find(Thread.class, "ofVirtual");

  /** {@code Thread.isVirtual()}; null where no thread is. */
  private static final @Nullable Method IS_VIRTUAL = find(Thread.class, "isVirtual");

  /** Virtual threads where the JDK has them, daemons elsewhere. */
  static final ThreadFactory STANDARD = task -> factory("stompbox").newThread(task);

  private Threads() {}

  /**
   * Starts a thread that may block for as long as it likes.
   *
   * @throws OutOfMemoryError if the system has no more threads
   */
  static void start(String name, Runnable task) {
    factory(name).newThread(task).start();
  }

  /**
   * As the other, with a thread of the program's factory, which gets its name here.
   *
   * @throws IllegalStateException if the factory has none
   */
  static void start(ThreadFactory factory, String name, Runnable task) {
    if (factory == STANDARD) {
      start(name, task);
      return;
    }
    Thread thread = factory.newThread(task);
    if (thread == null) {
      throw new IllegalStateException("the thread factory " + factory + " gave no thread");
    }
    thread.setName(name);
    thread.start();
  }

  /** As {@link #start(String, Runnable)}, but on this thread if the system has no more. */
  static void startOrRun(String name, Runnable task) {
    try {
      start(name, task);
    } catch (OutOfMemoryError e) {
      task.run();
    }
  }

  /** Whether this thread is virtual. */
  static boolean isVirtual() {
    try {
      return IS_VIRTUAL != null && (boolean) IS_VIRTUAL.invoke(Thread.currentThread());
    } catch (ReflectiveOperationException e) {
      // JDK 19 and 20 have the method as a preview and refuse it, and then no thread is.
      return false;
    }
  }

  /** Returns an executor that has a thread for every task that runs. */
  static ExecutorService handlers(String name) {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        KEEP_ALIVE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        factory(name));
  }

  private static ThreadFactory factory(String name) {
    ThreadFactory virtual = virtualFactory(name);
    if (virtual != null) {
      return virtual;
    }
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  private static @Nullable ThreadFactory virtualFactory(String name) {
    if (OF_VIRTUAL == null) {
      return null;
    }
    try {
      Object builder = OF_VIRTUAL.invoke(null);
      Class<?> type = OF_VIRTUAL.getReturnType();
      Object named = type.getMethod("name", String.class).invoke(builder, name);
      return (ThreadFactory) type.getMethod("factory").invoke(named);
    } catch (ReflectiveOperationException e) {
      // JDK 19 and 20 have the method as a preview and refuse it.
      return null;
    }
  }

  private static @Nullable Method find(Class<?> type, String name) {
    try {
      return type.getMethod(name);
    } catch (NoSuchMethodException absentBeforeJdk19) {
      return null;
    }
  }
}
