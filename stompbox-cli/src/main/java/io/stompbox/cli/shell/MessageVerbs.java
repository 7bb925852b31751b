package io.stompbox.cli.shell;

import io.stompbox.cli.connection.HeaderConverter;
import io.stompbox.cli.json.FrameJson;
import io.stompbox.cli.json.JsonSource;
import io.stompbox.cli.shell.Verb.Value;
import io.stompbox.client.Outgoing;
import io.stompbox.protocol.frame.Header;
import io.stompbox.protocol.frame.Headers;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Commands that send messages. */
final class MessageVerbs {
  private static final String SEND = "send <destination> [-H name:value]... <message>";

  private final Conversation conversation;
  private final Screen screen;
  private final Incoming incoming;

  MessageVerbs(Conversation conversation, Screen screen, Incoming incoming) {
    this.conversation = conversation;
    this.screen = screen;
    this.incoming = incoming;
  }

  List<Verb> all() {
    return List.of(
        Verb.of(
                SEND,
                this::send,
                "Sends a message, in the transaction if there is one.",
                "Words are joined by one blank; behind -- the message is taken as it was typed.",
                "A header with blanks stands in quotes: -H \"title:two words\".")
            .alias("pub")
            .completing(Value.DESTINATION),
        Verb.of(
                SEND.replace("send", "sendrec"),
                this::sendWithReceipt,
                "Sends a message and waits until the broker has confirmed it.",
                "In a transaction the broker confirms with commit.")
            .completing(Value.DESTINATION),
        Verb.of(
                "sendreply <destination> <correlation-id> <message>",
                this::sendReply,
                "Sends a message with a correlation-id, at once, also in a transaction.",
                "A line feed ends its body.")
            .completing(Value.DESTINATION),
        Verb.of(
                "sendfile <destination> <filename> [headers.json]",
                this::sendFile,
                "Sends a file as Base64, with its name in the header filename.",
                "A JSON file may have more headers: {\"name\":\"value\"}.")
            .completing(Value.DESTINATION, Value.FILE, Value.FILE),
        Verb.of(
                SEND.replace("send", "request"),
                this::request,
                "Sends a message and waits for its reply.")
            .completing(Value.DESTINATION));
  }

  private void send(Arguments arguments) {
    conversation.send(message(arguments));
  }

  private void sendWithReceipt(Arguments arguments) throws InterruptedException {
    conversation.sendConfirmed(message(arguments), UUID.randomUUID().toString());
  }

  private void request(Arguments arguments) throws InterruptedException {
    Outgoing request = message(arguments);
    incoming.show(conversation.client().request(request, conversation.limit()));
  }

  private static Outgoing message(Arguments arguments) {
    Outgoing message = Outgoing.to(arguments.word());
    return with(arguments.headers(), message).text(arguments.text());
  }

  private void sendReply(Arguments arguments) {
    Outgoing message = Outgoing.to(arguments.word()).header("correlation-id", arguments.word());
    conversation.client().send(message.text(arguments.text() + "\n"));
  }

  private void sendFile(Arguments arguments) throws InterruptedException {
    Outgoing message = Outgoing.to(arguments.word());
    NamedFile file = NamedFile.of(arguments.word());
    Optional<NamedFile> headers = arguments.next().map(NamedFile::of);
    arguments.end();
    message = message.header("filename", file.name());
    if (headers.isPresent()) {
      message = with(headers(headers.get()), message);
    }
    byte[] content = file.read(InputStream::readAllBytes);
    conversation.send(message.text(Base64.getEncoder().encodeToString(content)));
  }

  private Headers headers(NamedFile file) throws InterruptedException {
    screen.tell("Loading " + file);
    Headers headers =
        file.read(stream -> FrameJson.readHeaders(new JsonSource(stream, file.toString())));
    screen.tell("Using headers " + headers);
    return headers;
  }

  private static Outgoing with(Iterable<Header> headers, Outgoing message) {
    Outgoing all = message;
    for (Header header : headers) {
      try {
        all = all.header(header.name(), header.value());
      } catch (IllegalArgumentException e) {
        throw HeaderConverter.reserved(header);
      }
    }
    return all;
  }
}
