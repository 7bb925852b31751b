package io.stompbox.testkit;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads the frames of a client, octet by octet: slow, plain, and nothing like the codec. */
final class FrameReader {
  private final InputStream input;

  /** Whether a backslash stands for itself, as in STOMP 1.0. */
  private volatile boolean plain;

  FrameReader(InputStream input) {
    this.input = new BufferedInputStream(input);
  }

  /** From here on headers are those of this version. */
  void version(String version) {
    plain = version.equals("1.0");
  }

  /** Reads octets as they come, at least one; returns their number, or -1 at the end. */
  int read(byte[] buffer) throws IOException {
    return input.read(buffer);
  }

  /** Reads the next frame, skipping line ends before it; empty at the end of the stream. */
  Optional<Frame> next() throws IOException {
    int first = input.read();
    while (first == '\n' || first == '\r') {
      first = input.read();
    }
    if (first < 0) {
      return Optional.empty();
    }
    Command command = Command.of((char) first + line());
    Headers headers = headers(command);
    return Optional.of(new Frame(command, headers, body(headers)));
  }

  private Headers headers(Command command) throws IOException {
    Headers.Builder headers = Headers.builder();
    boolean raw = plain || command.isHandshake();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw new IOException("a header line of " + command + " has no ':': " + line);
      }
      String name = line.substring(0, colon);
      String value = line.substring(colon + 1);
      headers.add(raw ? name : unescape(name), raw ? value : unescape(value));
    }
    return headers.build();
  }

  private Body body(Headers headers) throws IOException {
    Optional<String> length = headers.value("content-length");
    if (length.isEmpty()) {
      return Body.of(until(0));
    }
    byte[] body = input.readNBytes(Integer.parseInt(length.get()));
    if (input.read() != 0) {
      throw new IOException("there is no NUL after the " + length.get() + " octets of the body");
    }
    return Body.of(body);
  }

  private String line() throws IOException {
    return new String(until('\n'), StandardCharsets.UTF_8);
  }

  private byte[] until(int end) throws IOException {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    for (int octet = input.read(); octet != end; octet = input.read()) {
      if (octet < 0) {
        throw new EOFException("the client left in the middle of a frame");
      }
      octets.write(octet);
    }
    return octets.toByteArray();
  }

  void expectEndOfLine() throws IOException {
    int octet = input.read();
    if (octet != '\n') {
      throw new IOException("expected an end of line, but the octet is " + octet);
    }
  }

  static String unescape(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      plain.append(c == '\\' ? meaning(text.charAt(++i)) : c);
    }
    return plain.toString();
  }

  private static char meaning(char letter) {
    return switch (letter) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 'c' -> ':';
      default -> letter;
    };
  }

  static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace(":", "\\c");
  }
}
