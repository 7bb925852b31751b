package io.stompbox.checks.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.testkit.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The pages for those who know another client: their programs run, the code in their tables
 * compiles, and what they name exists.
 */
class ComingFromTest {
  private static final Path PAGES = Path.of("..", "docs", "coming-from");
  private static final Pattern PROGRAM =
      Pattern.compile(
          "```java\\n(import .*?public class (\\w+) .*?)```\\n\\nprints\\n\\n```\\n(.*?)```",
          Pattern.DOTALL);
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern NAME = Pattern.compile("(\\p{Upper}\\w*)(?:\\.(\\w+))?");

  private static final List<String> PACKAGES =
      List.of(
          "io.stompbox.client",
          "io.stompbox.client.listener",
          "io.stompbox.client.transport",
          "io.stompbox.protocol.codec",
          "io.stompbox.protocol.failover",
          "io.stompbox.protocol.frame",
          "io.stompbox.protocol.session",
          "io.stompbox.testkit",
          "io.stompbox.testkit.junit");

  /** What the code in tables may use. */
  private static final String PARAMETERS =
      "StompClient client, StompClientBuilder builder, Connection connection, Subscription"
          + " subscription, Delivery delivery, Transaction tx, Frame frame, Outgoing message,"
          + " Confirmation confirmation, StompListener listener, Duration limit, String uri, Path"
          + " file, BodyCodec<String> codec";

  @TempDir private Path folder;

  static Stream<Path> pages() throws IOException {
    try (Stream<Path> all = Files.list(PAGES)) {
      return all.filter(page -> !page.endsWith("README.md")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void theProgramRunsAndPrintsWhatThePageSays(Path page) throws Exception {
    Matcher program = PROGRAM.matcher(Files.readString(page));
    assertThat(program.find()).as("%s has a program and what it prints", page).isTrue();
    Program compiled = Program.compile(folder, program.group(2), program.group(1));

    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      assertThat(compiled.run(broker.uri())).isEqualToNormalizingNewlines(program.group(3));
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void theCodeInTheTablesCompiles(Path page) throws Exception {
    List<String> code = here(page).stream().filter(span -> span.contains("(")).toList();
    assertThat(code).as("code in %s", page).hasSizeGreaterThan(10);
    StringBuilder source = new StringBuilder("package snippets;\n");
    PACKAGES.forEach(name -> source.append("import ").append(name).append(".*;\n"));
    source.append("import java.nio.file.Path;\nimport java.time.Duration;\nimport java.util.*;\n");
    source.append("class Snippets {\n");
    for (int i = 0; i < code.size(); i++) {
      source.append("  static void snippet" + i + "(" + PARAMETERS + ") throws Exception {\n    ");
      source.append(code.get(i)).append(";\n  }\n");
    }

    Program.compile(folder, "Snippets", source.append("}\n").toString());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void whatTheTablesNameExists(Path page) throws Exception {
    List<String> names =
        here(page).stream().filter(span -> !span.contains("(") && !isUri(span)).toList();

    assertThat(names).as("names in %s", page).isNotEmpty().allMatch(ComingFromTest::exists);
  }

  @Test
  void everyPageIsInTheIndex() throws Exception {
    String index = Files.readString(PAGES.resolve("README.md"));

    assertThat(pages()).allSatisfy(page -> assertThat(index).contains("(" + page.getFileName()));
  }

  /** The code of all right columns. */
  private static List<String> here(Path page) throws IOException {
    List<String> spans = new ArrayList<>();
    for (String line : Files.readAllLines(page)) {
      String[] cells = line.split("\\|", -1);
      if (line.startsWith("|") && cells.length == 4) {
        CODE.matcher(cells[2]).results().map(result -> result.group(1)).forEach(spans::add);
      }
    }
    return spans;
  }

  private static boolean isUri(String span) {
    return span.contains("://");
  }

  private static boolean exists(String span) {
    Matcher name = NAME.matcher(span);
    return name.matches()
        && PACKAGES.stream()
            .map(folder -> type(folder + "." + name.group(1)))
            .flatMap(Stream::ofNullable)
            .anyMatch(type -> name.group(2) == null || has(type, name.group(2)));
  }

  private static @Nullable Class<?> type(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  private static boolean has(Class<?> type, String member) {
    return Stream.concat(Arrays.stream(type.getMethods()), Arrays.stream(type.getFields()))
        .anyMatch(found -> found.getName().equals(member));
  }
}
