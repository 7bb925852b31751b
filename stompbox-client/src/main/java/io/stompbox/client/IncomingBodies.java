package io.stompbox.client;

import io.stompbox.protocol.codec.DecodedEvent;
import io.stompbox.protocol.codec.DecodedEvent.BodyChunk;
import io.stompbox.protocol.codec.DecodedEvent.BodyEnded;
import io.stompbox.protocol.codec.DecodedEvent.BodyStarted;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Puts bodies together that come in chunks: of messages in files, of other frames in memory, within
 * the limit for that. Touched by the reader of one link after the other.
 */
final class IncomingBodies {
  private final BodyStore store;

  /** Octets of a body that is no message's. */
  private final int most;

  private final WholeFrames frames;

  /** The frame whose body comes; null between frames. */
  private @Nullable Frame head;

  /** Where it goes; {@link StoredBody#NONE} for one in memory. */
  private StoredBody file = StoredBody.NONE;

  private @Nullable FileChannel channel;
  private ByteArrayOutputStream memory = new ByteArrayOutputStream();

  /** Gets whole frames. */
  interface WholeFrames {
    /**
     * Takes a frame.
     *
     * @param body that of a message, which the frame has not; {@link StoredBody#NONE} if it has its
     *     body
     */
    void take(Link link, Frame frame, StoredBody body);
  }

  IncomingBodies(BodyStore store, int most, WholeFrames frames) {
    this.store = store;
    this.most = most;
    this.frames = frames;
  }

  /**
   * Takes a part of a body.
   *
   * @throws BodyStorageException if there is no place for it
   */
  void add(Link link, DecodedEvent part) {
    if (part instanceof BodyStarted started) {
      begin(link, started);
    } else if (part instanceof BodyChunk chunk && head != null) {
      append(link, head, chunk.octets());
    } else if (part instanceof BodyEnded && head != null) {
      end(link, head);
    }
  }

  private void begin(Link link, BodyStarted started) {
    Frame begun = started.head();
    // Those that came before it are not to wait for as long as it takes, or for its room.
    link.arrivesFor(null);
    if (begun.command().equals(Command.MESSAGE)) {
      StoredBody created = store.create(link, begun, started.length().orElse(0));
      if (created == null) {
        return;
      }
      file = created;
      channel = store.open(created, begun);
    }
    head = begun;
  }

  private void append(Link link, Frame ofHead, Body octets) {
    FileChannel to = channel;
    if (to == null) {
      if (octets.size() > most - memory.size()) {
        throw ProtocolException.longBody(
            "the body of " + ofHead.command() + " is longer than " + most + " octets", most + 1L);
      }
      memory.writeBytes(octets.toBytes());
      return;
    }
    if (!store.grow(file, octets.size(), link)) {
      return;
    }
    try {
      ByteBuffer rest = octets.asByteBuffer();
      while (rest.hasRemaining()) {
        to.write(rest);
      }
    } catch (IOException e) {
      throw store.failed(ofHead, e);
    }
  }

  private void end(Link link, Frame ofHead) {
    StoredBody whole = file;
    Frame frame = ofHead;
    if (whole.isNone()) {
      byte[] octets = memory.toByteArray();
      frame = ofHead.with(Body.wrap(octets, 0, octets.length));
    } else {
      closeFile(ofHead);
    }
    reset();
    boolean isTaken = false;
    try {
      link.observation().frameReceived(link.epoch(), frame);
      frames.take(link, frame, whole);
      isTaken = true;
    } finally {
      if (!isTaken) {
        whole.dropped();
      }
    }
  }

  /** A full disk may be told only here. */
  private void closeFile(Frame ofHead) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw store.failed(ofHead, e);
    }
  }

  private void reset() {
    head = null;
    file = StoredBody.NONE;
    channel = null;
    memory = new ByteArrayOutputStream();
  }

  /** A link ends: lets its reader see that, if it waits for room. */
  void ending() {
    store.wake();
  }

  /** A link has ended, and its reader too: what came of a body is worth nothing. */
  void ended(int epoch) {
    StoredBody unfinished = file;
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        Observation.log("closing the file of a body that was cut failed", e);
      }
    }
    reset();
    unfinished.delete();
    store.lost(epoch);
  }
}
