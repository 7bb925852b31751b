package io.stompbox.client.transport;

import java.util.Arrays;

/** Versions of TLS, oldest first. Those before 1.2 are broken (RFC 8996) and not spoken. */
public enum TlsVersion {
  /** TLS 1.2. */
  TLS_1_2("TLSv1.2"),
  /** TLS 1.3. */
  TLS_1_3("TLSv1.3");

  /** As the JDK calls it. */
  private final String jdkName;

  TlsVersion(String jdkName) {
    this.jdkName = jdkName;
  }

  /** Returns the JDK's names of this version and those after it. */
  String[] andLater() {
    return Arrays.stream(values())
        .filter(version -> version.compareTo(this) >= 0)
        .map(version -> version.jdkName)
        .toArray(String[]::new);
  }
}
