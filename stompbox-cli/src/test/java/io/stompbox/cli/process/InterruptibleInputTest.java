package io.stompbox.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Standard input that Ctrl-C can end the wait for. */
class InterruptibleInputTest {
  @Test
  void octetsAreTheSame() throws IOException {
    byte[] octets = new byte[1_000_000];
    new Random(3).nextBytes(octets);

    try (InputStream input = new InterruptibleInput(new ByteArrayInputStream(octets))) {
      assertThat(input.read()).isEqualTo(octets[0] & 0xff);
      byte[] rest = input.readAllBytes();
      assertThat(rest).hasSize(octets.length - 1).endsWith(octets[octets.length - 1]);
      assertThat(input.read()).isEqualTo(-1);
      assertThat(input.read(new byte[1])).isEqualTo(-1);
    }
  }

  @Test
  void interruptingEndsTheWait() throws IOException {
    try (PipedOutputStream silent = new PipedOutputStream();
        InputStream input = new InterruptibleInput(new PipedInputStream(silent))) {
      Thread.currentThread().interrupt();

      assertThatThrownBy(input::read).isInstanceOf(InterruptedIOException.class);
    }
  }

  @Test
  void interruptRightBehindTheEndIsNoEnd() throws Exception {
    Thread self = Thread.currentThread();
    Thread signal =
        new Thread(
            () -> {
              // The end is waited for without a limit.
              await().until(() -> self.getState() == Thread.State.TIMED_WAITING);
              self.interrupt();
            });
    signal.start();
    try (InterruptibleInput input = new InterruptibleInput(InputStream.nullInputStream(), 10_000)) {
      assertThatThrownBy(input::read).isInstanceOf(InterruptedIOException.class);
    } finally {
      signal.join();
    }
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void memoryThatIsNotEnoughIsSaidToTheReader() throws IOException {
    OutOfMemoryError full = new OutOfMemoryError("Java heap space");
    InputStream source =
        new InputStream() {
          @Override
          public int read() {
            throw full;
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            throw full;
          }
        };

    try (InputStream input = new InterruptibleInput(source)) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(30), () -> assertThatThrownBy(input::read).isSameAs(full));
    }
  }

  @Test
  void failureComesBehindWhatWasReadBefore() throws IOException {
    InputStream broken =
        new InputStream() {
          private boolean isRead;

          @Override
          public int read() throws IOException {
            if (isRead) {
              throw new IOException("the disk is gone");
            }
            isRead = true;
            return 'a';
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            target[offset] = (byte) read();
            return 1;
          }
        };

    try (InputStream input = new InterruptibleInput(broken)) {
      assertThat(input.read()).isEqualTo('a');
      assertThatThrownBy(input::read).hasMessage("the disk is gone");
    }
  }
}
