package io.stompbox.checks.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tour of a package shows code and what it prints; both must be true. */
class JavadocTest {
  private static final Pattern EXAMPLE =
      Pattern.compile(
          "<pre>\\{@code\\n(.*?)\\n \\* }</pre>\\n \\*\\n \\* <p>prints\\n \\*\\n"
              + " \\* <pre>\\{@code\\n(.*?)\\n \\* }</pre>",
          Pattern.DOTALL);

  @TempDir private Path folder;

  static Stream<Path> tours() {
    return Stream.of("frame", "codec", "session", "failover")
        .map(name -> "stompbox-protocol/src/main/java/io/stompbox/protocol/" + name)
        .map(name -> root().resolve(name).resolve("package-info.java"));
  }

  @ParameterizedTest
  @MethodSource("tours")
  void theExampleOfATourCompilesAndPrintsWhatItSays(Path tour) throws Exception {
    Matcher example = EXAMPLE.matcher(Files.readString(tour));
    assertThat(example.find()).as("%s has an example and what it prints", tour).isTrue();

    Program program = Program.compile(folder, "Example", around(uncommented(example.group(1))));

    assertThat(program.run().lines().toList())
        .isEqualTo(uncommented(example.group(2)).lines().toList());
  }

  private static String around(String body) {
    return """
    import io.stompbox.protocol.codec.*;
    import io.stompbox.protocol.failover.*;
    import io.stompbox.protocol.frame.*;
    import io.stompbox.protocol.session.*;
    import java.nio.ByteBuffer;
    import java.nio.charset.StandardCharsets;
    import java.time.Duration;
    import java.util.*;
    public class Example {
      public static void main(String[] args) {
    %s
      }
    }
    """
        .formatted(body);
  }

  private static String uncommented(String javadoc) {
    return javadoc.replaceAll("(?m)^ \\* ?", "");
  }

  private static Path root() {
    return Stream.of(Path.of(""), Path.of(".."))
        .filter(place -> Files.exists(place.resolve("stompbox-protocol")))
        .findFirst()
        .orElseThrow();
  }
}
