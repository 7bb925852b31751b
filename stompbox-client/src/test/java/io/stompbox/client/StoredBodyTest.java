package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompbox.client.AwaitedReplies.Awaited;
import io.stompbox.protocol.codec.DecodedEvent.BodyChunk;
import io.stompbox.protocol.codec.DecodedEvent.BodyEnded;
import io.stompbox.protocol.codec.DecodedEvent.BodyStarted;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import java.io.IOException;
import java.net.URI;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** For how long the file of a body is there. */
class StoredBodyTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
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

  /** Whoever may write to the folder could have the body, or octets of a file of the program's. */
  @Test
  void aLinkInPlaceOfTheFileIsFollowedNeitherToWriteNorToRead() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "secret");
    BodyStore store = new BodyStore(LargeBodies.in(folder));
    StoredBody body = Objects.requireNonNull(store.create(link, HEAD, 0));
    Files.delete(body.file());
    Files.createSymbolicLink(body.file(), other);

    assertThatThrownBy(body::open).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> store.open(body, HEAD)).isInstanceOf(BodyStorageException.class);
    assertThat(other).hasContent("secret");
    assertThat(body.file()).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "missing, is not there:",
    "file, is not there:",
    "jrt:/, takes no files:",
  })
  void aFolderThatCannotBeUsedIsFoundWhenTheClientIsMade(String name, String reason)
      throws IOException {
    Files.createFile(folder.resolve("file"));
    Path unusable = name.contains(":") ? Path.of(URI.create(name)) : folder.resolve(name);
    StompClientBuilder builder = StompClient.builder().largeBodies(LargeBodies.in(unusable));

    assertThatIllegalArgumentException()
        .isThrownBy(builder::connect)
        .withMessageContaining("the folder of LargeBodies " + reason + " " + unusable)
        .withMessageContaining("or name another");
  }

  /** A disk may take its time, and who connects without waiting must not wait for it. */
  @Test
  void whoDoesNotWaitForAConnectionLooksAtNoFolderEither() {
    Deque<Runnable> later = new ArrayDeque<>();
    CompletionStage<StompClient> refused =
        StompClient.builder()
            .handlerExecutor(later::add)
            .largeBodies(LargeBodies.in(folder.resolve("missing")))
            .connectAsync();
    assertThat(refused.toCompletableFuture()).isNotDone();

    later.remove().run();

    assertThatThrownBy(() -> refused.toCompletableFuture().join())
        .hasCauseInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void lookingForAFolderLeavesNothingThere() throws IOException {
    LargeBodies.in(folder).check();

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aBodyOfUnknownLengthWaitsForRoomAsItGrows() throws Exception {
    BodyStore store = new BodyStore(LargeBodies.in(folder).withAll(10));
    StoredBody before = Objects.requireNonNull(store.create(link, HEAD, 8));
    IncomingBodies bodies = new IncomingBodies(store, 10, (from, frame, body) -> {});
    bodies.add(link, new BodyStarted(HEAD, OptionalLong.empty()));
    bodies.add(link, new BodyChunk(Body.of("ab")));
    Thread reader = new Thread(() -> bodies.add(link, new BodyChunk(Body.of("c"))));
    reader.start();
    await().atMost(LIMIT).until(() -> reader.getState() == Thread.State.WAITING);
    assertThat(octets()).isEqualTo(2);

    before.delete();
    reader.join(LIMIT.toMillis());
    // Nothing else is there, so it may be as large as it is.
    bodies.add(link, new BodyChunk(Body.of("defghijklmn")));

    assertThat(octets()).isEqualTo(14);
  }

  private long octets() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  @Test
  void aReplyThatComesAfterItsRequestWasGivenUpLeavesNoFile() {
    StoredBody body =
        Objects.requireNonNull(new BodyStore(LargeBodies.in(folder)).create(link, HEAD, 0));
    List<Delivery> late = new ArrayList<>();
    AwaitedReplies replies = new AwaitedReplies(late::add);
    Awaited given = new Awaited("/queue/a", 1, true, new CompletableFuture<>());
    replies.add("c", given);
    given.abandon();
    Delivery reply = new Delivery(subscription(), HEAD.with("correlation-id", "c"), body, 1, 1);

    replies.arrived(reply);

    assertThat(late).containsExactly(reply);
    assertThat(body.file()).doesNotExist();
  }

  @Test
  void aRequestThatIsGivenUpAsItsReplyComesLeavesNoFile() {
    StoredBody body =
        Objects.requireNonNull(new BodyStore(LargeBodies.in(folder)).create(link, HEAD, 0));
    Awaited answered = new Awaited("/queue/a", 1, true, new CompletableFuture<>());
    answered.reply().complete(new Delivery(subscription(), HEAD, body, 1, 1));

    answered.abandon();

    assertThat(body.file()).doesNotExist();
  }

  private static Subscription subscription() {
    Outbox outbox = new Outbox(Bounds.defaults(), TimeSource.system());
    Subscriptions all = UnconnectedSubscriptions.of(outbox);
    return new Subscription(all, "s", "/queue/a", SubscribeOptions.defaults(), null);
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
