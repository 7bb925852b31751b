package io.stompbox.cli.connection;

import io.stompbox.cli.context.Context;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How TLS is made, where the URI asks for it. */
final class TlsFlags {
  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      description = "PEM file of those who may vouch for the broker. Default: those of Java")
  private @Nullable String authorities;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "PEM file of the certificate to show to the broker.")
  private @Nullable String certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "PEM file of its private key, if that is not in the same file.")
  private @Nullable String key;

  @Option(
      names = "--insecure",
      description = "Let anybody pass for the broker: check neither certificate nor host name.")
  private boolean insecure;

  void addTo(Map<String, String> values) {
    put(values, "tls.trust", authorities);
    put(values, "tls.certificate", certificate);
    put(values, "tls.key", key);
    if (insecure) {
      values.put(Context.INSECURE, "true");
    }
  }

  private static void put(Map<String, String> values, String name, @Nullable String value) {
    if (value != null) {
      values.put(name, value);
    }
  }
}
