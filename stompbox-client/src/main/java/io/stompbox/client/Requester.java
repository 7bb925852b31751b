package io.stompbox.client;

import io.stompbox.client.AwaitedReplies.Awaited;
import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.client.Replies.Kind;
import io.stompbox.protocol.codec.EncoderOptions.ContentLength;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.StompException;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
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
  private final TimeSource time;

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
    this.time = options.connect().time();
  }

  /**
   * A request that goes out, or has gone.
   *
   * @param deadline in the nanoseconds of the real clock
   */
  private record Request(Outgoing message, String correlation, long deadline, Duration limit) {
    long left() {
      return deadline - System.nanoTime();
    }

    StompTimeoutException late() {
      return new StompTimeoutException(
          "no reply to a request to "
              + message.destination()
              + " within "
              + Durations.text(limit)
              + "; it may have been handled, or be handled later");
    }
  }

  /**
   * A request on a connection.
   *
   * @param replyTo where its reply comes
   */
  private record Asked(Epoch epoch, String replyTo, Awaited awaited) {}

  /** As {@link StompClient#request}. */
  Delivery request(Outgoing message, Duration limit) throws InterruptedException {
    Request request = prepare(message, limit);
    while (true) {
      Asked asked = register(request);
      try {
        send(request, asked);
        return await(asked.awaited(), request);
      } catch (ConnectionLostException e) {
        if (!isUnsent(e, asked.epoch())) {
          throw e;
        }
      } finally {
        subscriptions.replies().remove(request.correlation(), asked.awaited());
      }
    }
  }

  /** As {@link AsyncClient#request}; {@code executor} runs what may wait, and what follows. */
  CompletionStage<Delivery> requestLater(Outgoing message, Duration limit, Executor executor) {
    CompletableFuture<Delivery> result = new CompletableFuture<>();
    try {
      Request request = prepare(message, limit);
      later(executor, result, () -> ask(request, executor, result));
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
    }
    return result;
  }

  private interface Waiting {
    void run() throws InterruptedException;
  }

  /** Runs what may wait; whatever it throws is the business of who waits for the result. */
  private static void later(
      Executor executor, CompletableFuture<Delivery> result, Waiting waiting) {
    try {
      executor.execute(
          () -> {
            try {
              waiting.run();
            } catch (InterruptedException e) {
              result.completeExceptionally(
                  new CancellationException("interrupted before the request was sent"));
            } catch (Throwable e) {
              result.completeExceptionally(e);
            }
          });
    } catch (RejectedExecutionException closed) {
      result.completeExceptionally(Reconnector.closed());
    }
  }

  private void ask(Request request, Executor executor, CompletableFuture<Delivery> result)
      throws InterruptedException {
    if (result.isDone()) {
      return;
    }
    Asked asked = register(request);
    Awaited awaited = asked.awaited();
    Future<?> timer = time.after(Math.max(0, request.left()), () -> awaited.fail(request.late()));
    var unused =
        awaited
            .reply()
            .whenComplete(
                (reply, failure) -> {
                  timer.cancel(false);
                  subscriptions.replies().remove(request.correlation(), awaited);
                  if (isUnsent(failure, asked.epoch())) {
                    later(executor, result, () -> ask(request, executor, result));
                  } else {
                    later(executor, result, () -> settle(result, reply, failure));
                  }
                });
    // Whoever does not want it any more has ended it with another result.
    var unusedEnd = result.whenComplete((reply, failure) -> awaited.reply().cancel(false));
    try {
      send(request, asked);
    } catch (RuntimeException e) {
      awaited.reply().completeExceptionally(e);
    }
  }

  private static void settle(
      CompletableFuture<Delivery> result, @Nullable Delivery reply, @Nullable Throwable failure) {
    if (reply == null) {
      result.completeExceptionally(Objects.requireNonNull(failure, "failure"));
    } else if (!result.complete(reply)) {
      // Whoever asked has left since it came.
      reply.deleteBody();
    }
  }

  /** Nobody has seen a request that its connection took with it unsent. */
  private static boolean isUnsent(@Nullable Throwable failure, Epoch epoch) {
    return failure instanceof ConnectionLostException lost
        && lost.sent() == Sent.NOT_SENT
        && epoch.link().hasEnded();
  }

  /** Waits for a connection that can bring the reply, and for the reply on it. */
  private Asked register(Request request) throws InterruptedException {
    while (true) {
      Epoch epoch = reconnector.current(Duration.ofNanos(request.left()));
      try {
        String replyTo = place(epoch).destination();
        boolean isBound = epoch.profile().replies().kind() != Kind.SHARED;
        Awaited awaited =
            new Awaited(
                request.message().destination(),
                epoch.number(),
                isBound,
                new CompletableFuture<>());
        subscriptions.replies().add(request.correlation(), awaited);
        return new Asked(epoch, replyTo, awaited);
      } catch (ConnectionLostException e) {
        if (!isUnsent(e, epoch)) {
          throw e;
        }
      }
    }
  }

  private Request prepare(Outgoing message, Duration limit) {
    if (message.receipt() != null || message.headers().has(REPLY_TO)) {
      throw new IllegalArgumentException(
          "a request has a receipt and a reply-to of the client's own; leave them out: " + message);
    }
    Outgoing asking = requests.outbox().observation().listeners().beforeSend(message);
    if (!asking.headers().has(AwaitedReplies.CORRELATION_ID)) {
      String correlation = client + "-" + count.incrementAndGet();
      asking = asking.header(AwaitedReplies.CORRELATION_ID, correlation);
    }
    String correlation = asking.headers().value(AwaitedReplies.CORRELATION_ID).orElseThrow();
    return new Request(asking, correlation, System.nanoTime() + Durations.nanos(limit), limit);
  }

  /** Its receipt says early that there will be no reply. */
  private void send(Request request, Asked asked) {
    Outgoing message = request.message();
    Epoch epoch = asked.epoch();
    Frame frame = message.header(REPLY_TO, asked.replyTo()).frame(epoch.profile());
    epoch.check(frame);
    Confirmation sent =
        requests
            .receipts()
            .confirmation(
                "a request to " + message.destination(),
                outcome -> {
                  if (!(outcome instanceof Outcome.Confirmed)) {
                    asked.awaited().fail(Confirmation.causeOf(outcome));
                  }
                });
    Outbound outbound =
        requests
            .asking(frame, epoch, sent)
            .contentLength(message.lengthOr(contentLength))
            .source(message.source().orElse(null));
    requests.outbox().put(outbound, requests.timeouts().space());
  }

  private static Delivery await(Awaited awaited, Request request) throws InterruptedException {
    try {
      return awaited.reply().get(request.left(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      awaited.abandon();
      throw request.late();
    } catch (InterruptedException e) {
      awaited.abandon();
      throw e;
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
