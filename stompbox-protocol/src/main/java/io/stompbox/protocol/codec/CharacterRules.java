package io.stompbox.protocol.codec;

import io.stompbox.protocol.codec.EncoderOptions.ConnectText;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Version;

/**
 * What becomes of each ASCII character of a header, by version and command. A rule is one of the
 * constants here, or else the letter of the character's escape.
 */
final class CharacterRules {
  static final byte PLAIN = 0;
  static final byte REFUSED = 1;

  /** Refused in names only: nothing marks where such a name would end. */
  static final byte REFUSED_IN_NAMES = 2;

  private final byte[] plain;
  private final byte[] connect;
  private final byte[] connected;

  CharacterRules(Version version, ConnectText connectText) {
    this.plain = plain(version);
    this.connected = handshake();
    this.connect = connectText == ConnectText.RAW ? connected : escapedHandshake();
  }

  /** Returns the rules for frames of a command, by character; not to be changed. */
  byte[] of(Command command) {
    if (!command.isHandshake()) {
      return plain;
    }
    return command.equals(Command.CONNECTED) ? connected : connect;
  }

  private static byte[] plain(Version version) {
    byte[] table = new byte[128];
    if (version == Version.V1_0) {
      table['\n'] = REFUSED;
      table[0] = REFUSED;
      table[':'] = REFUSED_IN_NAMES;
      return table;
    }
    table['\\'] = '\\';
    table['\n'] = 'n';
    table[':'] = 'c';
    if (version == Version.V1_2) {
      table['\r'] = 'r';
    }
    return table;
  }

  /** Nothing is escaped in the handshake, so a line end in a value would plant a header. */
  private static byte[] handshake() {
    byte[] table = new byte[128];
    table['\n'] = REFUSED;
    table['\r'] = REFUSED;
    table[0] = REFUSED;
    table[':'] = REFUSED_IN_NAMES;
    return table;
  }

  private static byte[] escapedHandshake() {
    byte[] table = plain(Version.V1_2);
    table[0] = REFUSED;
    return table;
  }
}
