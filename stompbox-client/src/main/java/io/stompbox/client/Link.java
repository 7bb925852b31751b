package io.stompbox.client;

import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.client.transport.Transport;
import io.stompbox.protocol.codec.DecodedEvent;
import io.stompbox.protocol.codec.FrameDecoder;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.StompException;
import io.stompbox.protocol.session.Agreement;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One physical connection after its handshake: a thread that reads, a thread that writes what the
 * outbox has, and a watch over silence. It ends once, for the first of all reasons.
 */
final class Link {
  private static final int READ_BUFFER = 128 * 1024;

  /** What a transport may take to let go of its threads once it is closed. */
  private static final Duration GRACE = Duration.ofMillis(250);

  private static final Logger LOG = System.getLogger("io.stompbox.client");

  private final int epoch;
  private final BrokerAddress address;
  private final Transport transport;
  private final Agreement agreement;
  private final Frame connected;
  private final FrameDecoder decoder;
  private final Outbox outbox;
  private final LinkListener listener;
  private final LinkWatch watch;
  private final LinkWriter writer;
  private final ReadyThreads threads;

  private final Observation observation;

  /** Where the reader reads to. Touched by the reader only, after {@link #start}. */
  private ByteBuffer input;

  /** Receipts of this read that nobody was told of. The reader's. */
  private final List<Frame> receipts = new ArrayList<>();

  /** Got messages of this read and was not woken yet; null if there is none. The reader's. */
  private @Nullable Subscription receiving;

  /** Why it ends; set once. */
  private final AtomicReference<@Nullable StompException> end = new AtomicReference<>();

  /** Reader and writer; the last to end tells the listener. */
  private final AtomicInteger running = new AtomicInteger(2);

  /** Open once both have ended and the listener knows. */
  private final CountDownLatch gone = new CountDownLatch(1);

  Link(
      int epoch,
      Handshake.Established established,
      ConnectOptions options,
      Outbox outbox,
      LinkListener listener) {
    this.epoch = epoch;
    this.address = established.address();
    this.transport = established.transport();
    this.agreement = established.agreement();
    this.connected = established.connected();
    this.decoder = established.decoder();
    this.input = established.rest();
    this.outbox = outbox;
    this.listener = listener;
    this.observation = outbox.observation();
    this.watch = new LinkWatch(this, options);
    this.writer = new LinkWriter(this, transport, watch);
    this.threads = new ReadyThreads(options.threads());
  }

  int epoch() {
    return epoch;
  }

  BrokerAddress address() {
    return address;
  }

  /** The broker's answer to CONNECT. */
  Frame connected() {
    return connected;
  }

  Agreement agreement() {
    return agreement;
  }

  Outbox outbox() {
    return outbox;
  }

  /**
   * Gets both threads, which wait until {@link #start} or {@link #abandon}.
   *
   * @throws ConnectionLostException if there are none to be had; the transport is closed then
   */
  void prepare() {
    try {
      threads.add("stompbox-reader-" + epoch + " " + address, this::read);
      threads.add("stompbox-writer-" + epoch + " " + address, this::write);
    } catch (RuntimeException | Error e) {
      abandon();
      throw new ConnectionLostException(
          "cannot connect to " + address + ": there is no thread for it: " + e, Sent.NOT_SENT, e);
    }
  }

  /** Gives up a connection that was not started. */
  void abandon() {
    threads.abandon();
    close(transport, address);
  }

  /**
   * Lets both threads begin. The outbox must have been started for this epoch.
   *
   * @param ofBroker frames may have been accepted while another broker was known
   */
  void start(FrameLimits ofBroker) {
    writer.begin(ofBroker);
    watch.start();
    threads.go();
  }

  /** Ends the connection, unless it has ended for another reason already. */
  void end(StompException cause) {
    if (end.compareAndSet(null, cause)) {
      watch.stop();
      writer.abort();
      close(transport, address);
      outbox.stop(epoch);
      listener.onEnding(this);
    }
  }

  /** Transports of the program's own may throw anything, which must not keep others from ending. */
  static void close(Transport transport, BrokerAddress address) {
    try {
      transport.close();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, "closing the transport to " + address + " failed", e);
    }
  }

  /** What sees what happens here. */
  Observation observation() {
    return observation;
  }

  /** How long ago octets went and came. */
  Traffic traffic() {
    return watch.traffic();
  }

  boolean hasEnded() {
    return end.get() != null;
  }

  /** Why it ended; null if it has not. */
  @Nullable StompException cause() {
    return end.get();
  }

  /** Tells that this side does not read for a while, so that silence is not the broker's. */
  void pauseReading() {
    watch.pauseReading();
  }

  void resumeReading() {
    watch.resumeReading();
  }

  @SuppressWarnings("ByteBufferBackingArray") // made by allocate, here and in the handshake
  private void read() {
    try {
      decodeAll();
      while (!hasEnded()) {
        int count = transport.read(input.array(), 0, input.capacity());
        if (count < 0) {
          end(lost("the broker closed the connection", null));
          return;
        }
        watch.heard();
        input.position(0).limit(count);
        decodeAll();
        if (count == input.capacity() && count < READ_BUFFER) {
          input = ByteBuffer.allocate(READ_BUFFER).limit(0);
        }
      }
    } catch (IOException e) {
      end(lost("reading failed: " + e.getMessage(), e));
    } catch (StompException e) {
      end(e);
    } catch (RuntimeException | Error e) {
      end(lost("the reader failed: " + e, e));
      throw e;
    } finally {
      ended();
    }
  }

  private void decodeAll() {
    try {
      tellAll();
    } finally {
      arrivesFor(null);
    }
    watch.decoded(decoder);
  }

  /**
   * Messages for a subscription follow, or no more of this read if it is null: those of the one
   * before are handed out. Not one by one, since waking a thread takes longer than all else that a
   * message needs. Called by the reader.
   */
  void arrivesFor(@Nullable Subscription subscription) {
    Subscription before = receiving;
    receiving = subscription;
    if (before != null && before != subscription) {
      before.arrived();
    }
  }

  private void tellAll() {
    try {
      DecodedEvent event = decoder.decode(input);
      while (event != null && !hasEnded()) {
        tell(event);
        event = decoder.decode(input);
      }
    } finally {
      tellReceipts();
    }
  }

  private void tell(DecodedEvent event) {
    if (event instanceof DecodedEvent.FrameDecoded decoded) {
      Frame frame = decoded.frame();
      if (frame.command().equals(Command.RECEIPT)) {
        observation.frameReceived(epoch, frame);
        receipts.add(frame);
        return;
      }
      // It may have to wait for a handler that waits for the room which these make.
      tellReceipts();
      observation.frameReceived(epoch, frame);
      listener.onFrame(this, frame);
    } else if (event instanceof DecodedEvent.HeartBeat) {
      observation.heartBeatReceived(epoch);
    } else {
      tellReceipts();
      listener.onBody(this, event);
    }
  }

  private void tellReceipts() {
    if (!receipts.isEmpty()) {
      try {
        // Whoever learns of a receipt must find the messages that came before it.
        if (receiving != null) {
          receiving.show();
        }
        listener.onReceipts(this, receipts);
      } finally {
        receipts.clear();
      }
    }
  }

  private void write() {
    try {
      writer.writeAll();
    } catch (IOException e) {
      end(lost("writing failed: " + e.getMessage(), e));
    } catch (RuntimeException | Error e) {
      end(lost("the writer failed: " + e, e));
      throw e;
    } finally {
      ended();
    }
  }

  private void ended() {
    if (running.decrementAndGet() > 0) {
      end(lost("the connection ended", null));
      return;
    }
    StompException cause = end.get();
    try {
      listener.onEnded(
          this,
          cause == null ? lost("the connection ended", null) : cause,
          writer.unsent(),
          writer.unknown());
    } finally {
      gone.countDown();
    }
  }

  /** Waits until reader and writer have ended and everything is counted; not for ever. */
  void awaitGone() throws InterruptedException {
    if (!gone.await(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.log(Level.WARNING, "a thread of the connection to {0} does not end", address);
    }
  }

  /** What to end it with when {@code what} has happened. */
  ConnectionLostException lost(String what, @Nullable Throwable cause) {
    String message = "lost the connection to " + address + ": " + what;
    return cause == null
        ? new ConnectionLostException(message, Sent.UNKNOWN)
        : new ConnectionLostException(message, Sent.UNKNOWN, cause);
  }
}
