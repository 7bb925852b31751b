package io.stompbox.client;

import io.stompbox.client.AwaitedReplies.Awaited;
import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.client.Replies.Kind;
import io.stompbox.protocol.codec.EncoderOptions.ContentLength;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.StompException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests and waits for their replies, which all come to one place of the client's own. Safe
 * to share between threads.
 */
final class Requester {
  private static final String REPLY_TO = "reply-to";

  /** Tells this client's requests, and the place of its replies, from those of all others. */
  private final UUID client = UUID.randomUUID();

  private final AtomicLong count = new AtomicLong();
  private final Requests requests;
  private final Subscriptions subscriptions;
  private final Reconnector reconnector;
  private final ContentLength contentLength;

  /** Makes the place for replies once. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Where replies come; null before the first request. Guarded by lock. */
  private @Nullable Place place;

  private record Place(Replies replies, Subscription subscription) {}

  Requester(
      Requests requests,
      Subscriptions subscriptions,
      Reconnector reconnector,
      ClientOptions options) {
    this.requests = requests;
    this.subscriptions = subscriptions;
    this.reconnector = reconnector;
    this.contentLength = options.contentLength();
  }

  /** As {@link StompClient#request}. */
  Delivery request(Outgoing message, Duration limit) throws InterruptedException {
    if (message.receipt() != null || message.headers().has(REPLY_TO)) {
      throw new IllegalArgumentException(
          "a request has a receipt and a reply-to of the client's own; leave them out: " + message);
    }
    Outgoing asking = requests.outbox().observation().listeners().beforeSend(message);
    if (!asking.headers().has(AwaitedReplies.CORRELATION_ID)) {
      String correlation = client + "-" + count.incrementAndGet();
      asking = asking.header(AwaitedReplies.CORRELATION_ID, correlation);
    }
    long deadline = System.nanoTime() + Durations.nanos(limit);
    while (true) {
      Epoch epoch = reconnector.current(Duration.ofNanos(deadline - System.nanoTime()));
      try {
        return request(asking, epoch, deadline, limit);
      } catch (ConnectionLostException e) {
        // Nobody has seen a request that its connection took with it unsent.
        if (e.sent() != Sent.NOT_SENT || !epoch.link().hasEnded()) {
          throw e;
        }
      }
    }
  }

  private Delivery request(Outgoing asking, Epoch epoch, long deadline, Duration limit)
      throws InterruptedException {
    Subscription replies = place(epoch);
    String correlation = asking.headers().value(AwaitedReplies.CORRELATION_ID).orElseThrow();
    boolean isBound = epoch.profile().replies().kind() != Kind.SHARED;
    Awaited awaited =
        new Awaited(asking.destination(), epoch.number(), isBound, new CompletableFuture<>());
    subscriptions.replies().add(correlation, awaited);
    try {
      send(asking.header(REPLY_TO, replies.destination()), epoch, awaited);
      return await(awaited, deadline, limit);
    } finally {
      subscriptions.replies().remove(correlation);
    }
  }

  /** Its receipt says early that there will be no reply. */
  private void send(Outgoing asking, Epoch epoch, Awaited awaited) {
    Frame frame = asking.frame(epoch.profile());
    epoch.check(frame);
    Confirmation sent =
        requests
            .receipts()
            .confirmation(
                "a request to " + asking.destination(),
                outcome -> {
                  if (!(outcome instanceof Outcome.Confirmed)) {
                    awaited.fail(Confirmation.causeOf(outcome));
                  }
                });
    Outbound outbound =
        requests.asking(frame, epoch, sent).contentLength(asking.lengthOr(contentLength));
    requests.outbox().put(outbound, requests.timeouts().space());
  }

  private static Delivery await(Awaited awaited, long deadline, Duration limit)
      throws InterruptedException {
    try {
      return awaited.reply().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new StompTimeoutException(
          "no reply to a request to "
              + awaited.destination()
              + " within "
              + Durations.text(limit)
              + "; it may have been handled, or be handled later");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StompException cause) {
        throw cause;
      }
      throw new AssertionError("replies fail with a StompException only", e);
    }
  }

  /** Returns the subscription that brings replies on this connection. */
  private Subscription place(Epoch epoch) throws InterruptedException {
    Replies replies = epoch.profile().replies();
    lock.lockInterruptibly();
    try {
      Place known = place;
      if (known == null || !known.replies().equals(replies) || !known.subscription().isOpen()) {
        known = new Place(replies, subscribe(replies));
        place = known;
      }
      if (replies.kind() == Kind.IMPLICIT) {
        subscriptions.expect(known.subscription(), epoch);
      }
      return known.subscription();
    } finally {
      lock.unlock();
    }
  }

  private Subscription subscribe(Replies replies) {
    String destination = replies.prefix() + "stompbox-replies-" + client;
    Recipient arrived = Recipient.of((MessageHandler) subscriptions.replies()::arrived);
    // What brings replies lives as short as they do, so there is nothing to be given out again.
    SubscribeOptions how = SubscribeOptions.defaults().with(Acknowledgement.BROKER);
    return replies.kind() == Kind.IMPLICIT
        ? new Subscription(subscriptions, destination, destination, how, arrived)
        : subscriptions.subscribe(destination, how, arrived);
  }
}
