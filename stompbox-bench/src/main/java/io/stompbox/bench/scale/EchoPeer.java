package io.stompbox.bench.scale;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;

/**
 * A broker for one connection, which gives each SEND back to the last subscription while it still
 * comes, and holds nothing of its body.
 */
final class EchoPeer implements AutoCloseable {
  private static final int PIECE = 1 << 16;

  private final ServerSocket server;
  private final byte[] piece = new byte[PIECE];
  private String subscription = "";

  private EchoPeer(ServerSocket server) {
    this.server = server;
  }

  static EchoPeer start() throws IOException {
    EchoPeer peer = new EchoPeer(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    Thread thread = new Thread(peer::serve, "echo");
    thread.setDaemon(true);
    thread.start();
    return peer;
  }

  int port() {
    return server.getLocalPort();
  }

  private void serve() {
    try (Socket socket = server.accept()) {
      InputStream input = new BufferedInputStream(socket.getInputStream(), PIECE);
      OutputStream output = socket.getOutputStream();
      while (true) {
        handle(input, output);
      }
    } catch (IOException ended) {
      // The client has left, or this was closed; what is missing then, it finds out itself.
    }
  }

  private void handle(InputStream input, OutputStream output) throws IOException {
    Map<String, String> headers = new HashMap<>();
    String command = readHead(input, headers);
    long length = Long.parseLong(headers.getOrDefault("content-length", "0"));
    if (command.equals("SEND")) {
      write(
          output,
          "MESSAGE\nsubscription:"
              + subscription
              + "\nmessage-id:1\nack:1\ndestination:/queue/echo\ncontent-length:"
              + length
              + "\n\n");
      copy(input, output, length);
      write(output, "\0");
    } else if (command.equals("SUBSCRIBE")) {
      subscription = headers.getOrDefault("id", "");
    } else if (command.equals("CONNECT")) {
      write(output, "CONNECTED\nversion:1.2\nheart-beat:0,0\n\n\0");
    }
    if (input.read() != 0) {
      throw new IOException(command + " has no end");
    }
    if (headers.containsKey("receipt")) {
      write(output, "RECEIPT\nreceipt-id:" + headers.get("receipt") + "\n\n\0");
    }
  }

  private static String readHead(InputStream input, Map<String, String> headers)
      throws IOException {
    String command = readLine(input);
    while (command.isEmpty()) {
      command = readLine(input);
    }
    for (String line = readLine(input); !line.isEmpty(); line = readLine(input)) {
      int colon = line.indexOf(':');
      headers.putIfAbsent(line.substring(0, colon), line.substring(colon + 1));
    }
    return command;
  }

  private static String readLine(InputStream input) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = input.read(); octet != '\n'; octet = input.read()) {
      if (octet < 0) {
        throw new EOFException("the client has left");
      }
      line.write(octet);
    }
    return line.toString(UTF_8);
  }

  private void copy(InputStream input, OutputStream output, long length) throws IOException {
    for (long left = length; left > 0; ) {
      int count = input.read(piece, 0, (int) Math.min(PIECE, left));
      if (count < 0) {
        throw new EOFException("the body was cut");
      }
      output.write(piece, 0, count);
      left -= count;
    }
  }

  private static void write(OutputStream output, String text) throws IOException {
    output.write(text.getBytes(UTF_8));
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
