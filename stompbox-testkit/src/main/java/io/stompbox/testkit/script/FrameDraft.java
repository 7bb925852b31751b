package io.stompbox.testkit.script;

import io.stompbox.testkit.script.Arguments.Pair;
import java.io.ByteArrayOutputStream;
import java.util.Set;

/**
 * A frame that a script sends, exactly as it stands there: headers in their order, none added.
 * Names and values are escaped as STOMP 1.2 has it, except in CONNECTED.
 */
record FrameDraft(String command, Content content) {
  /** STOMP 1.2, "Value Encoding": these are not escaped, for the sake of STOMP 1.0. */
  private static final Set<String> UNESCAPED = Set.of("CONNECT", "CONNECTED");

  byte[] octets(Scope scope) {
    StringBuilder head = new StringBuilder(command).append('\n');
    for (Pair header : content.headers()) {
      head.append(written(header.name(), scope))
          .append(':')
          .append(written(header.value(), scope))
          .append('\n');
    }
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.writeBytes(Words.octets(head.append('\n').toString()));
    frame.writeBytes(Words.octets(scope.resolve(content.body())));
    frame.write(0);
    return frame.toByteArray();
  }

  private String written(String text, Scope scope) {
    String plain = scope.resolve(text);
    return UNESCAPED.contains(command)
        ? plain
        : plain.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace(":", "\\c");
  }
}
