package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.protocol.codec.DecodedEvent.BodyEnded;
import io.stompbox.protocol.codec.DecodedEvent.BodyStarted;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** For how long the file of a body is there. */
class StoredBodyTest {
  private static final Frame HEAD = Frame.of(Command.MESSAGE);

  @TempDir private Path folder;

  private final Link link =
      UnstartedLink.epoch(1, new Outbox(Bounds.defaults(), TimeSource.system())).link();

  /** What happens, in this order, and whether the file is there afterwards. */
  @ParameterizedTest
  @CsvSource({
    "'', true",
    "lost, true",
    "dropped, false",
    "given, true",
    "given dropped, true",
    "given settled, true",
    "given lost, true",
    "given done, true",
    "given over, false",
    "given done settled, false",
    "given done lost, false",
    "given settled done, false",
    "given lost done, false",
    "given kept settled done, true",
    "given kept over, true",
    "given kept lost, false",
    "given delete, false",
  })
  void theFileIsThereForAsLongAsSomebodyMayReadIt(String events, boolean isThere) {
    StoredBody body =
        Objects.requireNonNull(new BodyStore(LargeBodies.in(folder)).create(link, HEAD, 0));
    Map<String, Runnable> actions =
        Map.of(
            "lost", body::lost,
            "dropped", body::dropped,
            "given", body::given,
            "settled", body::settled,
            "done", () -> body.done(false),
            "over", () -> body.done(true),
            "kept", body::keep,
            "delete", body::delete);

    Stream.of(events.split(" "))
        .filter(name -> !name.isEmpty())
        .map(actions::get)
        .map(Objects::requireNonNull)
        .forEach(Runnable::run);

    assertThat(Files.exists(body.file())).isEqualTo(isThere);
  }

  @Test
  void aBodyThatNobodyCouldTakeIsDeleted() throws IOException {
    IncomingBodies bodies =
        new IncomingBodies(
            new BodyStore(LargeBodies.in(folder)),
            10,
            (from, frame, body) -> {
              throw new IllegalStateException("on purpose");
            });
    bodies.add(link, new BodyStarted(HEAD, OptionalLong.empty()));

    assertThatThrownBy(() -> bodies.add(link, new BodyEnded(0))).hasMessage("on purpose");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void aFileThatCannotBeMadeHoldsNoRoom() throws IOException {
    FileSystem closed =
        FileSystems.newFileSystem(folder.resolve("bodies.zip"), Map.of("create", "true"));
    Path gone = closed.getPath("/");
    closed.close();
    BodyStore store = new BodyStore(LargeBodies.in(gone).withAll(1));
    link.end(new StompTimeoutException("so that nobody waits for room"));

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> store.create(link, HEAD, 1))
          .isInstanceOf(ClosedFileSystemException.class);
    }
  }

  @Test
  void aLimitThatDoesNotFitIsNamedWithItsValue() {
    LargeBodies bodies = LargeBodies.in(folder).withMost(2_000_000).withAll(7);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> bodies.withAbove(3_000_000))
        .withMessageContaining("above is 3000000, most is 2000000, all is 7");
    assertThat(bodies.withAbove(5).above()).isEqualTo(5);
  }

  @Test
  void aQueueTellsWhatItTookAndWhatItDropped() {
    BoundedQueue<String> queue =
        new BoundedQueue<>(Bounds.defaults(), new InboundRoom(100), String::length);
    assertThat(List.of(queue.offer("a"), queue.offer("b"), queue.offer("c"))).containsOnly(true);
    assertThat(queue.poll("a"::equals)).isEqualTo("a");

    assertThat(queue.removeIf(item -> !item.equals("c"))).containsExactly("b");
    queue.end();
    assertThat(queue.offer("d")).isFalse();
    assertThat(queue.put("e", link)).isFalse();
    assertThat(queue.size()).isEqualTo(1);
  }
}
