package io.stompbox.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureTest {
  static Stream<Arguments> reasons() {
    return Stream.of(
        Arguments.of(new NoSuchFileException("x"), "there is no such file or folder"),
        Arguments.of(
            new FileAlreadyExistsException("x"), "something of that name is there already"),
        Arguments.of(new NotDirectoryException("x"), "it is no folder"),
        Arguments.of(new DirectoryNotEmptyException("x"), "the folder is not empty"),
        Arguments.of(new AccessDeniedException("x"), "access is denied"),
        Arguments.of(new FileSystemLoopException("x"), "its links lead around in a circle"),
        Arguments.of(new FileSystemException("x", null, "Too many links"), "Too many links"),
        Arguments.of(new FileSystemException("x"), "file system exception without a message"),
        Arguments.of(new IOException("No space left on device"), "No space left on device"),
        Arguments.of(new IOException(), "IO exception without a message"));
  }

  @ParameterizedTest
  @MethodSource("reasons")
  void reasonOfAFileIsWordsAndNoClass(IOException thrown, String reason) {
    assertThat(Failure.reasonOf(thrown)).isEqualTo(reason);
  }

  @Test
  void interruptInsideOfSomethingElseIsOneToo() {
    IOException interrupt = new InterruptedIOException("interrupted while waiting for input");

    assertThat(Failure.of(new UncheckedIOException(interrupt)).code())
        .isEqualTo(ExitCode.INTERRUPTED);
    assertThat(Failure.of(new UncheckedIOException(new IOException("full"))).code())
        .isEqualTo(ExitCode.UNEXPECTED);
  }
}
