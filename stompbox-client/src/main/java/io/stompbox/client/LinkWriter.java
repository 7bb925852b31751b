package io.stompbox.client;

import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.client.transport.Transport;
import io.stompbox.protocol.codec.FrameEncoder;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.IllegalFrameException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes to one link what the outbox has for it. Touched by the link's writer, except as said, or
 * by the one thread that has the writer's turn: the outbox's lock is between them.
 */
final class LinkWriter {
  /**
   * Octets, roughly, that are taken and written at once: with half of it the broker is woken more
   * often than it needs to be.
   */
  private static final int WRITE_BUFFER = 128 * 1024;

  /**
   * The largest frame, in octets, roughly, that a thread writes which sends it: where the broker
   * reads, the system takes as much without waiting.
   */
  private static final int LENT = 16 * 1024;

  private static final byte[] END_OF_LINE = {'\n'};

  private final Link link;
  private final int epoch;
  private final Transport transport;
  private final LinkWatch watch;
  private final Outbox outbox;
  private final Observation observation;
  private final WriteBuffer output;
  private final BodyWriter bodies;

  /** Of this broker. Written before the writer begins. */
  private volatile FrameLimits limits = FrameLimits.NONE;

  /** What was taken and not written. */
  private final List<Outbound> unsent = new ArrayList<>();

  /** Sends without a receipt that are being written. */
  private int unknown;

  /** What a thread failed with that had the turn; null if none has. */
  private @Nullable Throwable failure;

  LinkWriter(Link link, Transport transport, LinkWatch watch) {
    this.link = link;
    this.epoch = link.epoch();
    this.transport = transport;
    this.watch = watch;
    this.outbox = link.outbox();
    this.observation = link.observation();
    this.output = new WriteBuffer(new FrameEncoder(link.agreement().version()), 2 * WRITE_BUFFER);
    this.bodies = new BodyWriter(link.agreement().version(), this::send);
  }

  /** Takes the limits of the broker, from the thread that starts the writer. */
  void begin(FrameLimits ofBroker) {
    limits = ofBroker;
  }

  /** Writes until the connection ends. */
  void writeAll() throws IOException {
    List<Outbound> batch = new ArrayList<>();
    try {
      LinkWriter lender = transport.ignoresInterrupts() ? this : null;
      while (outbox.take(epoch, batch, WRITE_BUFFER, lender)) {
        checkTurn();
        if (batch.isEmpty()) {
          observation.heartBeatSent(epoch);
          send(END_OF_LINE, 1);
        }
        if (observation.isOn()) {
          observation.outgoingDepth(epoch, outbox.size());
        }
        writeBatch(batch);
      }
    } finally {
      unsent.addAll(batch);
    }
  }

  int epoch() {
    return epoch;
  }

  /**
   * Whether the thread that brings this frame may write it while the writer waits. Only where the
   * broker has answered what was written last, so that there is room for a small frame: whoever
   * sends must not wait for a broker that takes nothing. And no virtual thread, as its interrupt
   * would close the socket. Called under the outbox's lock.
   */
  boolean mayLend(Outbound outbound) {
    return outbound.frame() != null
        && outbound.source() == null
        && outbound.size() <= LENT
        && watch.isAnswered()
        && !Threads.isVirtual();
  }

  /**
   * Writes a frame on the thread that sends it, which has the turn of the writer, and gives that
   * back. Throws nothing: a failure is the writer's to tell, as all others are.
   */
  void writeFor(Outbound outbound) {
    List<Outbound> batch = new ArrayList<>(1);
    batch.add(outbound);
    try {
      writeBatch(batch);
    } catch (Throwable e) {
      failure = e;
    } finally {
      unsent.addAll(batch);
      outbox.giveBackTurn(failure != null);
    }
  }

  /** Ends the writer for what ended a thread that had its turn. */
  private void checkTurn() throws IOException {
    Throwable thrown = failure;
    if (thrown instanceof IOException e) {
      throw e;
    }
    if (thrown instanceof RuntimeException e) {
      throw e;
    }
    if (thrown instanceof Error e) {
      throw e;
    }
    if (thrown != null) {
      // A language without checked exceptions may throw any.
      throw new IllegalStateException(thrown);
    }
  }

  /** Ends the wait for a body's source, from the thread that ends the link. */
  void abort() {
    bodies.abort();
  }

  /** What was taken and not written. For when the writer has ended. */
  List<Outbound> unsent() {
    return unsent;
  }

  /** How many sends without a receipt were being written at the end. As {@link #unsent}. */
  int unknown() {
    return unknown;
  }

  /** What stays in the batch was not written, since the connection has ended. */
  private void writeBatch(List<Outbound> batch) throws IOException {
    int streamed = firstStreamed(batch);
    while (streamed >= 0) {
      writeFrames(batch.subList(0, streamed));
      writeBody(batch);
      if (link.hasEnded()) {
        return;
      }
      streamed = firstStreamed(batch);
    }
    writeFrames(batch);
  }

  private static int firstStreamed(List<Outbound> batch) {
    for (int i = 0; i < batch.size(); i++) {
      if (batch.get(i).source() != null) {
        return i;
      }
    }
    return -1;
  }

  /** Writes the first of the batch, whose body comes from a source, and takes it out. */
  private void writeBody(List<Outbound> batch) throws IOException {
    Outbound outbound = batch.get(0);
    Consumer<Frame> begins =
        head -> {
          batch.remove(0);
          unknown = outbound.isPlainSend() ? 1 : 0;
          observation.frameSent(epoch, head);
        };
    try {
      bodies.write(outbound, limits, begins);
      unknown = 0;
    } catch (IllegalFrameException e) {
      batch.remove(0);
      refuse(outbound, e);
    } catch (BodyFailure e) {
      giveUp(outbound, batch, e);
    }
  }

  /** If the connection has ended first, it is that which the source failed for. */
  private void giveUp(Outbound outbound, List<Outbound> batch, BodyFailure failure) {
    if (link.hasEnded()) {
      return;
    }
    if (!bodies.isBegun()) {
      batch.remove(0);
    }
    unknown = 0;
    ConnectionLostException refusal =
        new ConnectionLostException(
            "the body of the SEND to " + outbound.destination() + " " + failure.getMessage(),
            Sent.NOT_SENT,
            failure);
    outbox.resolution().refuse(outbound, refusal);
    // A transaction without one of its messages must not be committed.
    if (bodies.isBegun() || (outbound.isBound() && outbound.receipt() == null)) {
      link.end(link.lost("it had to be ended: " + refusal.getMessage(), refusal));
    }
  }

  /** Writes the batch and empties it; what stays in it after a failure was not written. */
  private void writeFrames(List<Outbound> batch) throws IOException {
    int plainSends = 0;
    output.clear();
    for (Outbound outbound : batch) {
      Frame frame = outbound.attempt();
      if (frame != null && encode(outbound, frame) && outbound.isPlainSend()) {
        plainSends++;
      }
    }
    List<Outbound> marks = marks(batch);
    batch.clear();
    unknown = plainSends;
    try {
      send(output.octets(), output.size());
    } catch (IOException | RuntimeException e) {
      ConnectionLostException cause = link.lost("writing failed: " + e.getMessage(), e);
      marks.forEach(mark -> mark.complete(new Outcome.Unknown(cause)));
      throw e;
    }
    unknown = 0;
    marks.forEach(mark -> mark.complete(new Outcome.Confirmed(1, epoch, false)));
  }

  private static List<Outbound> marks(List<Outbound> batch) {
    List<Outbound> marks = List.of();
    for (Outbound outbound : batch) {
      if (outbound.frame() == null) {
        marks = marks.isEmpty() ? new ArrayList<>() : marks;
        marks.add(outbound);
      }
    }
    return marks;
  }

  /** Encodes a frame; false if it was refused, since this broker or version can't take it. */
  private boolean encode(Outbound outbound, Frame frame) {
    try {
      limits.check(frame);
      output.add(frame, outbound.contentLength());
      observation.frameSent(epoch, frame);
      return true;
    } catch (IllegalFrameException e) {
      refuse(outbound, e);
      return false;
    } catch (OutOfMemoryError | ArithmeticException e) {
      // Ending the connection would have the next one fail on the same frame, and so on for ever.
      outbox.resolution().refuse(outbound, tooLarge(frame, e));
      return false;
    }
  }

  /** This broker or this version can't take it. */
  private void refuse(Outbound outbound, IllegalFrameException why) {
    outbox
        .resolution()
        .refuse(
            outbound,
            new ConnectionLostException(String.valueOf(why.getMessage()), Sent.NOT_SENT, why));
  }

  private static ConnectionLostException tooLarge(Frame frame, Throwable cause) {
    return new ConnectionLostException(
        "there is no memory to write a "
            + frame.command()
            + " with a body of "
            + frame.body().size()
            + " octets; give the JVM more of it, or send less at a time",
        Sent.NOT_SENT,
        cause);
  }

  /** Writes in parts, so that the watch can tell a slow network from one that takes nothing. */
  private void send(byte[] octets, int length) throws IOException {
    for (int from = 0; from < length; from += WRITE_BUFFER) {
      watch.writing();
      transport.write(octets, from, Math.min(WRITE_BUFFER, length - from));
      watch.wrote();
    }
  }
}
