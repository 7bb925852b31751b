package io.stompbox.client;

import io.stompbox.client.transport.TlsOptions;
import io.stompbox.client.transport.TlsVersion;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings of TLS, which belong together: files and their passwords. */
final class TlsText {
  private static final Map<String, TlsVersion> VERSIONS =
      Map.of("1.2", TlsVersion.TLS_1_2, "1.3", TlsVersion.TLS_1_3);

  private @Nullable Path trust;
  private char[] trustPassword = {};
  private @Nullable Path certificate;
  private @Nullable Path key;
  private char[] keyPassword = {};
  private @Nullable String serverName;
  private @Nullable TlsVersion minimum;

  void trust(String file) {
    trust = Path.of(file);
  }

  void trustPassword(String text) {
    trustPassword = text.toCharArray();
  }

  void certificate(String file) {
    certificate = Path.of(file);
  }

  void key(String file) {
    key = Path.of(file);
  }

  void keyPassword(String text) {
    keyPassword = text.toCharArray();
  }

  void serverName(String name) {
    serverName = name;
  }

  void minimum(String version) {
    minimum = SettingText.oneOf(VERSIONS, version);
  }

  /** Returns {@code options} with what was set. */
  TlsOptions on(TlsOptions options) {
    checkFiles();
    TlsOptions result = options;
    if (trust != null) {
      result =
          isPkcs12(trust)
              ? result.withTrustFromPkcs12(trust, trustPassword)
              : result.withTrustFromPem(trust);
    }
    if (certificate != null) {
      result = withCertificate(result, certificate);
    }
    result = serverName == null ? result : result.withServerName(serverName);
    return minimum == null ? result : result.withMinimum(minimum);
  }

  /** Files are read at once, so what belongs to one that comes later would never be looked at. */
  private void checkFiles() {
    if (certificate == null && key != null) {
      throw new IllegalArgumentException(
          "'tls.key' is set to " + key + ", but 'tls.certificate' is not");
    }
    if (certificate == null && keyPassword.length > 0) {
      throw new IllegalArgumentException(
          "'tls.keyPassword' is set, but 'tls.certificate' is not; set them in the same place");
    }
    if (trust == null && trustPassword.length > 0) {
      throw new IllegalArgumentException(
          "'tls.trustPassword' is set, but 'tls.trust' is not; set them in the same place");
    }
  }

  private TlsOptions withCertificate(TlsOptions options, Path file) {
    if (isPkcs12(file)) {
      return options.withCertificateFromPkcs12(file, keyPassword);
    }
    Path own = key == null ? file : key;
    return keyPassword.length == 0
        ? options.withCertificateFromPem(file, own)
        : options.withCertificateFromPem(file, own, keyPassword);
  }

  private static boolean isPkcs12(Path file) {
    String name = file.toString();
    return name.endsWith(".p12") || name.endsWith(".pfx");
  }
}
