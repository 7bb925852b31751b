package io.stompbox.checks.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Habits that hold in every module. */
class HouseRulesTest {
  @Test
  void librariesDoNotPrint() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.stompbox.cli..", "io.stompbox.checks..", "io.stompbox.bench..")
        .should(ACCESS_STANDARD_STREAMS)
        .because("standard output and error belong to the program; libraries use System.Logger")
        .check(Production.CLASSES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Util", "Utils", "Helper", "Helpers", "Manager", "Impl"})
  void namesSayWhatAClassIs(String ending) {
    noClasses()
        .should()
        .haveSimpleNameEndingWith(ending)
        .because("such a name fits anything: name what the class knows or does")
        .check(Production.CLASSES);
  }

  @Test
  void publicFieldsDoNotChange() {
    noFields()
        .should()
        .bePublic()
        .andShould()
        .notBeFinal()
        .because("whoever can see it could change it")
        .check(Production.CLASSES);
  }

  @Test
  void publicFieldsAreNoArrays() {
    noFields()
        .should()
        .bePublic()
        .andShould()
        .haveRawType(describe("arrays", JavaClass::isArray))
        .because("the elements of an array can be changed by whoever sees it")
        .check(Production.CLASSES);
  }

  static Stream<String> packages() {
    return Production.packages().stream();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void packageSaysWhatItIsForAndThatNothingIsNull(String name) {
    assertThat(Production.mainSources())
        .filteredOn(source -> source.endsWith("package-info.java"))
        .filteredOn(source -> Production.packageOf(source).equals(name))
        .as("package-info.java of %s", name)
        .singleElement()
        .satisfies(
            source ->
                assertThat(Production.text(source))
                    .startsWith("/**")
                    .containsPattern("(?s)^/\\*\\*[\\s*]*\\w.*\\.[\\s*]*\\*/\\s")
                    .containsPattern("(?m)^@NullMarked$"));
  }
}
