package io.stompbox.cli.context;

import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.Printable;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The contexts of a user: a properties file each, in a folder that only the user can look into, and
 * a file with the name of the selected one.
 */
public final class Contexts {
  /** As the name of a context: none, not even the selected one. */
  public static final String NONE = "none";

  private static final int LONGEST_ECHO = 100;
  private static final String SUFFIX = ".properties";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][-._A-Za-z0-9]{0,63}");

  private final PrivateFiles files;

  /** {@code variables} tell where the folder is: XDG_CONFIG_HOME, or else HOME. */
  public Contexts(Map<String, String> variables) {
    this.files = new PrivateFiles(folder(variables));
  }

  private static Path folder(Map<String, String> variables) {
    String configured = variables.getOrDefault("XDG_CONFIG_HOME", "");
    // The base directory specification wants relative paths to be ignored.
    if (!configured.isEmpty() && Path.of(configured).isAbsolute()) {
      return Path.of(configured, "stompbox");
    }
    String home = variables.getOrDefault("HOME", "");
    return Path.of(home.isEmpty() ? System.getProperty("user.home") : home, ".config", "stompbox");
  }

  /** The folder of the contexts, which may not be there. */
  public Path folder() {
    return files.folder().resolve("contexts");
  }

  /** A program that shows a file to its user, and returns when that is done. */
  @FunctionalInterface
  public interface Editor {
    /** Shows it. */
    void edit(Path file) throws InterruptedException;
  }

  /** Where the file of a context is, or would be. */
  public Path file(String name) {
    checkName(name);
    return folder().resolve(name + SUFFIX);
  }

  /** Refuses what is not the name of a context, such as a path. */
  public static void checkName(String name) {
    if (!NAME.matcher(name).matches() || name.equals(NONE)) {
      throw Failure.usage(
          "'" + name + "' can't be the name of a context",
          "it has letters, digits, '-', '_' and '.', begins with a letter or digit, and is not"
              + " 'none'");
    }
  }

  /** The names of all contexts, in the order of the alphabet. */
  public List<String> names() {
    Path folder = folder();
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(folder)) {
      TreeSet<String> names = new TreeSet<>();
      found
          .map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .filter(name -> NAME.matcher(name).matches() && !name.equals(NONE))
          .forEach(names::add);
      return List.copyOf(names);
    } catch (IOException | UncheckedIOException e) {
      throw Failure.usage("cannot look into " + folder + ": " + Failure.reasonOf(e));
    }
  }

  /** Whether there is a context of this name. */
  public boolean has(String name) {
    return Files.exists(file(name));
  }

  /**
   * Reads a context.
   *
   * @throws Failure if there is none, its file can't be read or has what is not known, or others
   *     may change it, or read a secret in it
   */
  public Context load(String name) {
    Path file = file(name);
    Context context = new Context(name, read(name, file, file));
    PrivateFiles.checkPrivate(file, context.hasSecrets());
    files.checkFolders(file);
    return context;
  }

  /** Returns the name, or that of the selected context if it is null. */
  public String nameOrSelected(@Nullable String name) {
    return name != null ? name : selected().orElseThrow(this::noneSelected);
  }

  private Failure noneSelected() {
    return names().isEmpty()
        ? Failure.usage(
            "there are no contexts", "stompbox context add NAME -s URI makes the first one")
        : Failure.usage(
            "no context is named, and none is selected",
            "stompbox context ls shows them, and stompbox context select NAME selects one");
  }

  /**
   * Lets an editor change a copy of a context, which takes its place if it can be read.
   *
   * @param check refuses a context that nobody could connect with
   */
  public void edit(String name, Editor editor, Consumer<Context> check)
      throws InterruptedException {
    Path file = file(name);
    Context before = load(name);
    Path copy = files.copy(file);
    try {
      editor.edit(copy);
      Context after = new Context(name, read(name, copy, file));
      check.accept(after);
      if (!after.equals(before)) {
        save(after);
      }
    } finally {
      files.delete(copy);
    }
  }

  /** Reads a file or a copy of it; {@code shown} is what failures call it. */
  private Map<String, String> read(String name, Path file, Path shown) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(PrivateFiles.read(file)));
    } catch (NoSuchFileException e) {
      throw Failure.usage(
          "there is no context '" + name + "'",
          names().isEmpty()
              ? "stompbox context add " + name + " -s URI makes it"
              : "known: " + String.join(", ", names()));
    } catch (IOException | IllegalArgumentException e) {
      throw Failure.usage("cannot read " + shown + ": " + Failure.reasonOf(e));
    }
    Map<String, String> values = new LinkedHashMap<>();
    new TreeSet<>(properties.stringPropertyNames())
        .forEach(key -> values.put(key, properties.getProperty(key).strip()));
    for (String key : values.keySet()) {
      if (!Context.isKnown(key)) {
        throw Failure.usage(
            shown + ": '" + Printable.excerpt(key, LONGEST_ECHO) + "' is not known",
            "known are "
                + String.join(", ", Context.OWN_NAMES)
                + " and the settings of docs/options.md");
      }
    }
    return values;
  }

  /** Writes a context, in one step: whoever reads gets the old one or the new one. */
  public void save(Context context) {
    StringBuilder text = new StringBuilder();
    context.values().forEach((name, value) -> text.append(line(name, value)).append('\n'));
    files.write(file(context.name()), text.toString());
  }

  /** {@link Properties} knows what has to be escaped, but not to leave the date out. */
  private static String line(String name, String value) {
    Properties one = new Properties();
    one.setProperty(name, value);
    StringWriter text = new StringWriter();
    try {
      one.store(text, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString().lines().filter(line -> !line.startsWith("#")).findFirst().orElseThrow();
  }

  /** Removes a context, and selects none if it was selected. */
  public void remove(String name) {
    Path file = file(name);
    if (!Files.exists(file)) {
      load(name);
    }
    if (selected().filter(name::equals).isPresent()) {
      select(Optional.empty());
    }
    files.delete(file);
  }

  /** The selected context, which counts where no other is named; empty if none is. */
  public Optional<String> selected() {
    Path file = selection();
    try {
      String name = Files.exists(file) ? PrivateFiles.read(file).strip() : "";
      if (!name.isEmpty()) {
        checkName(name);
      }
      return Optional.of(name).filter(text -> !text.isEmpty());
    } catch (IOException e) {
      throw Failure.usage("cannot read " + file + ": " + Failure.reasonOf(e));
    }
  }

  /** Selects a context that there is, or none. */
  public void select(Optional<String> name) {
    if (name.isPresent()) {
      files.write(selection(), load(name.get()).name() + "\n");
    } else {
      files.delete(selection());
    }
  }

  private Path selection() {
    return files.folder().resolve("context");
  }
}
