package io.stompbox.cli.connection;

/** This machine, by the names that it has everywhere. */
public final class LocalHost {
  static final String NAME = "localhost";

  private LocalHost() {}

  /** Whether a host is this machine; names are not looked up, which the client does. */
  public static boolean isName(String host) {
    return host.equals(NAME)
        || host.startsWith("127.")
        || host.equals("::1")
        || host.equals("0:0:0:0:0:0:0:1");
  }
}
