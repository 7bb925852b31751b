package io.stompbox.client;

import io.stompbox.protocol.codec.EncoderOptions.ContentLength;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Header;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.IllegalFrameException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A message to be sent. Immutable: each method returns a changed copy, so one may serve as a
 * template for many.
 */
public final class Outgoing {
  /** The client writes these itself; a second one would win or lose depending on the broker. */
  private static final Set<String> RESERVED =
      Set.of("destination", "receipt", "transaction", "content-length");

  private static final String CONTENT_TYPE = "content-type";

  /** Text without a charset is UTF-8. */
  private static final String PLAIN = "text/plain";

  /** The client makes receipts of this form itself. */
  private static final Pattern OWN_RECEIPT = Pattern.compile("r-\\d+");

  private final Headers headers;
  private final Body body;
  private final Wishes wishes;

  /**
   * What is decided when it is sent.
   *
   * @param receipt the program's own id; null lets the client make one
   * @param length whether content-length is written; null leaves it to the client
   * @param source where the body comes from; null if it is here
   */
  private record Wishes(
      List<SendTerm> terms,
      @Nullable String receipt,
      @Nullable ContentLength length,
      @Nullable BodySource source) {
    private static final Wishes NONE = new Wishes(List.of(), null, null, null);

    private Wishes with(SendTerm term) {
      Stream<SendTerm> kept = terms.stream().filter(one -> !one.isReplacedBy(term));
      return new Wishes(Stream.concat(kept, Stream.of(term)).toList(), receipt, length, source);
    }

    private Wishes with(@Nullable BodySource other) {
      return other == null && source == null ? this : new Wishes(terms, receipt, length, other);
    }
  }

  private Outgoing(Headers headers, Body body, Wishes wishes) {
    this.headers = headers;
    this.body = body;
    this.wishes = wishes;
  }

  /**
   * Returns an empty message to a destination, for example {@code /queue/orders}.
   *
   * @throws IllegalArgumentException if the destination is blank
   */
  public static Outgoing to(String destination) {
    Subscriptions.checkDestination(destination);
    return new Outgoing(Headers.of("destination", destination), Body.empty(), Wishes.NONE);
  }

  /**
   * Returns a copy of a message that was received, such as one that was kept in a file, to be sent
   * to a destination; see {@link Delivery#forwardTo}.
   *
   * @param message a MESSAGE frame
   * @throws IllegalArgumentException if the destination is blank
   */
  public static Outgoing forwarding(Frame message, String destination) {
    return Copies.forwarded(message, destination);
  }

  /**
   * Returns it with UTF-8 text as its body, and {@code content-type:text/plain} unless it has a
   * content-type: without one receivers should take the body for a blob (STOMP 1.2,
   * "content-type").
   */
  public Outgoing text(String text) {
    return (headers.has(CONTENT_TYPE) ? this : contentType(PLAIN)).with(Body.of(text));
  }

  /**
   * Returns it with text in a charset as its body, and a content-type of {@code text/plain} that
   * names the charset.
   *
   * @throws IllegalArgumentException if the charset can't carry the text
   */
  public Outgoing text(String text, Charset charset) {
    if (!charset.canEncode() || !charset.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException(
          charset + " can't carry the text; send it in UTF-8, which is the default");
    }
    return contentType(PLAIN + ";charset=" + charset.name()).with(Body.of(text, charset));
  }

  /** Returns it with JSON text as its body and {@code content-type:application/json}. */
  public Outgoing json(String json) {
    return contentType("application/json").text(json);
  }

  /** Returns it with a copy of {@code bytes} as its body. */
  public Outgoing bytes(byte[] bytes) {
    return with(Body.of(bytes));
  }

  /**
   * Returns it with all that a stream gives as its body. The whole body is held in memory, since it
   * may have to be sent again; the stream is read to its end, and the caller closes it.
   *
   * @throws IOException what the stream throws
   */
  public Outgoing bytes(InputStream stream) throws IOException {
    byte[] all = stream.readAllBytes();
    return with(Body.wrap(all, 0, all.length));
  }

  /**
   * Returns it with that body, which is not copied: one that was received can be sent on, and
   * {@link Body#wrap} makes one of an array that the program gives away.
   */
  public Outgoing body(Body octets) {
    return with(octets);
  }

  /** Returns it with a value as its body, and the codec's content-type. */
  public <T> Outgoing body(T value, BodyCodec<T> codec) {
    return contentType(codec.contentType()).with(codec.encode(value));
  }

  /**
   * Returns it with a body that is read while it is sent, again each time it is sent again, and
   * never held in memory. It counts as its headers where frames are bounded by their octets ({@link
   * Bounds}). A source that fails before its first octet was written, or with another length than
   * it said, is not sent again: {@link Outcome.NotSent}, or {@link Outcome.Unknown} if an earlier
   * attempt may have arrived. In the middle of the body that costs the connection, as nothing else
   * can end the frame; other sends go out again on the next.
   */
  public Outgoing body(BodySource source) {
    return new Outgoing(headers, Body.empty(), wishes.with(source));
  }

  Outgoing with(Body other) {
    return new Outgoing(headers, other, wishes.with((BodySource) null));
  }

  private Outgoing with(Headers others) {
    return new Outgoing(others, body, wishes);
  }

  private Outgoing with(SendTerm term) {
    return new Outgoing(headers, body, wishes.with(term));
  }

  /** Returns it with another content-type. */
  public Outgoing contentType(String mimeType) {
    return with(headers.toBuilder().set(CONTENT_TYPE, mimeType).build());
  }

  /**
   * Returns it with content-length written or left out, whatever the client does by default.
   * ActiveMQ Classic and Artemis make a text message of one without, and a bytes message of one
   * with it, which matters to JMS consumers. A body with a NUL can't be without.
   */
  public Outgoing with(ContentLength other) {
    Wishes changed = new Wishes(wishes.terms(), wishes.receipt(), other, wishes.source());
    return new Outgoing(headers, body, changed);
  }

  /**
   * Returns it marked {@code persistent:true}, so that the broker stores it before it confirms.
   * ActiveMQ, Artemis and RabbitMQ confirm other messages as well, but from memory: they are gone
   * when the broker is killed.
   */
  public Outgoing persistent() {
    return with(headers.toBuilder().set("persistent", "true").build());
  }

  /**
   * Returns it with a priority: 9 goes before all others, 4 is usual. ActiveMQ Classic and RabbitMQ
   * sort only where the destination was set up for it.
   *
   * @param priority from 0 to 9
   */
  public Outgoing priority(int priority) {
    return with(new SendTerm.Priority(priority));
  }

  /**
   * Returns it with a time after which the broker drops it, unless somebody has it then. It counts
   * from the call that sends; ActiveMQ Classic and Artemis compare with their own clock.
   */
  public Outgoing expiresAfter(Duration timeToLive) {
    return with(new SendTerm.ExpiresAfter(timeToLive));
  }

  /** Returns it with an instant at which the broker drops it; see {@link #expiresAfter}. */
  public Outgoing expiresAt(Instant end) {
    return with(new SendTerm.ExpiresAt(end));
  }

  /**
   * Returns it with a time for which the broker holds it back. ActiveMQ Classic does so only with a
   * scheduler ({@code schedulerSupport}); RabbitMQ refuses, see docs/sending.md.
   */
  public Outgoing delay(Duration duration) {
    return with(new SendTerm.Delay(duration));
  }

  /**
   * Returns it as one of a group, all of which go to the same consumer while it is there: ActiveMQ
   * Classic and Artemis.
   */
  public Outgoing group(String name) {
    return with(new SendTerm.Group(name));
  }

  /**
   * Returns it with the program's own id for its receipt; {@link StompClient#sendConfirmed} makes
   * one otherwise. It must differ from all others of the client: while another send waits for the
   * same id it is refused, and once that has ended, a receipt that comes late for the earlier one
   * confirms the later.
   *
   * @throws IllegalArgumentException if it is empty, or of the form {@code r-1}, which is the
   *     client's own
   */
  public Outgoing receipt(String id) {
    if (id.isEmpty() || OWN_RECEIPT.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "'"
              + id
              + "' can't be a receipt of the program's own; r-1 and the like are the client's");
    }
    Wishes changed = new Wishes(wishes.terms(), id, wishes.length(), wishes.source());
    return new Outgoing(headers, body, changed);
  }

  /**
   * Returns it with one more header, at the end. Of repeated names the first is in force.
   *
   * @throws IllegalArgumentException if the name is empty or one that the client writes itself
   */
  public Outgoing header(String name, String value) {
    checkFree(name);
    return with(headers.toBuilder().add(name, value).build());
  }

  /**
   * Returns it with a header whose value is found anew each time it is sent: by the thread that
   * calls send, once, so that a message that is sent again after a loss is the same.
   *
   * @throws IllegalArgumentException if the name is empty or one that the client writes itself
   */
  public Outgoing header(String name, Supplier<String> value) {
    checkFree(name);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("the name of a calculated header is empty");
    }
    return with(new SendTerm.Calculated(name, value));
  }

  /** Checks that the client does not write a header of this name itself. */
  static void checkFree(String name) {
    if (RESERVED.contains(name)) {
      throw new IllegalArgumentException(
          "header '" + name + "' is written by the client; there are methods for what it means");
    }
  }

  /** The destination. */
  public String destination() {
    return headers.value(0);
  }

  /** The headers, the destination first, without those that are decided when it is sent. */
  public Headers headers() {
    return headers;
  }

  /**
   * The body.
   *
   * @throws IllegalStateException if it comes from a {@link #source()}
   */
  public Body body() {
    if (wishes.source() != null) {
      throw new IllegalStateException(
          "the body of the message to "
              + destination()
              + ", "
              + wishes.source()
              + ", is read while it is sent; see source()");
    }
    return body;
  }

  /** Where the body comes from that is read while it is sent; empty if it is here. */
  public Optional<BodySource> source() {
    return Optional.ofNullable(wishes.source());
  }

  /** The program's own id for the receipt; null if the client makes one. */
  @Nullable String receipt() {
    return wishes.receipt();
  }

  /**
   * Whether content-length is written.
   *
   * @throws IllegalFrameException if it is to be left out and the body needs it
   */
  ContentLength lengthOr(ContentLength byDefault) {
    if (wishes.source() != null) {
      return lengthOfSource();
    }
    ContentLength length = wishes.length() == null ? byDefault : wishes.length();
    if (length == ContentLength.OMITTED && body.hasNul()) {
      throw new IllegalFrameException(
          Reason.NUL_NEEDS_CONTENT_LENGTH,
          "the body of the message to "
              + destination()
              + " has a NUL octet, so content-length can't be left out; use"
              + " with(ContentLength.AUTOMATIC)");
    }
    return length;
  }

  /** Nobody knows whether there is a NUL in it, so what the client does by default yields. */
  private ContentLength lengthOfSource() {
    if (wishes.length() == ContentLength.OMITTED) {
      throw new IllegalFrameException(
          Reason.NUL_NEEDS_CONTENT_LENGTH,
          "the body of the message to "
              + destination()
              + " is read while it is sent, and may have a NUL octet, so content-length can't be"
              + " left out; use with(ContentLength.AUTOMATIC)");
    }
    return ContentLength.AUTOMATIC;
  }

  /**
   * Returns it as a frame, in the words of a broker. If the body has a source, the frame has none,
   * but its content-length.
   *
   * @throws IllegalArgumentException if it asks for what the broker does not have
   */
  Frame frame(BrokerProfile profile) {
    BodySource source = wishes.source();
    if (wishes.terms().isEmpty() && source == null) {
      return new Frame(Command.SEND, headers, body);
    }
    Headers.Builder all = headers.toBuilder();
    for (SendTerm term : wishes.terms()) {
      Header header = term.header(profile);
      all.set(header.name(), header.value());
    }
    if (source != null) {
      all.add("content-length", Long.toString(source.length()));
    }
    return new Frame(Command.SEND, all.build(), body);
  }

  @Override
  public String toString() {
    return headers + " " + (wishes.source() == null ? body : wishes.source());
  }
}
