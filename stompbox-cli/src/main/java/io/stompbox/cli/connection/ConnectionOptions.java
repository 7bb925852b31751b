package io.stompbox.cli.connection;

import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.Failure;
import io.stompbox.client.ConnectOptions;
import io.stompbox.client.Credentials;
import io.stompbox.client.Offer;
import io.stompbox.client.StateChange;
import io.stompbox.client.StompClient;
import io.stompbox.client.StompClientBuilder;
import io.stompbox.client.Timeouts;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.failover.FailoverUri;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.frame.StompException;
import io.stompbox.protocol.session.HeartBeat;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which broker to talk to and how: the options that all commands with a connection share. */
public final class ConnectionOptions {
  private static final int HIGHEST_PORT = 65535;
  private static final String VARIABLE = "STOMPBOX_URI";
  private static final String DEFAULT_URI = "stomp://127.0.0.1:61613";

  /** Little enough for Ctrl-C to feel immediate. */
  private static final Duration FAREWELL = Duration.ofMillis(1500);

  private final Environment environment;

  @Option(
      names = {"-s", "--server"},
      paramLabel = "URI",
      description = {
        "The broker, such as stomp://host:port or stomp+ssl://host:port.",
        "Several are failover:(URI,URI).",
        "Default: $STOMPBOX_URI, or else " + DEFAULT_URI
      })
  private @Nullable String server;

  @Option(
      names = {"-u", "--user"},
      paramLabel = "NAME",
      description = "Who logs in.")
  private @Nullable String user;

  @Mixin private final PasswordSource password = new PasswordSource();

  @Option(
      names = "--vhost",
      paramLabel = "NAME",
      description = "The virtual host. Default: the path of the URI, or else its host.")
  private @Nullable String virtualHost;

  @Option(
      names = "--protocol",
      paramLabel = "VERSION",
      converter = Protocol.Converter.class,
      description = "Offer only STOMP 1.0, 1.1 or 1.2. Default: auto, which is all.")
  private Protocol protocol = Protocol.AUTO;

  @Option(
      names = "--heartbeat",
      paramLabel = "OUT,IN",
      converter = HeartBeatConverter.class,
      description = "Heart-beats to send and to ask for; 0,0 for none. Default: 10s,10s")
  private HeartBeat heartBeat = Offer.standard().heartBeat();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long to wait for each answer of the broker. Default: 10s")
  private Duration timeout = Duration.ofSeconds(10);

  public ConnectionOptions(Environment environment) {
    this.environment = environment;
  }

  /** How long to wait for each answer of the broker. */
  public Duration timeout() {
    return timeout;
  }

  /** The brokers, from the option, else the variable, else the default. */
  public FailoverUri brokers() {
    try {
      FailoverUri uri = FailoverUri.parse(uri(), name -> !FailoverUri.optionNames().contains(name));
      // Whether its settings are known and can be read, before anything else happens.
      StompClient.builder(uri());
      uri.brokers().forEach(ConnectionOptions::checkPort);
      return uri;
    } catch (IllegalArgumentException e) {
      throw Failure.usage(
          String.valueOf(e.getMessage()),
          "it comes from " + (server != null ? "--server" : VARIABLE));
    }
  }

  private static void checkPort(BrokerAddress broker) {
    if (broker.port() < 1 || broker.port() > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "the port of " + broker + " must be from 1 to " + HIGHEST_PORT);
    }
  }

  private String uri() {
    if (server != null) {
      return server;
    }
    String variable = environment.variables().getOrDefault(VARIABLE, "");
    return variable.isEmpty() ? DEFAULT_URI : variable;
  }

  /** How one connection is made; asks for the password if that is what the options say. */
  public ConnectOptions connectOptions(FailoverUri brokers) {
    Timeouts timeouts =
        Timeouts.defaults()
            .withConnect(timeout)
            .withReceipt(timeout)
            .withSpace(timeout)
            .withDelivery(timeout)
            .withWriteStall(timeout)
            .withClose(FAREWELL);
    Offer offer =
        Offer.standard().with(protocol.versions()).with(heartBeat).withVirtualHost(virtualHost);
    ConnectOptions options = ConnectOptions.defaults().with(offer).with(timeouts);
    if (user == null && !password.isGiven()) {
      return options;
    }
    Credentials credentials = credentials(brokers.brokers().get(0));
    return options.with(() -> credentials);
  }

  /** What the options leave open is taken from the address, unless the user is another one. */
  private Credentials credentials(BrokerAddress address) {
    String login = user != null ? user : address.login().orElse(null);
    if (password.isGiven()) {
      String whom = (login == null ? "" : login + " at ") + address;
      return new Credentials(login, password.read(environment, whom));
    }
    boolean isSameUser = address.login().filter(name -> name.equals(login)).isPresent();
    return new Credentials(login, isSameUser ? address.passcode().orElse(null) : null);
  }

  /**
   * Connects.
   *
   * @param policy what to do after a loss, unless the URI has options of its own
   * @param listener hears of losses and recoveries
   * @throws Failure if there is no connection
   */
  public StompClient connect(ReconnectPolicy policy, Consumer<StateChange> listener) {
    FailoverUri brokers = brokers();
    if (brokers.brokers().stream().anyMatch(address -> address.passcode().isPresent())) {
      environment.tell(
          "warning: a password in the URI shows in process lists; use --password-env,"
              + " --password-file or --ask-password");
    }
    ConnectOptions options = connectOptions(brokers);
    try {
      StompClientBuilder builder = StompClient.builder(uri());
      if (brokers.options().isEmpty()) {
        builder.reconnect(policy);
      }
      return builder
          .connect(options)
          .settings(brokers.settings())
          .onStateChange(listener)
          .connect();
    } catch (StompException e) {
      throw ConnectFailures.of(e, brokers);
    }
  }
}
