package io.stompbox.cli.connection;

import io.stompbox.cli.process.ExitCode;
import io.stompbox.client.BrokerErrorException;
import io.stompbox.client.ConnectionLostException;
import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.client.StompTimeoutException;
import io.stompbox.client.transport.UnexpectedPeerException;
import io.stompbox.client.transport.UnexpectedPeerException.Sign;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.failover.Scheme;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import io.stompbox.protocol.frame.StompException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Why there is no connection to one broker, and what to do about it.
 *
 * @param settings the names of those that were made, as some advice is for those that were not
 */
record BrokerFailure(BrokerAddress broker, StompException thrown, Set<String> settings) {
  private static final String OWN_CERTIFICATE = "tls.certificate";
  private static final String PROXY = "proxy";

  /** What a peer says when it ends TLS, in Java's words. */
  private static final Pattern ALERT = Pattern.compile("fatal alert: (\\w+)");

  /** The alerts of a broker to which the certificate that it was shown, or none, is not enough. */
  private static final Set<String> OF_OWN_CERTIFICATE =
      Set.of(
          "certificate_required",
          "bad_certificate",
          "unsupported_certificate",
          "certificate_revoked",
          "certificate_expired",
          "certificate_unknown",
          "unknown_ca",
          "access_denied");

  /** Those that say most come first. */
  enum Kind {
    /** The broker said no. */
    REFUSAL,
    /** Something is there that does not speak what the scheme of the address says. */
    OTHER_PROTOCOL,
    OTHER
  }

  Kind kind() {
    if (code() == ExitCode.REFUSED) {
      return Kind.REFUSAL;
    }
    return OtherProtocol.advice(this).isEmpty() ? Kind.OTHER : Kind.OTHER_PROTOCOL;
  }

  /** Whoever takes a connection and is silent then has let time run out, in each scheme. */
  ExitCode code() {
    if (thrown instanceof BrokerErrorException || isVersion()) {
      return ExitCode.REFUSED;
    }
    boolean isSilence =
        sign()
            .filter(sign -> sign == Sign.SILENT_TO_TLS || sign == Sign.SILENT_TO_HTTP)
            .isPresent();
    return isSilence || thrown instanceof StompTimeoutException
        ? ExitCode.TIMED_OUT
        : ExitCode.CANNOT_CONNECT;
  }

  private boolean isVersion() {
    return thrown instanceof ProtocolException broken && broken.fault() == Fault.VERSION_MISMATCH;
  }

  /** By what a peer showed that it speaks something else; empty if it did not. */
  Optional<Sign> sign() {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnexpectedPeerException peer) {
        return Optional.of(peer.sign());
      }
    }
    return Optional.empty();
  }

  String sentence() {
    return thrown instanceof ProtocolException && !isVersion()
        ? "no STOMP broker at " + broker + ": " + thrown.getMessage()
        : thrown.getMessage();
  }

  /** A line or two. */
  List<String> advice() {
    if (thrown instanceof BrokerErrorException refusal) {
      return List.of(afterRefusal(refusal));
    }
    if (isVersion()) {
      return List.of(otherVersion());
    }
    List<String> other = OtherProtocol.advice(this);
    if (!other.isEmpty()) {
      return other;
    }
    if (thrown instanceof StompTimeoutException) {
      return List.of("--timeout sets how long to wait");
    }
    return thrown instanceof ProtocolException
        ? PlaceAdvice.afterStranger(broker.scheme())
        : afterNoConnection();
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

  static boolean isAboutVirtualHost(BrokerErrorException refusal) {
    String words = refusal.brokerWords().toLowerCase(Locale.ROOT);
    return words.contains("virtual host") || words.contains("vhost");
  }

  private static String otherVersion() {
    return "--protocol auto offers all versions of STOMP";
  }

  private List<String> afterNoConnection() {
    IOException reason = reason();
    boolean isOfBroker = hasHungUp() || reason instanceof SSLException;
    if (settings.contains(PROXY) && !isOfBroker) {
      return List.of("the way leads through a proxy: check --set proxy=URI");
    }
    if (reason instanceof UnknownHostException) {
      return List.of("check the host in --server, STOMPBOX_URI or the context");
    }
    if (reason instanceof SocketTimeoutException) {
      return List.of(
          "nothing answers there: check host, port and firewalls; --timeout sets how long to wait");
    }
    if (hasHungUp() && alert(reason).isEmpty()) {
      return afterHangUp();
    }
    return reason instanceof SSLException
        ? List.of(afterTls(reason))
        : PlaceAdvice.afterNobody(broker, thrown.getMessage());
  }

  /**
   * A broker that wants a certificate makes TLS 1.3 without one, or with another, and hangs up
   * then, and its alert comes too late for what is written meanwhile.
   */
  private List<String> afterHangUp() {
    List<String> stranger = PlaceAdvice.afterStranger(broker.scheme());
    if (broker.scheme() != Scheme.TLS) {
      return stranger;
    }
    return List.of(
        settings.contains(OWN_CERTIFICATE)
            ? "the broker may not take the certificate that it is shown (tls.certificate)"
            : "the broker may want a certificate: --tls-cert FILE and --tls-key FILE",
        stranger.get(0));
  }

  private static Optional<String> alert(@Nullable IOException reason) {
    return reason instanceof SSLException
        ? ALERT
            .matcher(String.valueOf(reason.getMessage()))
            .results()
            .map(found -> found.group(1))
            .findFirst()
        : Optional.empty();
  }

  /** Whether the way to the broker was open: CONNECT may have got there. */
  private boolean hasHungUp() {
    return thrown instanceof ConnectionLostException lost && lost.sent() == Sent.UNKNOWN;
  }

  /** Whether it looks as if no program listens, for a reason that says no more. */
  boolean isNobodyThere() {
    return advice().equals(PlaceAdvice.afterNobody(broker, thrown.getMessage()));
  }

  private @Nullable IOException reason() {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException reason) {
        return reason;
      }
    }
    return null;
  }

  private String afterTls(IOException reason) {
    String message = Objects.requireNonNullElse(reason.getMessage(), "");
    if (isCausedBy(CertificateExpiredException.class)) {
      return "let whoever runs the broker renew it; --insecure goes on without checking it";
    }
    if (isCausedBy(CertificateNotYetValidException.class)) {
      return "is the clock of this machine right? --insecure goes on without checking it";
    }
    if (message.contains("PKIX") || message.contains("certification path")) {
      return "nobody that is trusted vouches for the broker's certificate; --tls-ca FILE names who"
          + " does";
    }
    Optional<String> alert = alert(reason);
    if (alert.isPresent()) {
      return afterAlert(alert.get());
    }
    if (message.contains("No subject alternative") || message.contains("No name matching")) {
      return "use a host name of the certificate in the URI, or --set tls.serverName=NAME";
    }
    return "does the port speak TLS? --insecure shows whether the certificate is the reason";
  }

  private String afterAlert(String alert) {
    if (!OF_OWN_CERTIFICATE.contains(alert)) {
      return "the broker speaks TLS and has ended it: its log may say why";
    }
    return settings.contains(OWN_CERTIFICATE)
        ? "the broker does not take the certificate that it is shown (tls.certificate): does it"
            + " trust who issued it?"
        : "the broker wants a certificate: --tls-cert FILE and --tls-key FILE";
  }

  private boolean isCausedBy(Class<? extends Throwable> type) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
