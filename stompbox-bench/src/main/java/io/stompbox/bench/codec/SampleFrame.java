package io.stompbox.bench.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A frame as an application knows it: Strings and an array. Written without the codecs it judges.
 */
public final class SampleFrame {
  private final String command;
  private final List<Entry> headers;
  private final byte[] body;

  SampleFrame(String command, List<Entry> headers, byte[] body) {
    this.command = command;
    this.headers = List.copyOf(headers);
    this.body = body;
  }

  /** One header. */
  public record Entry(String name, String value) {}

  /** The command. */
  public String command() {
    return command;
  }

  /** The headers in their order; no name comes twice. */
  public List<Entry> headers() {
    return headers;
  }

  /** The body, which is the array itself: not to be changed. */
  public byte[] body() {
    return body;
  }

  /** Returns the headers in a fresh map, as libraries with maps want them. */
  public Map<String, String> headerMap() {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < headers.size(); i++) {
      Entry header = headers.get(i);
      map.put(header.name(), header.value());
    }
    return map;
  }

  /** Returns the frame as STOMP 1.2 has it, with LF at line ends and nothing behind the NUL. */
  public byte[] wire() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 512);
    put(out, command + "\n");
    headers.forEach(h -> put(out, escaped(h.name()) + ":" + escaped(h.value()) + "\n"));
    put(out, "\n");
    out.writeBytes(body);
    out.write(0);
    return out.toByteArray();
  }

  private static void put(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace(":", "\\c");
  }

  /** Collects the headers of a sample. */
  static final class Builder {
    private final List<Entry> entries = new ArrayList<>();

    Builder add(String name, Object value) {
      entries.add(new Entry(name, value.toString()));
      return this;
    }

    SampleFrame build(String command, byte[] body) {
      return new SampleFrame(command, Collections.unmodifiableList(entries), body);
    }
  }
}
