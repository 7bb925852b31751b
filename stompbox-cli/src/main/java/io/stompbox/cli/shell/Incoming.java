package io.stompbox.cli.shell;

import io.stompbox.cli.message.ShownBody;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.SafeFolder;
import io.stompbox.cli.process.TimeOfDay;
import io.stompbox.client.Delivery;
import io.stompbox.client.MessageHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows messages as they come, and saves files that come with them. */
final class Incoming implements MessageHandler {
  private final Screen screen;
  private final MessageFormat format;

  /** Null if none are saved. */
  private final @Nullable SafeFolder files;

  private final Ending ending;
  private final ReceivedCount received = new ReceivedCount();

  Incoming(Screen screen, ShellPlan plan, Ending ending) {
    this.screen = screen;
    this.format = plan.format();
    this.files = plan.folder() == null ? null : new SafeFolder(plan.folder(), Incoming::later);
    this.ending = ending;
  }

  @Override
  public void onMessage(Delivery message) {
    try {
      show(message);
    } catch (Failure e) {
      ending.end(e);
    }
    received.add();
  }

  /**
   * Shows a message.
   *
   * @throws Failure if standard output can't be written to
   */
  void show(Delivery message) {
    Optional<Path> saved = save(message);
    saved.ifPresent(file -> screen.tell("Saved file: " + file));
    String body = saved.map(file -> "Saved file: " + file).orElseGet(() -> body(message));
    screen.show(format.show(message, body, TimeOfDay.now()));
  }

  ReceivedCount received() {
    return received;
  }

  private static String body(Delivery message) {
    return ShownBody.of(message.body().toBytes(), message.text());
  }

  private Optional<Path> save(Delivery message) {
    String name = message.headers().get("filename");
    if (files == null || name == null) {
      return Optional.empty();
    }
    try {
      byte[] content = Base64.getDecoder().decode(message.text().strip());
      return Optional.of(files.save(name, ByteBuffer.wrap(content)));
    } catch (IllegalArgumentException notBase64) {
      screen.tell("The file '" + name + "' is not saved: its content is no Base64");
    } catch (IOException e) {
      screen.tell("The file '" + name + "' can't be saved: " + Failure.reasonOf(e));
    }
    return Optional.empty();
  }

  /** Behind a name that is taken: when its file came, and a number if that is taken too. */
  private static String later(int copy) {
    return "." + TimeOfDay.now().getEpochSecond() + (copy == 1 ? "" : "." + copy);
  }
}
