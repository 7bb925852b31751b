package io.stompbox.cli.connection;

import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.SafeFolder;
import io.stompbox.client.ClientObserver;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Whether the frames of a connection are shown, and where. */
final class TraceFlag {
  /** As the file: standard error. */
  private static final String STANDARD_ERROR = "-";

  @Option(
      names = "--trace",
      arity = "0..1",
      paramLabel = "FILE",
      preprocessor = Attached.class,
      description =
          "Show each frame on standard error, or with --trace=FILE write it "
              + "as JSON into a file that only you can read. Its folder is made if it is not "
              + "there. Secrets in headers are hidden.")
  private @Nullable String file;

  Optional<ClientObserver> observer(Environment environment) {
    if (file == null) {
      return Optional.empty();
    }
    if (file.equals(STANDARD_ERROR)) {
      return Optional.of(new FrameTrace(traced -> environment.err().println(traced.text())));
    }
    Path path = Path.of(file);
    return Optional.of(new FrameTrace(new TraceFile(path, open(path), environment)));
  }

  /** Replaces a plain file, so that who could read the old one can't read the new one. */
  private static OutputStream open(Path file) {
    if (Files.isDirectory(file)) {
      throw Failure.usage("cannot write the trace to " + file + ": it is a folder");
    }
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        SafeFolder.ensure(folder);
      }
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        Files.delete(file);
      }
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)
          && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      return Files.newOutputStream(file);
    } catch (IOException e) {
      throw Failure.usage("cannot write " + file + ": " + Failure.reasonOf(e));
    }
  }

  /** What stands behind --trace with a blank between them is another argument. */
  static final class Attached implements IParameterPreprocessor {
    @Override
    @SuppressWarnings("JdkObsolete") // picocli's
    public boolean preprocess(
        Stack<String> args, CommandSpec command, ArgSpec argument, Map<String, Object> info) {
      if (" ".equals(info.get("separator"))) {
        args.push(STANDARD_ERROR);
      }
      return false;
    }
  }
}
