package io.stompbox.cli.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes commands and what can stand behind them. */
final class Completion implements Completer {
  private static final int MOST_FILES = 500;

  private final Verbs verbs;
  private final Conversation conversation;

  Completion(Verbs verbs, Conversation conversation) {
    this.verbs = verbs;
    this.conversation = conversation;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    if (line.wordIndex() == 0) {
      verbs.names().forEach(name -> candidates.add(new Candidate(name)));
      return;
    }
    String name = line.words().get(0);
    int place = line.wordIndex() - 1;
    if (verbs.has(name) && place < verbs.get(name).values().size()) {
      String typed = line.word().substring(0, line.wordCursor());
      candidates.addAll(of(verbs.get(name).values().get(place), typed));
    }
  }

  private List<Candidate> of(Verb.Value value, String typed) {
    return switch (value) {
      case DESTINATION -> plain(conversation.seen());
      case SUBSCRIBED -> plain(conversation.destinations());
      case SUBSCRIPTION_ID -> plain(conversation.subscriptionIds());
      case ACK_MODE -> plain(SubscribeAck.words());
      case OPEN_MESSAGE -> plain(conversation.openIds());
      case COMMAND -> plain(verbs.names());
      case SWITCH -> plain(List.of("on", "off"));
      case FILE -> files(typed);
    };
  }

  private static List<Candidate> plain(List<String> values) {
    return values.stream().map(Candidate::new).toList();
  }

  /** Returns the files of the folder that was typed so far. */
  private static List<Candidate> files(String typed) {
    String folder = typed.substring(0, typed.lastIndexOf('/') + 1);
    try (Stream<Path> files = Files.list(Path.of(folder.isEmpty() ? "." : folder))) {
      return files.limit(MOST_FILES).map(file -> file(folder, file)).toList();
    } catch (IOException | UncheckedIOException | InvalidPathException | SecurityException e) {
      return List.of();
    }
  }

  private static Candidate file(String folder, Path file) {
    boolean isFolder = Files.isDirectory(file);
    String value = folder + Objects.requireNonNull(file.getFileName()) + (isFolder ? "/" : "");
    return new Candidate(value, value, null, null, null, null, !isFolder);
  }
}
