package io.stompbox.client;

import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.client.transport.Transport;
import io.stompbox.protocol.codec.BodyStreaming;
import io.stompbox.protocol.codec.DecodedEvent;
import io.stompbox.protocol.codec.FrameDecoder;
import io.stompbox.protocol.codec.FrameEncoder;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Header;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import io.stompbox.protocol.frame.StompException;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.Agreement;
import io.stompbox.protocol.session.Commands;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import javax.net.ssl.SSLHandshakeException;

/** Makes one physical connection: opens a transport, sends CONNECT and reads the answer. */
final class Handshake {
  private static final Logger LOG = System.getLogger("io.stompbox.client");

  /** Enough for the first read; the link grows it under load, and idle connections stay small. */
  private static final int FIRST_BUFFER = 8 * 1024;

  /** A stranger may say anything, but not fill the memory. */
  private static final int MOST_BEFORE_CONNECTED = 64 * 1024;

  /** What a transport has beyond its limit to fail by itself, since it knows better why. */
  private static final Duration GRACE = Duration.ofMillis(250);

  private final BrokerAddress address;
  private final ConnectOptions options;
  private final Transport transport;
  private final Observation observation;

  /** Which bodies the connection streams, once there is one. */
  private final BodyStreaming streaming;

  /** The number that the connection will have. */
  private final int epoch;

  /** Whether it was told that it begins, so that its end is told too. */
  private boolean isBegun;

  /** Those that CONNECT has. */
  private Credentials credentials = Credentials.NONE;

  /** Set by the timer when connecting or the answer takes too long. */
  private volatile boolean late;

  Handshake(BrokerAddress address, ConnectOptions options, int epoch, Observation observation) {
    this(address, options, BodyStreaming.off(), epoch, observation);
  }

  Handshake(
      BrokerAddress address,
      ConnectOptions options,
      BodyStreaming streaming,
      int epoch,
      Observation observation) {
    this.address = address;
    this.streaming = streaming;
    this.epoch = epoch;
    this.observation = observation;
    this.options = options;
    this.transport = options.transports().create(address);
  }

  /**
   * What a successful handshake leaves.
   *
   * @param rest what came behind CONNECTED, ready to be read
   */
  record Established(
      BrokerAddress address,
      Transport transport,
      Agreement agreement,
      Frame connected,
      FrameDecoder decoder,
      ByteBuffer rest) {}

  /** Ends it from another thread; {@link #perform} fails then. */
  void abort() {
    Link.close(transport, address);
  }

  /**
   * Connects. Blocks for the connect limits at most.
   *
   * @throws ConnectionLostException if the broker can't be reached or hangs up, or the thread is
   *     interrupted, which it stays
   * @throws StompTimeoutException if CONNECT is not answered in time
   * @throws BrokerErrorException if the broker refuses CONNECT
   */
  Established perform() {
    InterruptWatch watch = new InterruptWatch(options.time(), this::abort);
    try {
      open();
      Established established = connect();
      if (watch.endedWithInterrupt()) {
        throw new ConnectionLostException(
            "interrupted while connecting to " + address, Sent.NOT_SENT);
      }
      return established;
    } catch (StompException e) {
      abort();
      StompException told =
          Thread.currentThread().isInterrupted()
              ? new ConnectionLostException(
                  "interrupted while connecting to " + address, Sent.NOT_SENT, e)
              : e;
      tellEnd(told);
      throw told;
    } catch (RuntimeException | Error e) {
      // Credentials and transports of the program's own may throw anything.
      abort();
      tellEnd(new ConnectionLostException("cannot connect: " + e, Sent.UNKNOWN, e));
      throw e;
    } finally {
      watch.close();
    }
  }

  private void tellEnd(StompException why) {
    if (isBegun) {
      observation.disconnected(epoch, why);
    }
  }

  private void open() {
    Duration limit = options.timeouts().connect();
    // Transports keep the limit as far as they can; TLS with a peer that dribbles does not.
    Future<?> timer = options.time().after(limit.plus(GRACE).toNanos(), this::giveUp);
    try {
      transport.open(limit);
    } catch (IOException e) {
      if (late) {
        throw new StompTimeoutException(
            "cannot connect to " + address + " within " + Durations.text(limit));
      }
      throw ConnectionLostException.connecting(
          address, "cannot connect to " + address + ": " + reason(e), Sent.NOT_SENT, e);
    } finally {
      timer.cancel(false);
    }
  }

  private void giveUp() {
    late = true;
    // Closing may block, and others need the timer.
    Threads.startOrRun("stompbox-ending " + address, this::abort);
  }

  /** Some causes have no text of their own but a telling type, such as UnknownHostException. */
  private static String reason(IOException e) {
    String message = e.getMessage();
    if (e instanceof UnknownHostException) {
      return "the host name is not known";
    }
    if (e instanceof SSLHandshakeException) {
      return "TLS handshake failed: " + CertificateFault.in(e).orElse(message);
    }
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private Established connect() {
    Future<?> timer = options.time().after(options.timeouts().connected().toNanos(), this::giveUp);
    try {
      isBegun = true;
      observation.connecting(epoch, address);
      Frame connect = connectFrame();
      byte[] octets = new FrameEncoder(Version.V1_2).encode(connect);
      observation.frameSent(epoch, connect);
      transport.write(octets, 0, octets.length);
      return readAnswer();
    } catch (IOException e) {
      if (late) {
        throw new StompTimeoutException(
            address
                + " did not answer CONNECT within "
                + Durations.text(options.timeouts().connected())
                + whatItMayBe());
      }
      throw ConnectionLostException.connecting(
          address, address + " hung up before CONNECTED: " + reason(e), Sent.UNKNOWN, e);
    } finally {
      timer.cancel(false);
    }
  }

  private String whatItMayBe() {
    return switch (address.scheme()) {
      case TCP -> "; is it a STOMP port, and does it want TLS (stomp+ssl://)?";
      case TLS -> "; is it a STOMP port?";
      case WEBSOCKET, SECURE_WEBSOCKET -> "; is there STOMP behind the path of this WebSocket?";
      case UNIX -> "; does the socket belong to a STOMP broker?";
    };
  }

  /** A broker may repeat what it refuses, and errors end in logs. */
  private Frame withoutPasscode(Frame answer) {
    String passcode = secret();
    if (!answer.command().equals(Command.ERROR) || passcode.isEmpty()) {
      return answer;
    }
    String hidden = "***";
    Headers.Builder headers = Headers.builder();
    for (Header header : answer.headers()) {
      headers.add(header.name(), header.value().replace(passcode, hidden));
    }
    String text = answer.text();
    Body body = text.contains(passcode) ? Body.of(text.replace(passcode, hidden)) : answer.body();
    return new Frame(Command.ERROR, headers.build(), body);
  }

  /** The passcode; empty if there is none, or if everybody sees it as the login. */
  private String secret() {
    String passcode = credentials.passcode();
    return passcode == null || passcode.equals(credentials.login()) ? "" : passcode;
  }

  private Frame connectFrame() {
    credentials = CredentialText.at(address, options.credentials());
    Headers.Builder headers = Headers.builder();
    if (credentials.login() != null) {
      headers.add("login", credentials.login());
    }
    if (credentials.passcode() != null) {
      headers.add("passcode", credentials.passcode());
      warnOfPlainPasscode();
    }
    headers.addAll(options.offer().headers());
    Offer offer = options.offer();
    return offer.opening() == Offer.Opening.STOMP
        ? Commands.stomp(offer.versions(), virtualHost(), offer.heartBeat(), headers.build())
        : Commands.connect(offer.versions(), virtualHost(), offer.heartBeat(), headers.build());
  }

  private void warnOfPlainPasscode() {
    if (address.scheme().isPlainNetwork() && !BrokerAddress.isLoopbackName(address.host())) {
      LOG.log(
          Level.WARNING,
          "the passcode goes to {0} in clear, for everybody on the way to read; use stomp+ssl://"
              + " or wss://",
          address);
    }
  }

  private String virtualHost() {
    String chosen = options.offer().virtualHost();
    if (chosen != null) {
      return chosen;
    }
    return address.virtualHost().map(name -> name.isEmpty() ? "/" : name).orElse(address.host());
  }

  private Established readAnswer() throws IOException {
    FirstOctets first = new FirstOctets(secret());
    try {
      return readAnswer(first);
    } catch (ProtocolException e) {
      Frame refusal =
          first.refusal(e).map(this::withoutPasscode).orElseThrow(() -> explained(e, first));
      observation.frameReceived(epoch, refusal);
      throw new BrokerErrorException("CONNECT to " + address, refusal);
    }
  }

  /** What is too long may be nothing that a broker says. */
  private ProtocolException explained(ProtocolException fault, FirstOctets first) {
    return fault.fault().isLimit() ? first.stranger().map(this::noBroker).orElse(fault) : fault;
  }

  private ProtocolException noBroker(String begin) {
    return new ProtocolException(
        Fault.BAD_COMMAND,
        "the answer of " + address + " to CONNECT begins with '" + begin + "'" + whatItMayBe());
  }

  private Established readAnswer(FirstOctets first) throws IOException {
    FrameDecoder decoder = new FrameDecoder(options.mode(), options.limits(), streaming);
    ByteBuffer buffer = ByteBuffer.allocate(FIRST_BUFFER);
    int octets = 0;
    while (true) {
      int read = transport.read(buffer.array(), 0, buffer.capacity());
      if (read < 0) {
        throw new IOException("connection closed by the broker");
      }
      octets += read;
      first.add(buffer.array(), read);
      buffer.position(0).limit(read);
      DecodedEvent event = decoder.decode(buffer);
      while (event != null) {
        if (event instanceof DecodedEvent.FrameDecoded decoded) {
          Frame answer = withoutPasscode(decoded.frame());
          observation.frameReceived(epoch, answer);
          return settled(answer, decoder, buffer);
        }
        event = decoder.decode(buffer);
      }
      Optional<String> stranger = first.stranger();
      if (stranger.isPresent()) {
        throw noBroker(stranger.get());
      }
      if (octets > MOST_BEFORE_CONNECTED) {
        throw new ProtocolException(
            Fault.LIMIT_BODY,
            address + " sent " + octets + " octets in answer to CONNECT, and not the whole frame");
      }
    }
  }

  private Established settled(Frame answer, FrameDecoder decoder, ByteBuffer rest) {
    if (answer.command().equals(Command.ERROR)) {
      throw new BrokerErrorException("CONNECT to " + address, answer);
    }
    Agreement agreement =
        Agreement.of(answer, options.offer().versions(), options.offer().heartBeat());
    decoder.version(agreement.version());
    return new Established(address, transport, agreement, answer.copied(), decoder, rest);
  }
}
