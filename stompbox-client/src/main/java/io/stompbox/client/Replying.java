package io.stompbox.client;

import io.stompbox.protocol.frame.StompException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests of one subscription. Remembers those whose reply the broker refused: that
 * ended the connection, so they could not be settled and come again, and another reply would cost
 * the next connection. Safe to share between threads.
 */
final class Replying implements MessageHandler {
  /** How many are remembered; what a broker gives to somebody else never comes again here. */
  static final int REMEMBERED = 100;

  private final ReplyHandler handler;
  private final Function<Outgoing, Confirmation> sender;
  private final Duration limit;
  private final ReentrantLock lock = new ReentrantLock();

  /** The eldest first. Guarded by lock. */
  private final Deque<Refused> refused = new ArrayDeque<>();

  /**
   * A request whose reply was refused.
   *
   * @param messageId by which brokers that keep it know the request when it comes again
   * @param replyTo together with the correlation, knows the request on the others
   * @param correlation null if the sender has given none
   */
  private record Refused(
      String messageId, String replyTo, @Nullable String correlation, StompException cause) {

    static Refused of(Delivery request, StompException cause) {
      return new Refused(
          text(request, "message-id"),
          text(request, "reply-to"),
          request.original().header(AwaitedReplies.CORRELATION_ID),
          cause);
    }

    private static String text(Delivery request, String header) {
      String value = request.original().header(header);
      return value == null ? "" : value;
    }

    boolean isFor(Delivery request) {
      return (!messageId.isEmpty() && text(request, "message-id").equals(messageId))
          || (correlation != null
              && correlation.equals(request.original().header(AwaitedReplies.CORRELATION_ID))
              && text(request, "reply-to").equals(replyTo));
    }
  }

  /**
   * Creates it.
   *
   * @param sender sends replies, at least once
   * @param limit how long to wait for the confirmation of a reply
   */
  Replying(ReplyHandler handler, Function<Outgoing, Confirmation> sender, Duration limit) {
    this.handler = handler;
    this.sender = sender;
    this.limit = limit;
  }

  @Override
  public void onMessage(Delivery request) throws Exception {
    StompException earlier = takeRefusal(request);
    if (earlier != null) {
      throw earlier;
    }
    Outcome outcome = sender.apply(handler.reply(request)).awaitOutcome(limit);
    if (outcome instanceof Outcome.Rejected rejected) {
      remember(Refused.of(request, rejected.cause()));
    }
    if (!(outcome instanceof Outcome.Confirmed)) {
      throw Confirmation.causeOf(outcome);
    }
  }

  /**
   * Returns why the reply to this request was refused before; null if it was not. Only what is
   * given out again can be such a request, as another may have the ids of one that is gone. It is
   * forgotten then, unless it can't be settled once more: it came on a connection that is gone too.
   */
  private @Nullable StompException takeRefusal(Delivery request) {
    if (!"true".equals(request.original().header("redelivered"))) {
      return null;
    }
    boolean comesAgain = request.subscription().acknowledgements().isStale(request);
    lock.lock();
    try {
      Iterator<Refused> known = refused.iterator();
      while (known.hasNext()) {
        Refused candidate = known.next();
        if (candidate.isFor(request)) {
          if (!comesAgain) {
            known.remove();
          }
          return candidate.cause();
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private void remember(Refused request) {
    lock.lock();
    try {
      if (refused.size() == REMEMBERED) {
        refused.removeFirst();
      }
      refused.addLast(request);
    } finally {
      lock.unlock();
    }
  }
}
