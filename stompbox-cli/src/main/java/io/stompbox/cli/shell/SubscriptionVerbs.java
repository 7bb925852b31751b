package io.stompbox.cli.shell;

import io.stompbox.cli.process.Failure;
import io.stompbox.cli.shell.Verb.Value;
import io.stompbox.protocol.frame.Header;
import io.stompbox.protocol.frame.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Commands for subscriptions, acknowledgements and transactions. */
final class SubscriptionVerbs {
  private static final String SUBSCRIBE = "subscribe <destination> [ack] [-H name:value]...";

  private final Conversation conversation;
  private final Incoming incoming;

  SubscriptionVerbs(Conversation conversation, Incoming incoming) {
    this.conversation = conversation;
    this.incoming = incoming;
  }

  List<Verb> all() {
    return List.of(
        Verb.of(
                SUBSCRIBE,
                this::subscribe,
                "Subscribes to a destination; messages are shown as they come.",
                "ack is auto (default), client or client-individual: with the last two",
                "you acknowledge with ack and nack, with client all earlier ones as well.")
            .alias("sub")
            .completing(Value.DESTINATION, Value.ACK_MODE),
        Verb.of(
                "unsubscribe <destination>",
                arguments -> conversation.unsubscribe(only(arguments)),
                "Ends the subscription to a destination.")
            .completing(Value.SUBSCRIBED),
        settling(Verdict.ACK, "Tells the broker that a message was processed."),
        settling(Verdict.NACK, "Tells the broker that a message was not processed."),
        Verb.of(
            "begin",
            none(conversation::begin),
            "Begins a transaction: sends and acknowledgements take effect with commit."),
        Verb.of("commit", none(conversation::commit), "Commits the transaction."),
        Verb.of("abort", none(conversation::abort), "Undoes the transaction.").alias("rollback"));
  }

  private Verb settling(Verdict verdict, String description) {
    String name = verdict.name().toLowerCase(Locale.ROOT);
    String usage = name + (needsSubscription() ? " <message-id> <subscription-id>" : " <id>");
    return Verb.of(
            usage,
            arguments -> settle(verdict, arguments),
            description,
            needsSubscription()
                ? "STOMP 1.1 needs the ids of the message and of its subscription."
                : "The id is that of the message, or in STOMP 1.2 the value of its ack header.")
        .completing(Value.OPEN_MESSAGE, Value.SUBSCRIPTION_ID);
  }

  /** With a failover to a broker of another version this changes. */
  private boolean needsSubscription() {
    return version() == Version.V1_1;
  }

  private Version version() {
    return conversation.client().agreement().version();
  }

  private void subscribe(Arguments arguments) {
    String destination = arguments.word();
    List<Header> headers = new ArrayList<>(arguments.headers());
    SubscribeAck mode =
        arguments
            .next()
            .map(word -> SubscribeAck.of(word).orElseThrow(arguments::expecting))
            .orElse(SubscribeAck.AUTO);
    headers.addAll(arguments.headers());
    arguments.end();
    conversation.subscribe(destination, mode, headers, incoming);
  }

  private void settle(Verdict verdict, Arguments arguments) {
    if (verdict == Verdict.NACK && !version().hasNack()) {
      throw Failure.usage("nack is not in STOMP 1.0, which this broker speaks");
    }
    String id = arguments.word();
    String subscription = needsSubscription() ? arguments.word() : null;
    arguments.end();
    conversation.settle(verdict, id, subscription);
  }

  private static String only(Arguments arguments) {
    String word = arguments.word();
    arguments.end();
    return word;
  }

  private static Verb.Action none(Runnable action) {
    return arguments -> {
      arguments.end();
      action.run();
    };
  }
}
