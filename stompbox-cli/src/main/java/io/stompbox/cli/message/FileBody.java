package io.stompbox.cli.message;

import io.stompbox.cli.process.Failure;
import io.stompbox.client.BodySource;
import io.stompbox.client.Outgoing;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A plain file as the body of messages, read each time one of them is sent and never held. Knows
 * what went wrong with it, as nobody else tells of a message that is sent without confirmation.
 * Safe to share.
 */
final class FileBody {
  /** Of octets. Smaller ones are held: they are sent as they were, and traces show them. */
  static final long LARGEST_HELD = 1024 * 1024;

  private final Path file;
  private final long length;
  private final AtomicLong octetsRead = new AtomicLong();
  private final AtomicReference<@Nullable IOException> fault = new AtomicReference<>();

  private FileBody(Path file, long length) {
    this.file = file;
    this.length = length;
  }

  /**
   * Returns it; empty for what is no plain file, can't be looked at, or is small enough to hold.
   */
  static Optional<FileBody> of(Path file) {
    try {
      long length = Files.isRegularFile(file) ? Files.size(file) : 0;
      return length > LARGEST_HELD && Files.isReadable(file)
          ? Optional.of(new FileBody(file, length))
          : Optional.empty();
    } catch (IOException whoOpensItSaysWhy) {
      return Optional.empty();
    }
  }

  /** Returns a message with this body. */
  Outgoing in(Outgoing template) {
    return template.body(new BodySource(length, this::open));
  }

  /** Returns the same message a number of times. */
  MessageSource repeated(Outgoing template, long times) {
    MessageSource messages = MessageSource.repeated(in(template), times);
    return new MessageSource() {
      @Override
      public @Nullable Outgoing next() throws IOException {
        return messages.next();
      }

      @Override
      public long octetsRead() {
        return FileBody.this.octetsRead();
      }

      @Override
      public Optional<Failure> fault() {
        return FileBody.this.fault();
      }
    };
  }

  private InputStream open() throws IOException {
    try {
      long now = Files.size(file);
      if (now != length) {
        throw changed(now + " octets");
      }
      return new Reading(Files.newInputStream(file));
    } catch (IOException e) {
      throw noted(e);
    }
  }

  private IOException changed(String now) {
    return new IOException("it had " + length + " octets, and has " + now + " while it is sent");
  }

  private IOException noted(IOException thrown) {
    fault.compareAndSet(null, thrown);
    return thrown;
  }

  /** How many octets were read, over all messages. */
  long octetsRead() {
    return octetsRead.get();
  }

  /** What went wrong first; empty if nothing has. */
  Optional<Failure> fault() {
    return Optional.ofNullable(fault.get()).map(thrown -> Failure.ofInput("" + file, thrown));
  }

  /** Reads the file once. For one thread. */
  private final class Reading extends FilterInputStream {
    private long done;

    Reading(InputStream stream) {
      super(stream);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int most) throws IOException {
      try {
        int count = super.read(target, offset, most);
        done += Math.max(0, count);
        octetsRead.addAndGet(Math.max(0, count));
        if (count < 0 ? done < length : done > length) {
          throw changed(count < 0 ? done + " octets" : "more");
        }
        return count;
      } catch (IOException e) {
        throw noted(e);
      }
    }
  }
}
