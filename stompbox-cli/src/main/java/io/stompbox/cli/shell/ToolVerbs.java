package io.stompbox.cli.shell;

import io.stompbox.cli.connection.DurationConverter;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.ToolVersion;
import io.stompbox.cli.shell.Verb.Value;
import io.stompbox.client.StompClient;
import io.stompbox.client.StompListener;
import io.stompbox.client.listener.StatisticsListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.TypeConversionException;

/** Commands that look at what happens. */
final class ToolVerbs {
  private static final String STATISTICS = "stats";

  private final Conversation conversation;
  private final Consumer<String> answers;
  private final Watch watch;
  private final ReceivedCount received;

  ToolVerbs(
      Conversation conversation, Watch watch, ReceivedCount received, Consumer<String> answers) {
    this.conversation = conversation;
    this.answers = answers;
    this.watch = watch;
    this.received = received;
  }

  List<Verb> all() {
    return List.of(
        Verb.of(
                "stats [on|off]",
                this::statistics,
                "Shows what was counted since stats on, or begins or ends counting.")
            .completing(Value.SWITCH),
        Verb.of("trace [on|off]", this::trace, "Shows each frame, without secrets, or no more.")
            .completing(Value.SWITCH),
        Verb.of(
            "wait [count] [time]",
            this::await,
            "Waits for messages that were not waited for before, as scripts have to.",
            "One message or count of them, for 10s or a time such as 500ms."),
        Verb.of("version", this::version, "Shows the versions of Stompbox and of STOMP.")
            .alias("ver"));
  }

  private void statistics(Arguments arguments) {
    switch (arguments.next().orElse("")) {
      case "on" -> conversation.client().listeners().replace(STATISTICS, new StatisticsListener());
      case "off" -> conversation.client().listeners().remove(STATISTICS);
      case "" -> answers.accept(counted());
      default -> throw arguments.expecting();
    }
    arguments.end();
  }

  private String counted() {
    Optional<StompListener> counting = conversation.client().listeners().find(STATISTICS);
    return counting
        .map(listener -> listener.toString().stripTrailing())
        .orElseThrow(() -> Failure.usage("No stats available", "stats on begins counting"));
  }

  private void trace(Arguments arguments) {
    switch (arguments.next().orElse("on")) {
      case "on" -> watch.trace(true);
      case "off" -> watch.trace(false);
      default -> throw arguments.expecting();
    }
    arguments.end();
  }

  private void await(Arguments arguments) throws InterruptedException {
    int count = arguments.next().map(word -> count(word, arguments)).orElse(1);
    Duration limit =
        arguments.next().map(word -> time(word, arguments)).orElse(conversation.limit());
    arguments.end();
    if (!received.await(count, limit)) {
      throw new Failure(
          ExitCode.TIMED_OUT,
          "Not so many messages within " + DurationConverter.text(limit) + ": " + count,
          List.of(),
          null);
    }
  }

  private static int count(String word, Arguments arguments) {
    try {
      return Integer.parseUnsignedInt(word);
    } catch (NumberFormatException e) {
      throw arguments.expecting();
    }
  }

  private static Duration time(String word, Arguments arguments) {
    try {
      return DurationConverter.parse(word);
    } catch (TypeConversionException e) {
      throw arguments.expecting();
    }
  }

  private void version(Arguments arguments) {
    arguments.end();
    StompClient client = conversation.client();
    answers.accept(
        ToolVersion.text()
            + "\nSTOMP "
            + client.agreement().version()
            + client.connected().headers().value("server").map(name -> ", " + name).orElse(""));
  }
}
