package io.stompbox.cli.connection;

import io.stompbox.cli.context.Context;
import io.stompbox.cli.context.ContextNames;
import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.Failure;
import io.stompbox.client.ClientObserver;
import io.stompbox.client.ConnectOptions;
import io.stompbox.client.StateChange;
import io.stompbox.client.StompClient;
import io.stompbox.client.StompClientBuilder;
import io.stompbox.client.Timeouts;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.failover.FailoverUri;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.frame.StompException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Which broker to talk to and how: the options that all commands with a connection share. What they
 * leave open comes from the environment, else from a context, else from the defaults.
 */
public final class ConnectionOptions {
  private static final Duration NO_LIMIT = Duration.ofHours(250_000);

  private final Environment environment;
  private final LayerSources sources;

  @Option(
      names = {"-s", "--server"},
      paramLabel = "URI",
      description =
          "The broker, such as stomp://host:port or stomp+ssl://host:port. "
              + "May be given several times, to fail over from one to the next. "
              + "Default: $STOMPBOX_URI, or else that of the context, or else "
              + LayerSources.DEFAULT_URI)
  private List<String> servers = new ArrayList<>();

  @Option(
      names = "--context",
      paramLabel = "NAME",
      completionCandidates = ContextNames.class,
      description =
          "Take what is not given here from this context; none takes nothing. "
              + "Default: $STOMPBOX_CONTEXT, or else the selected one")
  private @Nullable String context;

  @Mixin private final LoginFlags login;
  @Mixin private final TlsFlags tls;
  @Mixin private final OfferFlags offer;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long to wait for each answer of the broker. Default: 10s")
  private @Nullable Duration timeout;

  @Option(
      names = "--retry",
      paramLabel = "N",
      converter = RetryConverter.class,
      description =
          "How often to try again to connect, at first and after a loss: "
              + "a number, forever or never. Default: what the URI says, or else "
              + "what fits the command")
  private @Nullable String retry;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      converter = SettingConverter.class,
      description = "Any setting of docs/options.md; may be given several times.")
  private List<Map.Entry<String, String>> settings = new ArrayList<>();

  @Mixin private final TraceFlag trace;

  /** Read once, as standard input has it once. */
  private @Nullable String password;

  public ConnectionOptions(Environment environment) {
    this.environment = environment;
    this.sources = new LayerSources(environment);
    this.login = new LoginFlags();
    this.tls = new TlsFlags();
    this.offer = new OfferFlags();
    this.trace = new TraceFlag();
  }

  private ConnectionOptions(ConnectionOptions other) {
    this.environment = other.environment;
    this.sources = other.sources;
    this.login = other.login;
    this.tls = other.tls;
    this.offer = other.offer;
    this.trace = other.trace;
    this.timeout = other.timeout;
    this.retry = other.retry;
    this.settings = other.settings;
    this.context = other.context;
  }

  /**
   * Returns what these options say for another broker; all that they say besides holds for it too.
   *
   * @param broker a URI, or the name of a context
   */
  public ConnectionOptions at(String broker) {
    ConnectionOptions there = new ConnectionOptions(this);
    if (broker.contains(":")) {
      there.servers = List.of(broker);
    } else {
      there.context = broker;
    }
    return there;
  }

  /** Whether what these options reach may be what others reach: a broker and a virtual host. */
  public boolean sharesBrokerWith(ConnectionOptions other) {
    return target().sharesBrokerWith(other.target());
  }

  /** Talks to this broker, whatever the user has said or left open. */
  public void useServer(String uri) {
    servers = List.of(uri);
  }

  /**
   * Reads the password if it is the first line of standard input; the rest of that is the command's
   * own, which may look at it before it connects.
   */
  public void takePasswordFromInput() {
    if (login.isOnInput()) {
      password = new PasswordPlace.FirstLine(Path.of("-")).read(environment, "standard input");
    }
  }

  /** How long to wait for each answer of the broker. */
  public Duration timeout() {
    return DurationConverter.parse(target().settings().getOrDefault(Context.TIMEOUT, "10s"));
  }

  /** The brokers, from the options, else the variable, else the context, else the default. */
  public FailoverUri brokers() {
    Target target = target();
    target.check();
    return target.brokers();
  }

  /** Who logs in; empty if nobody does. */
  public Optional<String> login() {
    Target target = target();
    return Optional.ofNullable(target.account().login())
        .or(() -> target.brokers().brokers().get(0).login());
  }

  /** What CONNECT has as client-id; empty if nothing says it. */
  public Optional<String> clientId() {
    return Optional.ofNullable(target().settings().get("clientId"));
  }

  /** Whether SEND has no content-length unless a message says so. */
  public boolean omitsContentLength() {
    return target().settings().getOrDefault("contentLength", "").equalsIgnoreCase("omitted");
  }

  /** What the arguments say, as a context has it; nothing of what they leave open. */
  public Map<String, String> given() {
    Map<String, String> values = new LinkedHashMap<>();
    if (!servers.isEmpty()) {
      values.put(Context.SERVER, String.join(" ", servers));
    }
    login.addTo(values);
    tls.addTo(values);
    offer.addTo(values);
    if (timeout != null) {
      values.put(Context.TIMEOUT, DurationConverter.text(timeout));
    }
    if (retry != null) {
      values.put(Context.RETRY, retry);
    }
    settings.forEach(setting -> values.put(setting.getKey(), setting.getValue()));
    return values;
  }

  /**
   * What the arguments say, to be kept in a context: a password is asked for if they say so, and
   * the path of its file is absolute.
   *
   * @throws Failure if a password stands in the arguments, or where it can't be read again
   */
  public Map<String, String> asContext() {
    Map<String, String> values = given();
    boolean isShown = values.containsKey("passcode");
    if (isShown || Context.hasPassword(values.getOrDefault(Context.SERVER, ""))) {
      throw Failure.usage(
          "a password in an argument shows in process lists and shell histories",
          "give --password-file or --password-env to refer to it, or --ask-password to store it");
    }
    values.computeIfPresent(Context.PASSWORD_FILE, (name, file) -> absolute(file));
    if (values.remove(Layer.ASK) != null) {
      String whom = values.getOrDefault("login", "the context");
      values.put("passcode", new PasswordPlace.Asked().read(environment, whom));
      environment.tell("the password is stored, in a file that only you can read");
    }
    return values;
  }

  private static String absolute(String file) {
    if (file.equals("-")) {
      throw Failure.usage(
          "standard input can't be read again for each connection",
          "give --password-file FILE to refer to the password, or --ask-password to store it");
    }
    return Path.of(file).toAbsolutePath().toString();
  }

  /** Refuses a context that nobody could connect with. */
  public static void check(Context context) {
    LayerSources.of(context).target(true).check();
  }

  /**
   * Refuses arguments that nobody could connect with beside what a context has. A failure says that
   * they are the arguments'.
   */
  public static void check(Context context, Map<String, String> given) {
    LayerSources.of(context, given).target(true).check();
  }

  /** Takes this context, as {@code --context} does. */
  public void take(String name) {
    context = name;
  }

  private Layers layers() {
    return sources.layers(context, given());
  }

  /** What holds in the end, without asking for a password. */
  Target target() {
    return layers().target(context != null);
  }

  /**
   * Returns a builder that knows everything that the options say; asks for the password if they say
   * so, and warns of what is dangerous in them.
   *
   * @param unlessTold what to do after a loss, unless options or URI say it
   */
  public StompClientBuilder builder(ReconnectPolicy unlessTold) {
    Layers layers = layers();
    layers.warnings().forEach(line -> environment.insist("warning: " + line));
    layers.withoutEffect().forEach(line -> environment.tell("warning: " + line));
    Target target = layers.target(context != null);
    target.check();
    target.warn(environment);
    StompClientBuilder builder = target.builder(unlessTold);
    builder.settings(credentials(target));
    trace.observer(environment).ifPresent(builder::observer);
    return builder;
  }

  /**
   * As {@link #builder}, for a command that sees by itself to the time that an answer may take:
   * sends wait for their confirmation as long as attempts to connect again go on, unless a setting
   * of its own limits that.
   */
  public StompClientBuilder outlastingBuilder(ReconnectPolicy unlessTold) {
    StompClientBuilder builder = builder(unlessTold);
    if (target().limitsDelivery()) {
      return builder;
    }
    Timeouts timeouts = builder.connectOptions().timeouts();
    return builder.timeouts(timeouts.withDelivery(NO_LIMIT));
  }

  private Map<String, String> credentials(Target target) {
    Map<String, String> credentials = new LinkedHashMap<>();
    String user = target.account().login();
    if (user != null) {
      credentials.put("login", user);
    }
    PasswordPlace place = target.account().password();
    if (place != null) {
      if (password == null) {
        password = read(place, user, target);
      }
      credentials.put("passcode", password);
    }
    return credentials;
  }

  private String read(PasswordPlace place, @Nullable String user, Target target) {
    try {
      return place.read(environment, whom(user, target.brokers().brokers().get(0)));
    } catch (Failure e) {
      throw e.withAdvice(target.account().origin());
    }
  }

  private static String whom(@Nullable String user, BrokerAddress broker) {
    String name = user != null ? user : broker.login().orElse("");
    return name.isEmpty() ? broker.toString() : name + " at " + broker;
  }

  /**
   * Connects.
   *
   * @param unlessTold what to do after a loss, unless options or URI say it
   * @param listener hears of losses and recoveries
   * @throws Failure if there is no connection
   */
  public StompClient connect(ReconnectPolicy unlessTold, Consumer<StateChange> listener) {
    return connect(builder(unlessTold).onStateChange(listener));
  }

  /**
   * Connects with what a command has added to {@link #builder}.
   *
   * @throws Failure if there is no connection
   */
  public StompClient connect(StompClientBuilder builder) {
    try {
      return builder.connect();
    } catch (StompException e) {
      throw ConnectFailures.of(e, target());
    }
  }

  /** How to reach the brokers connection by connection, without recovery. */
  public Endpoint endpoint() {
    ConnectOptions options = builder(ReconnectPolicy.never()).connectOptions();
    ClientObserver observer = trace.observer(environment).orElseGet(() -> new ClientObserver() {});
    return new Endpoint(target(), options, observer);
  }
}
