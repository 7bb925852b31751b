package io.stompbox.bench.report;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Records as lines of JSON, an object on each, so that a run that was stopped has left what it had.
 *
 * @param <R> has components of String, long and double only
 */
public final class JsonLines<R extends Record> {
  private static final JsonFactory JSON = new JsonFactory();

  private final Class<R> type;

  public JsonLines(Class<R> type) {
    this.type = type;
  }

  /** Returns a record as one line, without its end. */
  public String line(R values) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), line)) {
      json.writeStartObject();
      for (RecordComponent component : type.getRecordComponents()) {
        Method accessor = component.getAccessor();
        accessor.setAccessible(true); // the records are those of other packages alone
        write(json, component.getName(), accessor.invoke(values));
      }
      json.writeEndObject();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("can't read " + values, e);
    }
    return line.toString();
  }

  private static void write(JsonGenerator json, String name, Object value) {
    if (value instanceof String text) {
      json.writeStringProperty(name, text);
    } else if (value instanceof Long number) {
      json.writeNumberProperty(name, number);
    } else if (value instanceof Double number) {
      json.writeNumberProperty(name, number);
    } else {
      throw new IllegalStateException("'" + name + "' has a type that is not written: " + value);
    }
  }

  /** Adds a line to a file. */
  public void append(Path file, R values) throws IOException {
    Files.writeString(
        file, line(values) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Makes the folder of a file, and removes what an earlier run has left. */
  public static void start(Path file) throws IOException {
    makeFolderOf(file);
    Files.deleteIfExists(file);
  }

  /**
   * Makes the folder of a file.
   *
   * @throws IllegalArgumentException if it can't be
   */
  public static void makeFolderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    try {
      if (folder != null) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("can't make the folder of " + file + ": " + e, e);
    }
  }

  /**
   * Refuses raw results that are not there.
   *
   * @throws IllegalArgumentException if it is no file that may be read
   */
  public static void check(Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new IllegalArgumentException(
          "there are no raw results in " + file + "; measure first, or name others with raw=FILE");
    }
  }

  /** Returns what the lines of a file say. */
  public List<R> read(Path file) throws IOException {
    List<R> all = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      all.add(parse(line));
    }
    return all;
  }

  /**
   * Returns what a line says.
   *
   * @throws IllegalArgumentException if it lacks something
   */
  public R parse(String line) {
    Map<String, String> texts = texts(line);
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = value(types[i], components[i].getName(), texts);
    }
    try {
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("can't make a " + type + " of " + Arrays.toString(values), e);
    }
  }

  private static Object value(Class<?> type, String name, Map<String, String> texts) {
    @Nullable String text = texts.get(name);
    if (text == null) {
      throw new IllegalArgumentException("a line of raw results has no '" + name + "'");
    }
    if (type == long.class) {
      return Long.parseLong(text);
    }
    return type == double.class ? (Object) Double.parseDouble(text) : text;
  }

  private static Map<String, String> texts(String line) {
    Map<String, String> values = new HashMap<>();
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), line)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token.isScalarValue()) {
          values.put(json.currentName(), json.getString());
        }
      }
    }
    return values;
  }
}
