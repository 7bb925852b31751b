package io.stompbox.client;

import io.stompbox.protocol.frame.Frame;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The files that a client has for bodies. Safe to share between threads. */
final class BodyStore {
  private final LargeBodies options;
  private final InboundRoom room;

  /** Those whose files are there, and what they hold of the room. */
  private final Map<StoredBody, Long> bodies = new ConcurrentHashMap<>();

  BodyStore(LargeBodies options) {
    this.options = options;
    this.room = new InboundRoom(options.all());
  }

  /**
   * Makes an empty file, waiting for room; called by the reader of a link.
   *
   * @param announced the octets of the body; 0 if they are not known
   * @return null if the link ended first
   */
  @Nullable StoredBody create(Link link, Frame head, long announced) {
    if (!room.acquire(announced, link)) {
      return null;
    }
    StoredBody body = null;
    try {
      body = new StoredBody(this, options.newFile(), link.epoch());
      bodies.put(body, announced);
      return body;
    } catch (IOException e) {
      throw failed(head, e);
    } finally {
      if (body == null) {
        room.release(announced);
      }
    }
  }

  /** Opens the file to be written; not where a link leads that somebody has put in its place. */
  FileChannel open(StoredBody body, Frame head) {
    try {
      return FileChannel.open(body.file(), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      body.delete();
      throw failed(head, e);
    }
  }

  BodyStorageException failed(Frame head, IOException cause) {
    return new BodyStorageException(
        "the folder "
            + options.folder()
            + " does not take the body of "
            + head
            + ": "
            + cause
            + "; make room there, or choose another folder with LargeBodies",
        cause);
  }

  /**
   * More octets of a body have come; waits for room, unless they were announced.
   *
   * @return false if the link ended first
   */
  boolean grow(StoredBody body, int octets, Link link) {
    long held = bodies.getOrDefault(body, 0L);
    long more = body.length() + octets - held;
    if (more > 0) {
      if (!room.acquire(more, held, link)) {
        return false;
      }
      if (bodies.computeIfPresent(body, (same, before) -> before + more) == null) {
        // Deleted meanwhile, with all that it held.
        room.release(more);
      }
    }
    body.grow(octets);
    return true;
  }

  /** Lets a reader that waits for room see that its link has ended. */
  void wake() {
    room.wake();
  }

  void delete(StoredBody body) {
    Long held = bodies.remove(body);
    if (held == null) {
      return;
    }
    room.release(held);
    try {
      Files.delete(body.file());
    } catch (NoSuchFileException ignored) {
      // Whoever has deleted it wanted what is wanted here.
    } catch (IOException e) {
      Observation.log("a file of a body can't be deleted: " + body.file(), e);
    }
  }

  /** A connection is gone: what it brought and nobody has is deleted. */
  void lost(int epoch) {
    for (StoredBody body : List.copyOf(bodies.keySet())) {
      if (body.epoch() <= epoch) {
        body.lost();
      }
    }
  }

  /** A subscription is closed, so that none of its messages can be settled any more. */
  void unsubscribed(Subscription subscription) {
    for (StoredBody body : List.copyOf(bodies.keySet())) {
      if (body.belongsTo(subscription)) {
        body.settled();
      }
    }
  }

  /** Deletes all. */
  void close() {
    List.copyOf(bodies.keySet()).forEach(StoredBody::delete);
  }
}
