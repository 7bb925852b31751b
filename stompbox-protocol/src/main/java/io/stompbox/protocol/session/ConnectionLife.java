package io.stompbox.protocol.session;

import io.stompbox.protocol.codec.FrameEncoder;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.IllegalFrameException.Reason;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.SessionOptions.Checking;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a session's connection stands: what was offered, what was agreed, whether it is being
 * closed. The only place that moves through {@link SessionTable}.
 */
final class ConnectionLife {
  private final SessionOptions options;

  private SessionState state = SessionState.DISCONNECTED;

  /** What CONNECT offered, while its answer has not come. */
  private @Nullable Opening opening;

  private @Nullable Agreement agreement;
  private @Nullable HeartBeatMonitor heartBeats;

  /** DISCONNECT, once it was made. */
  private @Nullable Farewell farewell;

  /** Writes nothing that anybody sees: it knows what can be written. */
  private FrameEncoder encoder = new FrameEncoder(Version.V1_2);

  /** How many connections there were, this one included. */
  private int number;

  ConnectionLife(SessionOptions options) {
    this.options = options;
  }

  private record Opening(Set<Version> offered, @Nullable Long answerBy) {}

  /**
   * DISCONNECT.
   *
   * @param receipt null if it asked for none
   */
  private record Farewell(@Nullable String receipt, boolean confirmed) {}

  SessionState state() {
    return state;
  }

  int number() {
    return number;
  }

  /** Refuses a message of an earlier connection, of which this one's broker knows nothing. */
  void checkCurrent(ReceivedMessage message) {
    if (message.connection() != number) {
      throw new IllegalFrameException(
          Reason.STALE_MESSAGE,
          "the message came on connection "
              + message.connection()
              + ", and this is "
              + number
              + "; the broker gives it out again");
    }
  }

  Version version() {
    return agreement == null ? Collections.max(options.versions()) : agreement.version();
  }

  /** The commands of its version. */
  Commands commands() {
    return Commands.of(version());
  }

  Optional<Agreement> agreement() {
    return Optional.ofNullable(agreement);
  }

  /**
   * Refuses a frame whose headers the version can't carry, before anybody takes note of it. The
   * body can always be written, so nobody copies it for this.
   */
  void checkEncodable(Frame frame) {
    Headers headers = frame.headers().toBuilder().remove("content-length").build();
    encoder.encode(new Frame(frame.command(), headers, Body.empty()));
  }

  /** The same mistake is the caller's when this side sends and the server's when that does. */
  void check(Command command) {
    if (options.checking() == Checking.OFF || SessionTable.next(state, command).isPresent()) {
      return;
    }
    String message =
        command + " is not allowed while " + state + "; allowed are " + SessionTable.allowed(state);
    throw command.sender() == Command.Sender.SERVER
        ? new ProtocolException(Fault.UNEXPECTED_FRAME, message)
        : new IllegalStateException(message);
  }

  void moved(Command command) {
    state = SessionTable.next(state, command).orElse(state);
  }

  /** Returns CONNECT or STOMP, whose answer is awaited from here on. */
  Frame open(Command command, String host, FrameOptions with) {
    check(command);
    if (with.receipt() != null) {
      throw new IllegalFrameException(
          Reason.RECEIPT_ON_CONNECT, command + " can't ask for a receipt; CONNECTED answers it");
    }
    HeartBeat wanted = options.heartBeat();
    Frame frame =
        command.equals(Command.STOMP)
            ? Commands.stomp(options.versions(), host, wanted, with.headers())
            : Commands.connect(options.versions(), host, wanted, with.headers());
    checkEncodable(frame);
    moved(command);
    Set<Version> offered = AcceptVersion.parse(frame.header(AcceptVersion.HEADER)).versions();
    opening = new Opening(offered, with.answerBy());
    return frame;
  }

  /** CONNECTED came. A session that checks nothing may never have sent CONNECT. */
  Agreement connected(Frame frame, long now) {
    Set<Version> offered = opening == null ? options.versions() : opening.offered();
    Agreement agreed = Agreement.of(frame, offered, options.heartBeat());
    agreement = agreed;
    heartBeats = new HeartBeatMonitor(agreed.heartBeat(), options.tolerance(), now);
    encoder = new FrameEncoder(agreed.version());
    opening = null;
    number++;
    moved(Command.CONNECTED);
    return agreed;
  }

  /** DISCONNECT was made. */
  void farewell(@Nullable String receipt) {
    farewell = new Farewell(receipt, false);
  }

  boolean isFarewell(String receipt) {
    return farewell != null && receipt.equals(farewell.receipt());
  }

  /** The receipt of DISCONNECT came. */
  void confirmed() {
    if (farewell != null) {
      farewell = new Farewell(farewell.receipt(), true);
    }
  }

  /** Whoever waited for the end has it, and must not hear again of a server that is silent. */
  void farewellOverdue() {
    heartBeats = null;
  }

  boolean isConfirmed() {
    return farewell != null && farewell.confirmed();
  }

  /** Whether this side wants the connection to end. */
  boolean isEnding() {
    return state == SessionState.DISCONNECTING;
  }

  boolean isConnectOverdue(long now) {
    return opening != null && opening.answerBy() != null && now - opening.answerBy() >= 0;
  }

  Optional<HeartBeatMonitor> heartBeats() {
    return Optional.ofNullable(heartBeats);
  }

  /** How long after {@code now} the answer to CONNECT or a heart-beat is due; never negative. */
  long nanosUntilDue(long now) {
    if (opening != null && opening.answerBy() != null) {
      return Math.max(0, opening.answerBy() - now);
    }
    return heartBeats == null ? HeartBeatMonitor.NEVER : heartBeats.nanosUntilDue(now);
  }

  /** The connection is gone. */
  void over() {
    state = SessionState.DISCONNECTED;
    opening = null;
    agreement = null;
    heartBeats = null;
    farewell = null;
    encoder = new FrameEncoder(Version.V1_2);
  }
}
