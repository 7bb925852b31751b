package io.stompbox.cli.connection;

import io.stompbox.cli.process.ExitCode;
import io.stompbox.client.BrokerErrorException;
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
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Why there is no connection to one broker, and what to do about it.
 *
 * @param settings the names of those that were made, as some advice is for those that were not
 */
record BrokerFailure(BrokerAddress broker, StompException thrown, Set<String> settings) {
  private static final String OWN_CERTIFICATE = "tls.certificate";

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
    if (reason instanceof UnknownHostException) {
      return List.of("check the host in --server, STOMPBOX_URI or the context");
    }
    if (reason instanceof SocketTimeoutException) {
      return List.of(
          "nothing answers there: check host, port and firewalls; --timeout sets how long to wait");
    }
    if (hasHungUp() && !isAlert(reason)) {
      return afterHangUp();
    }
    return reason instanceof SSLException
        ? List.of(afterTls(reason))
        : PlaceAdvice.afterNobody(broker, thrown.getMessage());
  }

  /**
   * A broker that wants a certificate makes TLS 1.3 without one and hangs up then, and its alert
   * comes too late for what is written meanwhile.
   */
  private List<String> afterHangUp() {
    List<String> stranger = PlaceAdvice.afterStranger(broker.scheme());
    return broker.scheme() == Scheme.TLS && !settings.contains(OWN_CERTIFICATE)
        ? List.of(
            "the broker may want a certificate: --tls-cert FILE and --tls-key FILE",
            stranger.get(0))
        : stranger;
  }

  private static boolean isAlert(@Nullable IOException reason) {
    return reason instanceof SSLException
        && String.valueOf(reason.getMessage()).contains("fatal alert");
  }

  private boolean hasHungUp() {
    return thrown.getMessage().contains("hung up");
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
    if (message.contains("certificate_required") || message.contains("bad_certificate")) {
      return settings.contains(OWN_CERTIFICATE)
          ? "the broker does not take the certificate of --tls-cert: does it trust who issued it?"
          : "the broker wants a certificate: --tls-cert FILE and --tls-key FILE";
    }
    if (message.contains("No subject alternative") || message.contains("No name matching")) {
      return "use a host name of the certificate in the URI, or --set tls.serverName=NAME";
    }
    return "does the port speak TLS? --insecure shows whether the certificate is the reason";
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
