package io.stompbox.client;

import io.stompbox.client.transport.ProxyOptions;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Settings of a proxy, which belong together: its address and the login. */
final class ProxyText {
  private static final Pattern ADDRESS =
      Pattern.compile("(http|socks5)://(?:\\[([^\\]]+)]|([^:/@]+)):(\\d{1,5})");

  private @Nullable Matcher address;
  private @Nullable String login;
  private String password = "";

  void address(String text) {
    Matcher parts = ADDRESS.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "it must look like http://host:3128 or socks5://host:1080; login and password have"
              + " settings of their own");
    }
    address = parts;
  }

  void login(String text) {
    login = text;
  }

  void password(String text) {
    password = text;
  }

  /** Returns the proxy that all of them describe. */
  ProxyOptions options() {
    Matcher parts = address;
    if (parts == null) {
      throw new IllegalArgumentException(
          "'proxy.login' or 'proxy.password' is set, but not 'proxy'; set them in the same place");
    }
    String host = parts.group(2) != null ? parts.group(2) : parts.group(3);
    int port = Integer.parseInt(parts.group(4));
    Optional<ProxyOptions.Login> who =
        Optional.ofNullable(login).map(name -> new ProxyOptions.Login(name, password));
    return parts.group(1).equals("http")
        ? new ProxyOptions.HttpConnect(host, port, who)
        : new ProxyOptions.Socks5(host, port, who);
  }
}
