package io.stompbox.protocol.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Header names of the specifications and of the known brokers, shared by all frames. */
final class KnownNames {
  private static final String[] NAMES = {
    "accept-version",
    "ack",
    "breadcrumbId",
    "content-length",
    "content-type",
    "correlation-id",
    "destination",
    "destination-type",
    "expires",
    "heart-beat",
    "host",
    "id",
    "login",
    "message",
    "message-id",
    "passcode",
    "persistent",
    "priority",
    "receipt",
    "receipt-id",
    "redelivered",
    "reply-to",
    "selector",
    "server",
    "session",
    "subscription",
    "timestamp",
    "transaction",
    "type",
    "user-id",
    "version"
  };

  /** By length, since that tells most names apart. */
  private static final List<List<Name>> BY_LENGTH = byLength();

  private static final class Name {
    private final String text;
    private final byte[] octets;

    Name(String text) {
      this.text = text;
      this.octets = text.getBytes(StandardCharsets.US_ASCII);
    }
  }

  private KnownNames() {}

  /** Returns the shared String of the name in [from, to), or null if it is not a known one. */
  static @Nullable String find(byte[] line, int from, int to) {
    int length = to - from;
    if (length >= BY_LENGTH.size()) {
      return null;
    }
    for (Name name : BY_LENGTH.get(length)) {
      if (Arrays.equals(line, from, to, name.octets, 0, length)) {
        return name.text;
      }
    }
    return null;
  }

  private static List<List<Name>> byLength() {
    List<List<Name>> table = new ArrayList<>();
    for (String text : NAMES) {
      while (table.size() <= text.length()) {
        table.add(new ArrayList<>());
      }
      table.get(text.length()).add(new Name(text));
    }
    return table;
  }
}
