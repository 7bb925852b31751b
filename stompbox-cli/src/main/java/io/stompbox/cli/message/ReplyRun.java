package io.stompbox.cli.message;

import io.stompbox.cli.process.Environment;
import io.stompbox.client.BrokerErrorException;
import io.stompbox.client.Delivery;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import java.time.Duration;
import java.util.Optional;

/** Answers requests, one after the other. */
final class ReplyRun {
  /** Says in a reply why it is no answer. */
  static final String FAULT_HEADER = "reply-error";

  private final Environment environment;
  private final StompClient client;
  private final Answer.Source answers;
  private final ReplyForm form;

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

  ReplyRun(Environment environment, StompClient client, Answer.Source answers, ReplyForm form) {
    this.environment = environment;
    this.client = client;
    this.answers = answers;
    this.form = form;
  }

  /** Answers until there are no more requests. */
  void run(Reception reception) throws InterruptedException {
    while (!reception.isOver()) {
      Optional<Delivery> next = client.receive(reception.limit());
      if (next.isPresent()) {
        reception.received();
        handle(next.get());
      }
    }
  }

  private void handle(Delivery request) throws InterruptedException {
    Answer answer = answers.to(request.body());
    answer.fault().ifPresent(fault -> environment.tell("no answer to a request: " + fault));
    if (answer.fault().isPresent() && form.whenFailed() == WhenFailed.NACK) {
      request.nack();
      return;
    }
    if (request.headers().value("reply-to").filter(place -> !place.isBlank()).isEmpty()) {
      environment.tell("a message on " + request.destination() + " wants no reply (no reply-to)");
    } else {
      send(reply(request, answer));
    }
    request.ack();
  }

  private Outgoing reply(Delivery request, Answer answer) {
    Outgoing reply = request.reply();
    reply = answer.fault().isPresent() ? reply.header(FAULT_HEADER, answer.fault().get()) : reply;
    return form.message().applyTo(reply).bytes(answer.body().toBytes());
  }

  /** A reply that the broker refuses would be refused the next time as well. */
  private void send(Outgoing reply) throws InterruptedException {
    try {
      client.sendConfirmed(reply).await(form.timeout());
    } catch (BrokerErrorException e) {
      environment.tell("the broker refused a reply: \"" + e.brokerWords() + "\"");
    }
  }
}
