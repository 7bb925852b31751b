package io.stompbox.cli.process;

import io.stompbox.client.BrokerErrorException;
import io.stompbox.client.ConnectionLostException;
import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.client.PoisonMessageException;
import io.stompbox.client.StompTimeoutException;
import io.stompbox.client.SubscriptionStoppedException;
import io.stompbox.client.TransactionInDoubtException;
import io.stompbox.client.TransactionRolledBackException;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.StompException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.net.SocketTimeoutException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why a command did not do what it was asked: the exit code, one sentence that says what failed and
 * where, and what the user can do about it.
 */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String COME_AGAIN = "messages that were not acknowledged come again";

  /** More of one sentence nobody reads. */
  private static final int LONGEST = 2000;

  /** Of exceptions whose message is no more than a path, or nothing. */
  private static final Map<Class<? extends IOException>, String> REASONS =
      Map.of(
          NoSuchFileException.class,
          "there is no such file or folder",
          FileAlreadyExistsException.class,
          "something of that name is there already",
          NotDirectoryException.class,
          "it is no folder",
          DirectoryNotEmptyException.class,
          "the folder is not empty",
          AccessDeniedException.class,
          "access is denied",
          FileSystemLoopException.class,
          "its links lead around in a circle",
          CharacterCodingException.class,
          "it is not UTF-8 text");

  /** In the name of a class, where capitals in a row are one word. */
  private static final Pattern BETWEEN_WORDS =
      Pattern.compile("(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  private final ExitCode code;
  private final transient List<String> advice;

  public Failure(ExitCode code, String sentence, List<String> advice, @Nullable Throwable cause) {
    super(sentence, cause);
    this.code = code;
    this.advice = advice;
  }

  /** The arguments are not right, which shows only after they were parsed. */
  public static Failure usage(String sentence, String... advice) {
    return new Failure(ExitCode.USAGE, sentence, List.of(advice), null);
  }

  /** Returns the failure for whatever a command threw. */
  public static Failure of(Throwable thrown) {
    if (thrown instanceof Failure failure) {
      return failure;
    }
    if (thrown instanceof StompException e) {
      return during("the work", e);
    }
    if (thrown instanceof IllegalFrameException e) {
      return misuse(e);
    }
    if (isInterruption(thrown)) {
      return new Failure(ExitCode.INTERRUPTED, "interrupted", List.of(), thrown);
    }
    if (thrown instanceof OutOfMemoryError) {
      return new Failure(
          ExitCode.UNEXPECTED,
          "not enough memory: " + sentence(thrown),
          List.of(
              "a body is in memory as a whole unless it is a file that is sent",
              "JDK_JAVA_OPTIONS=-Xmx4g in the environment gives Java more"),
          thrown);
    }
    return new Failure(
        ExitCode.UNEXPECTED,
        "unexpected " + thrown.getClass().getSimpleName() + ": " + sentence(thrown),
        List.of("run it again with -v to see where, and please report it"),
        thrown);
  }

  /** Returns the failure for what the library takes for a mistake of its caller: the user's. */
  public static Failure misuse(IllegalArgumentException thrown) {
    return thrown instanceof IllegalFrameException e
        ? TooLarge.failure(e)
        : new Failure(ExitCode.USAGE, sentence(thrown), List.of(), thrown);
  }

  /** Whether the thread was interrupted, in which of its ways ever it was told. */
  public static boolean isInterruption(Throwable thrown) {
    return thrown instanceof InterruptedException
        || isInterruptedIo(thrown)
        || thrown instanceof CancellationException
        // What reads JSON wraps it.
        || (thrown instanceof RuntimeException && isInterruptedIo(thrown.getCause()));
  }

  /** Time that has run out is an interruption of its own kind, which no user has asked for. */
  private static boolean isInterruptedIo(@Nullable Throwable thrown) {
    return thrown instanceof InterruptedIOException && !(thrown instanceof SocketTimeoutException);
  }

  /**
   * Returns the failure for what happened after the connection was made.
   *
   * @param what what was being done, for example {@code SEND to /queue/orders}
   */
  public static Failure during(String what, StompException thrown) {
    BrokerErrorException refusal = refusalBehind(thrown);
    if (refusal != null) {
      return new Failure(
          ExitCode.BROKER_ERROR,
          "broker refused " + what + ": \"" + refusal.brokerWords() + "\"",
          List.of("check the destination, the headers and the user's rights on this broker"),
          thrown);
    }
    if (thrown.getCause() instanceof IllegalFrameException cause) {
      return misuse(cause);
    }
    if (thrown instanceof SubscriptionStoppedException
        && thrown.getCause() instanceof StompException cause) {
      return during(what, cause);
    }
    if (tellsFate(thrown) && thrown.getCause() instanceof StompException cause) {
      boolean isLate = cause instanceof StompTimeoutException;
      Failure why = during(what, cause);
      return new Failure(why.code, sentence(thrown), isLate ? why.advice : List.of(), thrown);
    }
    if (thrown instanceof StompTimeoutException) {
      return new Failure(
          ExitCode.TIMED_OUT,
          sentence(thrown),
          List.of("is the broker overloaded or blocked? --timeout sets how long to wait"),
          thrown);
    }
    if (thrown instanceof ConnectionLostException lost) {
      return new Failure(ExitCode.CONNECTION_LOST, sentence(lost), fate(what, lost), thrown);
    }
    if (TooLarge.is(thrown)) {
      return TooLarge.failure(what, (ProtocolException) thrown);
    }
    if (thrown instanceof ProtocolException) {
      return new Failure(
          ExitCode.CONNECTION_LOST,
          "the broker broke the protocol during " + what + ": " + sentence(thrown),
          List.of(),
          thrown);
    }
    return new Failure(ExitCode.UNEXPECTED, sentence(thrown), List.of(), thrown);
  }

  /** Whether it says what became of messages, and its cause why. */
  private static boolean tellsFate(StompException thrown) {
    return thrown instanceof TransactionInDoubtException
        || thrown instanceof TransactionRolledBackException
        || thrown instanceof PoisonMessageException;
  }

  /** Returns the failure for what ended a subscription that messages could come from. */
  public static Failure whileListening(String destination, StompException thrown) {
    Failure failure = during("the subscription to " + destination, thrown);
    return failure.code == ExitCode.CONNECTION_LOST
        ? new Failure(
            failure.code,
            String.valueOf(failure.getMessage()),
            TooLarge.advice(failure, COME_AGAIN),
            thrown)
        : failure;
  }

  /**
   * What ended the connection may be an ERROR, which says more than that the connection is gone.
   */
  private static @Nullable BrokerErrorException refusalBehind(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof BrokerErrorException refusal) {
        return refusal;
      }
    }
    return null;
  }

  private static List<String> fate(String what, ConnectionLostException lost) {
    return List.of(
        lost.sent() == Sent.NOT_SENT
            ? what + " was not sent; it is safe to try again"
            : "whether the broker has handled " + what + " is not known");
  }

  /** Returns the failure for standard output that can't be written to. */
  public static Failure ofOutput(IOException thrown) {
    String reason = sentence(thrown);
    return reason.toLowerCase(Locale.ROOT).contains("pipe")
        ? new Failure(ExitCode.CLOSED_PIPE, reason, List.of(), thrown)
        : new Failure(
            ExitCode.UNEXPECTED, "cannot write to standard output: " + reason, List.of(), thrown);
  }

  /** Says in words why a file could not be read or written. */
  public static String reasonOf(Exception thrown) {
    for (Map.Entry<Class<? extends IOException>, String> known : REASONS.entrySet()) {
      if (known.getKey().isInstance(thrown)) {
        return known.getValue();
      }
    }
    String reason =
        thrown instanceof FileSystemException named ? named.getReason() : thrown.getMessage();
    return Objects.requireNonNullElseGet(reason, () -> nameOf(thrown) + " without a message");
  }

  /** The name of its class as words: {@code closed channel exception}. */
  private static String nameOf(Exception thrown) {
    return BETWEEN_WORDS
        .splitAsStream(thrown.getClass().getSimpleName())
        .map(word -> word.matches("[A-Z]+") ? word : word.toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(" "));
  }

  /**
   * Returns the failure for input that can't be read.
   *
   * @param name of the file, or {@code standard input}
   */
  public static Failure ofInput(String name, IOException thrown) {
    if (thrown instanceof InterruptedIOException) {
      return new Failure(ExitCode.INTERRUPTED, "interrupted", List.of(), thrown);
    }
    return new Failure(
        ExitCode.USAGE, "cannot read " + name + ": " + reasonOf(thrown), List.of(), thrown);
  }

  private static String sentence(Throwable thrown) {
    String message = thrown.getMessage();
    return message == null ? thrown.getClass().getSimpleName() : message;
  }

  public ExitCode code() {
    return code;
  }

  /** What the user can do about it, a line each. */
  public List<String> advice() {
    return advice;
  }

  /** Returns it with one more line of advice, if there is one. */
  public Failure withAdvice(Optional<String> line) {
    return line.isEmpty()
        ? this
        : new Failure(
            code,
            String.valueOf(getMessage()),
            Stream.concat(advice.stream(), line.stream()).toList(),
            getCause());
  }

  /** Tells the user. Those that left on purpose, by Ctrl-C or closing the pipe, know already. */
  public void print(PrintStream err) {
    if (code == ExitCode.INTERRUPTED || code == ExitCode.CLOSED_PIPE) {
      return;
    }
    err.println("stompbox: " + shown(String.valueOf(getMessage())));
    advice.forEach(line -> err.println("  " + shown(line)));
  }

  private static String shown(String text) {
    return Printable.line(Printable.excerpt(text, LONGEST));
  }
}
