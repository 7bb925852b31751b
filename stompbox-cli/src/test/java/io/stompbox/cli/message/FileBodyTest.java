package io.stompbox.cli.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.client.BodySource;
import io.stompbox.client.Outgoing;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileBodyTest {
  private static final long LENGTH = FileBody.LARGEST_HELD + 1;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void makeFile() throws IOException {
    file = folder.resolve("body");
    setLength(LENGTH);
  }

  private void setLength(long length) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(length);
    }
  }

  private FileBody body() {
    return FileBody.of(file).orElseThrow();
  }

  private static BodySource source(FileBody body) {
    return body.in(Outgoing.to("/queue/a")).source().orElseThrow();
  }

  @Test
  void eachReadingGivesAllOctetsAndCounts() throws IOException {
    FileBody body = body();

    for (int i = 1; i <= 2; i++) {
      try (InputStream stream = source(body).opening().open()) {
        assertThat(stream.readAllBytes()).hasSize((int) LENGTH);
      }
      assertThat(body.octetsRead()).isEqualTo(i * LENGTH);
    }
    assertThat(body.fault()).isEmpty();
  }

  @Test
  void smallFileAndWhatIsNoPlainFileIsHeld() throws IOException {
    setLength(FileBody.LARGEST_HELD);

    assertThat(FileBody.of(file)).isEmpty();
    assertThat(FileBody.of(folder)).isEmpty();
    assertThat(FileBody.of(folder.resolve("none"))).isEmpty();
    assertThat(FileBody.of(Path.of("/dev/zero"))).isEmpty();
  }

  @Test
  void fileThatHasChangedBeforeItIsReadIsAFault() throws IOException {
    FileBody body = body();
    setLength(7);

    assertThatIOException().isThrownBy(() -> source(body).opening().open());

    assertFault(body, "has 7 octets");
  }

  @ParameterizedTest
  @CsvSource({"1000, has 1000 octets", "2000000, has more"})
  void fileThatChangesWhileItIsReadIsAFault(long now, String words) throws IOException {
    FileBody body = body();
    try (InputStream stream = source(body).opening().open()) {
      stream.readNBytes(1000);
      setLength(now);

      assertThatIOException().isThrownBy(stream::readAllBytes);
    }

    assertFault(body, words);
  }

  private void assertFault(FileBody body, String words) {
    Failure fault = body.fault().orElseThrow();
    assertThat(fault.code()).isEqualTo(ExitCode.USAGE);
    assertThat(fault)
        .hasMessage(
            "cannot read %s: it had %d octets, and %s while it is sent", file, LENGTH, words);
  }

  /** An interrupt ends the reading of other streams. */
  @Test
  void connectionThatEndsIsNoFaultOfTheFile() throws IOException {
    FileBody body = body();
    try (InputStream stream = source(body).opening().open()) {
      Thread.currentThread().interrupt();

      assertThat(stream.read()).isZero();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }

    assertThat(body.fault()).isEmpty();
  }
}
