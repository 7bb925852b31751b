package io.stompbox.cli.message;

import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.client.BrokerErrorException;
import io.stompbox.client.Delivery;
import io.stompbox.client.Outgoing;
import io.stompbox.client.PoisonMessageException;
import io.stompbox.client.StompClient;
import io.stompbox.protocol.frame.IllegalFrameException;
import java.time.Duration;
import java.util.Optional;

/** Answers requests, one after the other. */
final class ReplyRun {
  /** Says in a reply why it is no answer. */
  static final String FAULT_HEADER = "reply-error";

  private final Environment environment;
  private final StompClient client;
  private final StompClient replies;
  private final Answer.Source answers;
  private final ReplyForm form;

  /** Requests that were handled. */
  private long handled;

  /** Those of them whose reply was refused. */
  private long unanswered;

  /** Those of them that wanted no reply. */
  private long unasked;

  /**
   * How replies are made.
   *
   * @param message has the headers of each
   * @param whenFailed what becomes of a request that could not be answered
   * @param timeout for the broker to confirm a reply
   */
  record ReplyForm(MessageOptions message, WhenFailed whenFailed, Duration timeout) {}

  /** What becomes of a request whose command failed. */
  enum WhenFailed {
    /** Whoever asked is told in a reply. */
    REPLY,
    /** The broker is told that the request was not handled. */
    NACK
  }

  /**
   * Creates it.
   *
   * @param client is subscribed to what requests come to
   * @param replies sends the replies, and may lose its connection over one
   */
  ReplyRun(
      Environment environment,
      StompClient client,
      StompClient replies,
      Answer.Source answers,
      ReplyForm form) {
    this.environment = environment;
    this.client = client;
    this.replies = replies;
    this.answers = answers;
    this.form = form;
  }

  /**
   * Answers until there are no more requests, and says how many got no reply.
   *
   * @return how it ended, as {@link Reception#ending} has it, but {@link ExitCode#PARTLY_DONE} if
   *     only replies were missing
   */
  ExitCode run(Reception reception, String destination, Losses losses) throws InterruptedException {
    try {
      while (!reception.isOver()) {
        Optional<Delivery> next = client.receive(reception.limit());
        if (next.isPresent()) {
          reception.received();
          handle(next.get());
          handled++;
        }
      }
      ExitCode ending = reception.ending(environment, destination, losses);
      return ending == ExitCode.OK && unanswered > 0 ? ExitCode.PARTLY_DONE : ending;
    } finally {
      if (unasked > 1) {
        environment.tell("%d of %d messages wanted no reply".formatted(unasked, handled));
      }
      if (unanswered > 0) {
        environment.insist(
            "%d of %d requests got no reply, as it was refused".formatted(unanswered, handled));
      }
    }
  }

  private void handle(Delivery request) throws InterruptedException {
    Answer answer = answers.to(request.body());
    answer.fault().ifPresent(fault -> environment.tell("no answer to a request: " + fault));
    if (answer.fault().isPresent() && form.whenFailed() == WhenFailed.NACK) {
      Settling.settle(request::nack, "it got no reply, and comes again");
      return;
    }
    if (request.headers().value("reply-to").filter(place -> !place.isBlank()).isEmpty()) {
      if (unasked++ == 0) {
        environment.tell("a message on " + request.destination() + " wants no reply (no reply-to)");
      }
    } else {
      send(reply(request, answer));
    }
    Settling.settle(request::ack, "it was handled, and comes again");
  }

  private Outgoing reply(Delivery request, Answer answer) {
    Outgoing reply = request.reply();
    reply = answer.fault().isPresent() ? reply.header(FAULT_HEADER, answer.fault().get()) : reply;
    return form.message().applyTo(reply).bytes(answer.body().toBytes());
  }

  /** A reply that is refused would be refused the next time as well. */
  private void send(Outgoing reply) throws InterruptedException {
    try {
      replies.sendConfirmed(reply).await(form.timeout());
    } catch (BrokerErrorException e) {
      refused(reply, "\"" + e.brokerWords() + "\"");
    } catch (PoisonMessageException e) {
      refused(reply, String.valueOf(e.getMessage()));
    } catch (IllegalFrameException e) {
      refused(reply, String.valueOf(Failure.misuse(e).getMessage()));
    }
  }

  private void refused(Outgoing reply, String why) {
    unanswered++;
    environment.tell(
        "the reply to "
            + reply.destination()
            + " was refused: "
            + why
            + "; whoever asked may have left");
  }
}
