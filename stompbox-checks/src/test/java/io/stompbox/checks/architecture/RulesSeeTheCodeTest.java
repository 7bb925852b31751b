package io.stompbox.checks.architecture;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule over no classes is green, and a test that is not run is green: neither may happen. */
class RulesSeeTheCodeTest {
  /** Not on the class path of the checks, as it brings the clients we compare ourselves with. */
  private static final String BENCH = "io.stompbox.bench";

  private static final String CHECKS = "io.stompbox.checks";

  static Stream<String> packages() {
    return Production.packages().stream().filter(name -> !name.startsWith(BENCH));
  }

  @ParameterizedTest
  @MethodSource("packages")
  void rulesSeeEverySourceFileOf(String name) {
    SortedSet<String> sources =
        Production.mainSources().stream()
            .filter(source -> Production.packageOf(source).equals(name))
            .map(source -> name + "." + withoutExtension(source))
            .filter(type -> !type.endsWith(".module-info"))
            .collect(toCollection(TreeSet::new));

    assertThat(Production.CLASSES).extracting(seen -> seen.getName()).containsAll(sources);
  }

  @ParameterizedTest
  @MethodSource("packages")
  void rulesHaveSomethingToSeeIn(String name) {
    assertThat(Production.CLASSES)
        .filteredOn(seen -> seen.getPackageName().equals(name))
        .extracting(seen -> seen.getSimpleName())
        .as("classes of %s besides package-info", name)
        .anyMatch(type -> !type.equals("package-info"));
  }

  @Test
  void everyPackageHasItsArrows() {
    assertThat(packages().filter(name -> !name.startsWith(CHECKS)))
        .as("packages in the sources, and rows in ArrowsTest")
        .containsExactlyInAnyOrderElementsOf(
            ArrowsTest.arrows().map(row -> (String) row.get()[0]).toList());
  }

  @Test
  void testsAreLeftOut() {
    assertThat(Production.CLASSES)
        .extracting(seen -> seen.getName())
        .doesNotContain(getClass().getName());
  }

  /** Surefire runs classes by name and says nothing of the others. */
  @Test
  void everyTestHasANameThatSurefireRuns() {
    assertThat(Production.testSources())
        .filteredOn(RulesSeeTheCodeTest::holdsTests)
        .isNotEmpty()
        .allSatisfy(source -> assertThat(withoutExtension(source)).endsWith("Test"));
  }

  /** Annotations of ours stand for JUnit's; what carries them is a test, and they are not. */
  private static boolean holdsTests(Path source) {
    String text = Production.text(source);
    return !text.contains("\n@interface ")
        && text.lines()
            .map(String::strip)
            .anyMatch(line -> line.matches("@(Fuzz)?Test|@(ParameterizedTest|EachBroker).*"));
  }

  private static String withoutExtension(Path source) {
    return source.toFile().getName().replaceFirst("\\.java$", "");
  }
}
