package io.stompbox.client;

import io.stompbox.protocol.frame.Frame;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
      Path file = Files.createTempFile(options.folder(), "stompbox-body-", ".tmp");
      body = new StoredBody(this, file, link.epoch());
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

  /** Opens the file to be written. */
  FileChannel open(StoredBody body, Frame head) {
    try {
      return FileChannel.open(body.file(), StandardOpenOption.WRITE);
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

  /** The whole body is there, whose octets were not announced; waits for room. */
  void complete(StoredBody body, Link link) {
    if (body.length() > bodies.getOrDefault(body, 0L) && room.acquire(body.length(), link)) {
      bodies.put(body, body.length());
    }
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

  /** Deletes all. */
  void close() {
    List.copyOf(bodies.keySet()).forEach(StoredBody::delete);
  }
}
