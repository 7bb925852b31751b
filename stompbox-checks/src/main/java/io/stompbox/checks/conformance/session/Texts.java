package io.stompbox.checks.conformance.session;

import io.stompbox.checks.conformance.kit.CaseFormatException;
import io.stompbox.checks.conformance.kit.Escaped;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.Agreement;
import io.stompbox.protocol.session.SessionState;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the product says in its own types, in the words of case files. */
final class Texts {
  private Texts() {}

  /** Returns the versions of a list; a text that is no version is a mistake of the caller. */
  static Set<Version> versions(List<String> texts) {
    Set<Version> versions = new LinkedHashSet<>();
    for (String text : texts) {
      versions.add(Version.of(text).orElseThrow(() -> new UnknownVersion(text)));
    }
    return versions;
  }

  /** A version that the product's type can't express. */
  static final class UnknownVersion extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnknownVersion(String text) {
      super("there is no version " + text);
    }
  }

  /** Returns a CONNECTED frame; a 1.0 server names no version. */
  static Body connected(Version version, String more) {
    String line = version == Version.V1_0 ? "" : "version:" + version + "\\n";
    return Escaped.octets("CONNECTED\\n" + line + more + "\\n\\0");
  }

  static Map<String, @Nullable String> info(Agreement agreement) {
    Map<String, @Nullable String> info = new HashMap<>();
    info.put("version", agreement.version().text());
    info.put("session", agreement.session().orElse(null));
    info.put("server", agreement.server().orElse(null));
    info.put("server_name", agreement.serverName().orElse(null));
    info.put("server_version", agreement.serverVersion().orElse(null));
    return info;
  }

  /** Returns the category of a fault of the server as a failure of the session. */
  static String category(ProtocolException fault) {
    return fault.fault() == Fault.VERSION_MISMATCH ? "version-mismatch" : "protocol";
  }

  /**
   * Returns the category of a mistake of the caller.
   *
   * @param before where the session stood
   */
  static String category(RuntimeException thrown, SessionState before, Version version) {
    if (thrown instanceof IllegalFrameException illegal) {
      return category(illegal, version);
    }
    if (thrown instanceof UnknownVersion) {
      return "unknown-version";
    }
    if (thrown instanceof IllegalStateException) {
      return category(before, String.valueOf(thrown.getMessage()));
    }
    return thrown instanceof NullPointerException ? "null-header" : "threw " + thrown;
  }

  private static String category(SessionState before, String message) {
    return switch (before) {
      case DISCONNECTED, CONNECTING ->
          message.startsWith("CONNECT ") ? "already-connected" : "not-connected";
      case CONNECTED -> "already-connected";
      case DISCONNECTING -> "closing";
    };
  }

  /** Case files have a name of their own for what ACK lacks, and for NACK in 1.0. */
  private static String category(IllegalFrameException thrown, Version version) {
    String message = String.valueOf(thrown.getMessage());
    return switch (thrown.reason()) {
      case ALREADY_ACKNOWLEDGED -> "already-acked";
      case COMMAND_NOT_IN_VERSION ->
          message.contains("no NACK") ? "nack-not-supported" : "command-not-in-version";
      case MISSING_HEADER -> missing(message, version);
      case CRLF_NEEDS_1_2 -> "crlf-needs-1.2";
      default -> thrown.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
    };
  }

  private static String missing(String message, Version version) {
    if (!message.startsWith("the message has no header ")) {
      return "missing-header";
    }
    if (message.contains("'ack'") && version == Version.V1_2) {
      return "missing-ack-header";
    }
    return message.contains("'message-id'") ? "missing-message-id" : "missing-header";
  }

  /** Complains about a field that has another value than a runner can check. */
  static CaseFormatException cannot(String what) {
    return new CaseFormatException("this runner can't check " + what);
  }
}
