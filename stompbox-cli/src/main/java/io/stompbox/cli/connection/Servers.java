package io.stompbox.cli.connection;

import io.stompbox.cli.context.Context;
import io.stompbox.cli.process.Failure;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.failover.FailoverUri;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Several URIs as one list to fail over in. */
final class Servers {
  /** A host without a scheme, and perhaps a port. */
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+(:\\d{1,5})?");

  private Servers() {}

  /** Reads URIs with blanks between them. */
  static FailoverUri parse(String text, Layer layer) {
    List<BrokerAddress> brokers = new ArrayList<>();
    Map<String, String> options = new LinkedHashMap<>();
    Map<String, String> settings = new LinkedHashMap<>();
    try {
      for (String one : Context.uris(text)) {
        FailoverUri uri = FailoverUri.parse(one, name -> !FailoverUri.optionNames().contains(name));
        SettingNames.check(uri, "it comes from " + layer.origin(Context.SERVER));
        brokers.addAll(uri.brokers());
        uri.options().forEach((name, value) -> add(options, name, value));
        uri.settings().forEach((name, value) -> add(settings, name, value));
      }
      return new FailoverUri(brokers, options, settings);
    } catch (IllegalArgumentException e) {
      String origin = "it comes from " + layer.origin(Context.SERVER);
      String message = String.valueOf(e.getMessage());
      throw HOST.matcher(text).matches()
          ? Failure.usage(message, "did you mean stomp://" + withPort(text) + "?", origin)
          : Failure.usage(message, origin);
    }
  }

  private static String withPort(String host) {
    return host.contains(":") ? host : host + ":61613";
  }

  private static void add(Map<String, String> known, String name, String value) {
    String before = known.putIfAbsent(name, value);
    if (before != null && !before.equals(value)) {
      throw new IllegalArgumentException("two URIs differ in the option '" + name + "'");
    }
  }
}
