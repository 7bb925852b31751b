package io.stompbox.cli.connection;

import io.stompbox.cli.context.Context;
import io.stompbox.cli.process.Failure;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.failover.FailoverUri;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Several URIs as one list to fail over in. */
final class Servers {
  private Servers() {}

  /** Reads URIs with blanks between them. */
  static FailoverUri parse(String text, Layer layer) {
    List<BrokerAddress> brokers = new ArrayList<>();
    Map<String, String> options = new LinkedHashMap<>();
    Map<String, String> settings = new LinkedHashMap<>();
    try {
      for (String one : Context.uris(text)) {
        FailoverUri uri = FailoverUri.parse(one, name -> !FailoverUri.optionNames().contains(name));
        brokers.addAll(uri.brokers());
        uri.options().forEach((name, value) -> add(options, name, value));
        uri.settings().forEach((name, value) -> add(settings, name, value));
      }
      return new FailoverUri(brokers, options, settings);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(
          String.valueOf(e.getMessage()), "it comes from " + layer.origin(Context.SERVER));
    }
  }

  private static void add(Map<String, String> known, String name, String value) {
    String before = known.putIfAbsent(name, value);
    if (before != null && !before.equals(value)) {
      throw new IllegalArgumentException("two URIs differ in the option '" + name + "'");
    }
  }
}
