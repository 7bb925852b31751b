package io.stompbox.cli.message;

import io.stompbox.cli.json.Envelope;
import io.stompbox.cli.json.JsonSource;
import io.stompbox.cli.json.MessageJson;
import io.stompbox.cli.process.Failure;
import io.stompbox.client.Outgoing;
import java.io.InputStream;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How an input is divided into messages. */
final class PartOptions {
  @Option(names = "--lines", description = "Each line of the input is the body of a message.")
  private boolean lines;

  @Option(
      names = {"-D", "--delimiter"},
      paramLabel = "DELIM",
      converter = Delimiter.Converter.class,
      description = "As --lines, with this between messages; may have \\n, \\r, \\t, \\0.")
  private @Nullable Delimiter delimiter;

  @Option(
      names = "--json-lines",
      description =
          "The input has a JSON object for each message: destination, unless there "
              + "is DEST for all, headers, body or bodyBase64; what listen -o json "
              + "writes is sent again.")
  private boolean jsonLines;

  /** Whether there may be several messages, or none. */
  boolean isDivided() {
    return lines || delimiter != null || jsonLines;
  }

  /** Whether each message is an envelope, which may name its own destination. */
  boolean isJson() {
    return jsonLines;
  }

  /** Checks that there is one way at most. */
  void check() {
    if (Stream.of(lines, delimiter != null, jsonLines).filter(given -> given).count() > 1) {
      throw Failure.usage(
          "the input can be divided in one way only", "give one of --lines, -D and --json-lines");
    }
  }

  /** Returns the messages of an input that is divided into bodies. */
  MessageSource bodies(InputStream octets, Outgoing template) {
    Delimiter end = delimiter == null ? Delimiter.LINE_FEED : delimiter;
    return new DelimitedBodies(octets, end, template);
  }

  /** Returns the messages of an input that has them as JSON. */
  static MessageSource envelopes(InputStream octets, Function<Envelope, Outgoing> message) {
    JsonSource source = new JsonSource(octets, "the input,");
    return () -> MessageJson.read(source).map(read -> message(read, message, source)).orElse(null);
  }

  /** What is wrong with one of many is of use with its line only. */
  private static Outgoing message(
      Envelope read, Function<Envelope, Outgoing> message, JsonSource source) {
    try {
      return message.apply(read);
    } catch (Failure e) {
      Failure there = source.at(String.valueOf(e.getMessage()));
      throw new Failure(e.code(), String.valueOf(there.getMessage()), e.advice(), e);
    }
  }
}
