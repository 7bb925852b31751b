package io.stompbox.cli.connection;

import io.stompbox.cli.context.Context;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.client.BrokerErrorException;
import io.stompbox.client.ConnectionLostException;
import io.stompbox.client.StompTimeoutException;
import io.stompbox.protocol.failover.FailoverUri;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import io.stompbox.protocol.frame.StompException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What to say when there is no connection. */
final class ConnectFailures {
  private static final List<String> IS_IT_THERE =
      List.of(
          "is a broker running there, and is STOMP enabled on this port?",
          "ActiveMQ and RabbitMQ use 61613; 61614 is often TLS: try stomp+ssl://");
  private static final List<String> IS_IT_STOMP =
      List.of("is it a STOMP port? ActiveMQ and RabbitMQ use 61613; for TLS try stomp+ssl://");

  private static final FailoverUri DEFAULT = FailoverUri.parse(LayerSources.DEFAULT_URI);
  private static final List<String> NO_BROKER_HERE =
      List.of(IS_IT_THERE.get(0), "`stompbox broker` starts one; --server names another");

  private ConnectFailures() {}

  /** Names besides where the values come from that may be wrong. */
  static Failure of(StompException thrown, Target target) {
    Failure failure = of(thrown, target.brokers());
    return failure.code() == ExitCode.INTERRUPTED
        ? failure
        : withAdvice(failure, originFor(thrown, target));
  }

  /** Returns it with one more line of advice, if there is one. */
  static Failure withAdvice(Failure failure, Optional<String> line) {
    return line.isEmpty()
        ? failure
        : new Failure(
            failure.code(),
            String.valueOf(failure.getMessage()),
            Stream.concat(failure.advice().stream(), line.stream()).toList(),
            failure.getCause());
  }

  private static Optional<String> originFor(StompException thrown, Target target) {
    Optional<String> ofServer = target.origin(Context.SERVER);
    if (thrown instanceof BrokerErrorException refusal) {
      return isAboutVirtualHost(refusal)
          ? target
              .origin("virtualHost")
              .or(() -> ofServer)
              .map(place -> "the virtual host comes from " + place)
          : target.account().origin();
    }
    return ofServer.map(place -> "the address comes from " + place);
  }

  static Failure of(StompException thrown, FailoverUri brokers) {
    if (isInterruption(thrown)) {
      return new Failure(ExitCode.INTERRUPTED, "interrupted while connecting", List.of(), thrown);
    }
    String message = Objects.requireNonNullElse(thrown.getMessage(), "cannot connect");
    if (thrown instanceof BrokerErrorException refusal) {
      return new Failure(ExitCode.REFUSED, message, List.of(afterRefusal(refusal)), thrown);
    }
    List<String> other = OtherProtocol.advice(thrown, brokers);
    if (thrown instanceof StompTimeoutException) {
      return new Failure(
          ExitCode.TIMED_OUT,
          message,
          other.isEmpty() ? List.of("--timeout sets how long to wait") : other,
          thrown);
    }
    if (thrown instanceof ProtocolException broken) {
      return broken.fault() == Fault.VERSION_MISMATCH
          ? new Failure(ExitCode.REFUSED, message, List.of(otherVersion()), thrown)
          : new Failure(
              ExitCode.CANNOT_CONNECT,
              "no STOMP broker at " + brokers.brokers().get(0) + ": " + message,
              other.isEmpty() ? IS_IT_STOMP : other,
              thrown);
    }
    if (thrown instanceof ConnectionLostException) {
      return new Failure(
          ExitCode.CANNOT_CONNECT,
          message,
          other.isEmpty() ? afterNoConnection(thrown, brokers) : other,
          thrown);
    }
    return Failure.of(thrown);
  }

  /** Who interrupts connecting finds the thread still interrupted. */
  private static boolean isInterruption(Throwable thrown) {
    if (Thread.currentThread().isInterrupted()) {
      return true;
    }
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (Failure.isInterruption(cause)) {
        return true;
      }
    }
    return false;
  }

  private static String afterRefusal(BrokerErrorException refusal) {
    String words = refusal.brokerWords().toLowerCase(Locale.ROOT);
    if (isAboutVirtualHost(refusal)) {
      return "choose the virtual host with --vhost or in the URI: stomp://host:61613/ selects '/'";
    }
    if (words.contains("version")) {
      return otherVersion();
    }
    return "set the user with -u and --ask-password, --password-env or --password-file, or in a"
        + " context";
  }

  private static boolean isAboutVirtualHost(BrokerErrorException refusal) {
    String words = refusal.brokerWords().toLowerCase(Locale.ROOT);
    return words.contains("virtual host") || words.contains("vhost");
  }

  private static String otherVersion() {
    return "--protocol auto offers all versions of STOMP";
  }

  private static List<String> afterNoConnection(StompException thrown, FailoverUri brokers) {
    IOException reason = reasonOf(thrown);
    if (reason instanceof UnknownHostException) {
      return List.of("check the host in --server, STOMPBOX_URI or the context");
    }
    if (reason instanceof SocketTimeoutException) {
      return List.of(
          "nothing answers there: check host, port and firewalls; --timeout sets how long to wait");
    }
    if (reason instanceof SSLException) {
      return List.of(afterTls(reason));
    }
    String message = Objects.requireNonNullElse(thrown.getMessage(), "");
    if (message.contains("hung up")) {
      return IS_IT_STOMP;
    }
    return brokers.equals(DEFAULT) ? NO_BROKER_HERE : IS_IT_THERE;
  }

  private static @Nullable IOException reasonOf(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException reason) {
        return reason;
      }
    }
    return null;
  }

  private static String afterTls(IOException reason) {
    String message = Objects.requireNonNullElse(reason.getMessage(), "");
    if (message.contains("PKIX") || message.contains("certification path")) {
      return "nobody that is trusted vouches for the broker's certificate; --tls-ca FILE names who"
          + " does";
    }
    if (message.contains("certificate_required") || message.contains("bad_certificate")) {
      return "the broker wants a certificate: --tls-cert FILE and --tls-key FILE";
    }
    if (message.contains("No subject alternative") || message.contains("No name matching")) {
      return "use a host name of the certificate in the URI, or --set tls.serverName=NAME";
    }
    return "does the port speak TLS? --insecure shows whether the certificate is the reason";
  }
}
