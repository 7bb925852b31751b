package io.stompbox.testkit;

import io.stompbox.protocol.codec.DecodedEvent;
import io.stompbox.protocol.codec.FrameDecoder;
import io.stompbox.protocol.codec.FrameEncoder;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Header;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.session.HeartBeatMonitor;
import io.stompbox.protocol.session.ServerEvent;
import io.stompbox.protocol.session.ServerSession;
import io.stompbox.protocol.session.ServerSessionState;
import io.stompbox.protocol.session.SubscriptionToken;
import io.stompbox.testkit.MessageQueue.Consumer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One client's connection to a {@link QueueBroker}, without a socket: octets in, octets out, and
 * time as the nanoseconds of any monotonic clock. What is received on one connection can make
 * output for others.
 *
 * <p>Safe to share between threads.
 */
public final class BrokerConnection {
  /** Guards everything here, as all connections share the queues. */
  private final QueueBroker broker;

  private final QueueStore store;
  private final int unread;
  private final Runnable outputReady;
  private final ServerSession session;
  private final FrameDecoder decoder;

  /** Where its subscriptions subscribe. */
  private final Map<SubscriptionToken, String> destinations = new HashMap<>();

  /** Octets that nobody has taken yet. */
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  private FrameEncoder encoder;

  BrokerConnection(QueueBroker broker, QueueStore store, ServerSession session, Runnable ready) {
    this.broker = broker;
    this.store = store;
    this.session = session;
    this.outputReady = ready;
    this.unread = broker.options().unread();
    this.decoder = new FrameDecoder(broker.options().mode(), broker.options().limits());
    this.encoder = new FrameEncoder(session.version());
  }

  /** Takes octets that the client sent. What comes after the end of the session is ignored. */
  public void receive(ByteBuffer octets, long now) {
    synchronized (broker) {
      session.onHeard(now);
      while (octets.hasRemaining() && !isOver()) {
        receiveNext(octets, now);
      }
      octets.position(octets.limit());
      store.giveOut();
    }
  }

  private void receiveNext(ByteBuffer octets, long now) {
    try {
      if (decoder.decode(octets) instanceof DecodedEvent.FrameDecoded decoded) {
        receive(decoded.frame(), now);
      }
    } catch (ProtocolException fault) {
      session.refuse(fault).forEach(this::carryOut);
    }
  }

  private void receive(Frame frame, long now) {
    for (ServerEvent event : session.receive(frame, now)) {
      if (!isAffordable(event)) {
        giveBack(event);
        String why = "the broker is full; it holds messages that nobody has acknowledged";
        session.refuse(frame, why).forEach(this::carryOut);
        break;
      }
      carryOut(event);
    }
    // Replies to the frame come first, and what follows from the next frame comes after.
    store.giveOut();
  }

  private boolean isAffordable(ServerEvent event) {
    if (event instanceof ServerEvent.Committed committed) {
      return store.hasRoomFor(
          committed.work().stream()
              .filter(ServerEvent.Sent.class::isInstance)
              .map(work -> ((ServerEvent.Sent) work).frame())
              .toList());
    }
    return !(event instanceof ServerEvent.Sent sent) || store.hasRoomFor(List.of(sent.frame()));
  }

  /** What a transaction settled that can't take effect goes to somebody else. */
  private void giveBack(ServerEvent event) {
    List<ServerEvent> work =
        event instanceof ServerEvent.Committed committed ? committed.work() : List.of();
    for (ServerEvent settled : work) {
      if (settled instanceof ServerEvent.Acknowledged acknowledged) {
        store.release(acknowledged.deliveries());
      } else if (settled instanceof ServerEvent.Refused refused) {
        store.release(refused.deliveries());
      }
    }
  }

  private void carryOut(ServerEvent event) {
    if (event instanceof ServerEvent.Reply reply) {
      write(reply.frame());
    } else if (event instanceof ServerEvent.HeartBeatDue) {
      write(new byte[] {'\n'});
    } else if (event instanceof ServerEvent.Connected connected) {
      decoder.version(connected.version());
    } else if (event instanceof ServerEvent.Ended) {
      outputReady.run();
    } else {
      carryOutWork(event);
    }
  }

  private void carryOutWork(ServerEvent event) {
    if (event instanceof ServerEvent.Sent sent) {
      store.put(sent.frame());
    } else if (event instanceof ServerEvent.Subscribed subscribed) {
      destinations.put(subscribed.token(), subscribed.destination());
      store.subscribe(subscribed.destination(), new Consumer(this, subscribed.token()));
    } else if (event instanceof ServerEvent.Unsubscribed unsubscribed) {
      String destination = destinations.remove(unsubscribed.token());
      if (destination != null) {
        store.unsubscribe(destination, new Consumer(this, unsubscribed.token()));
      }
      store.release(unsubscribed.unacknowledged());
    } else if (event instanceof ServerEvent.Acknowledged acknowledged) {
      store.settle(acknowledged.deliveries());
    } else if (event instanceof ServerEvent.Refused refused) {
      store.bury(refused.deliveries());
    } else if (event instanceof ServerEvent.Committed committed) {
      committed.work().forEach(this::carryOut);
    } else if (event instanceof ServerEvent.Aborted aborted) {
      store.release(aborted.released());
    }
  }

  /** Sends a message to the client; returns whether it waits for an acknowledgement. */
  boolean deliver(SubscriptionToken token, QueuedMessage message) {
    int before = session.unacknowledged(token);
    write(session.message(token, message.id(), message.source()));
    return session.unacknowledged(token) > before;
  }

  private void write(Frame frame) {
    // Not with the event of it alone: a client that is refused has a version already.
    if (encoder.version() != session.version()) {
      encoder = new FrameEncoder(session.version());
    }
    try {
      write(encoder.encode(frame));
    } catch (IllegalFrameException e) {
      write(encoder.encode(carried(frame)));
    }
  }

  private void write(byte[] octets) {
    output.writeBytes(octets);
    outputReady.run();
  }

  /** A sender of a later version can set headers that this version has no way to write. */
  private Frame carried(Frame frame) {
    Headers.Builder headers = Headers.builder();
    for (Header header : frame.headers()) {
      if (isCarried(Frame.of(frame.command(), header.name(), header.value()))) {
        headers.add(header.name(), header.value());
      }
    }
    return new Frame(frame.command(), headers.build(), frame.body());
  }

  private boolean isCarried(Frame frame) {
    try {
      return encoder.encode(frame).length > 0;
    } catch (IllegalFrameException e) {
      return false;
    }
  }

  /** Returns octets to be sent to the client, and counts them as sent at {@code now}. */
  public byte[] takeOutput(long now) {
    synchronized (broker) {
      byte[] taken = output.toByteArray();
      output.reset();
      if (taken.length > 0) {
        session.onSent(now);
        destinations.values().forEach(store::touch);
        store.giveOut();
      }
      return taken;
    }
  }

  /** Whether the client has read enough to get messages. */
  boolean hasRoom() {
    synchronized (broker) {
      return output.size() < unread;
    }
  }

  /** Whether to close the connection as soon as all output is sent. */
  public boolean isOver() {
    synchronized (broker) {
      return session.state() == ServerSessionState.ENDED;
    }
  }

  /** Does what is due at {@code now}: a heart-beat, or the end because the client is silent. */
  public void tick(long now) {
    synchronized (broker) {
      session.due(now).forEach(this::carryOut);
      store.giveOut();
    }
  }

  /** Returns how long after {@code now} to tick; {@link HeartBeatMonitor#NEVER} for never. */
  public long nanosUntilDue(long now) {
    synchronized (broker) {
      return session.nanosUntilDue(now);
    }
  }

  /** The connection broke: what the client had not acknowledged goes to somebody else. */
  public void lost() {
    synchronized (broker) {
      session.lost().forEach(this::carryOut);
      store.giveOut();
    }
  }
}
