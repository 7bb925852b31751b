package io.stompbox.protocol.codec;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the line that a frame starts with. */
final class CommandLine {
  private static final byte[] MESSAGE = {'M', 'E', 'S', 'S', 'A', 'G', 'E'};

  private CommandLine() {}

  /**
   * Returns the command in [from, to), a line without its end. Most frames that a client decodes
   * are a MESSAGE, so that is looked for first.
   */
  static Command parse(byte[] line, int from, int to) {
    if (to - from == 7 && line[from] == 'M' && line[from + 1] == 'E' && isMessage(line, from)) {
      return Command.MESSAGE;
    }
    for (int i = from; i < to; i++) {
      if (line[i] <= ' ' || line[i] >= 0x7f || line[i] == ':') {
        throw bad(line, from, to, "");
      }
    }
    return Command.of(new String(line, from, to - from, StandardCharsets.US_ASCII));
  }

  static ProtocolException bad(byte[] line, int from, int to, String and) {
    return new ProtocolException(
        Fault.BAD_COMMAND,
        "a command must be visible ASCII characters without ':', but the line is "
            + Shown.upToColon(line, from, to)
            + and);
  }

  private static boolean isMessage(byte[] line, int from) {
    return Arrays.equals(line, from, from + MESSAGE.length, MESSAGE, 0, MESSAGE.length);
  }
}
