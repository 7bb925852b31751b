package io.stompbox.cli.message;

import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.Output;
import io.stompbox.cli.process.SafeFolder;
import io.stompbox.client.Delivery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where messages go. What was written is safe when it returns. */
@FunctionalInterface
interface MessageSink {
  /**
   * Writes one.
   *
   * @throws Failure if that is not possible, or whoever read standard output has left
   */
  void write(Received received);

  /** Standard output. */
  static MessageSink output(Output output, MessageView view) {
    return received -> output.octets(view.octets(received));
  }

  /**
   * A file for each body; standard output gets their names.
   *
   * @throws Failure if the folder can't be made, or can't be written to
   */
  static MessageSink files(Path folder, Output output) {
    SafeFolder.make(folder);
    SafeFolder files = new SafeFolder(folder, copy -> "." + (copy + 1));
    return received -> output.line(save(files, folder, received.message()).toString());
  }

  private static Path save(SafeFolder files, Path folder, Delivery message) {
    Optional<String> name = message.headers().value("filename");
    String fallback = message.headers().value("message-id").orElse("message").replace('/', '_');
    try {
      SafeFolder.ensure(folder);
      return files.save(name.orElse(fallback), message.body().asByteBuffer());
    } catch (IOException e) {
      throw new Failure(
          ExitCode.UNEXPECTED,
          "cannot save a message in " + folder + ": " + Failure.reasonOf(e),
          List.of("it was not acknowledged, so it comes again"),
          e);
    }
  }
}
