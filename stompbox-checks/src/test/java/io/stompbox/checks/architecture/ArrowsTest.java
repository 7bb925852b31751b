package io.stompbox.checks.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may use whom. A new package needs a row, or {@link RulesSeeTheCodeTest} fails. */
class ArrowsTest {
  private static final String FRAME = "io.stompbox.protocol.frame";
  private static final String CODEC = "io.stompbox.protocol.codec";
  private static final String SESSION = "io.stompbox.protocol.session";
  private static final String FAILOVER = "io.stompbox.protocol.failover";
  private static final String PROTOCOL = "io.stompbox.protocol..";
  private static final String CLIENT = "io.stompbox.client";
  private static final String TRANSPORT = "io.stompbox.client.transport";
  private static final String JFR = "io.stompbox.client.jfr";
  private static final String LISTENER = "io.stompbox.client.listener";
  private static final String POOL = "io.stompbox.client.pool";
  private static final String TESTKIT = "io.stompbox.testkit";
  private static final String SCRIPT = "io.stompbox.testkit.script";
  private static final String JUNIT = "io.stompbox.testkit.junit";
  private static final String CLI = "io.stompbox.cli";
  private static final String PROCESS = "io.stompbox.cli.process";
  private static final String JSON = "io.stompbox.cli.json";
  private static final String CONTEXT = "io.stompbox.cli.context";
  private static final String CONNECTION = "io.stompbox.cli.connection";

  private static final String REPORT = "io.stompbox.cli.report";

  /** What verbs of the command line may use, each. */
  private static final String[] COMMON = {
    "io.stompbox.client..", TESTKIT, PROTOCOL, PROCESS, JSON, CONTEXT, CONNECTION
  };

  static Stream<Arguments> arrows() {
    return Stream.of(
        row(FRAME),
        row(CODEC, FRAME),
        row(SESSION, CODEC, FRAME),
        row(FAILOVER, FRAME),
        row(TRANSPORT, PROTOCOL),
        row(CLIENT, TRANSPORT, PROTOCOL),
        row(JFR, CLIENT, PROTOCOL),
        row(LISTENER, CLIENT, PROTOCOL),
        row(POOL, CLIENT),
        row(TESTKIT, PROTOCOL),
        row(SCRIPT, TESTKIT, PROTOCOL),
        row(JUNIT, TESTKIT),
        row(CLI, "io.stompbox.cli.."),
        row(PROCESS, CLIENT, PROTOCOL),
        row(JSON, PROCESS, CLIENT, PROTOCOL),
        row(CONTEXT, PROCESS, CLIENT, PROTOCOL),
        row(CONNECTION, CONTEXT, JSON, PROCESS, CLIENT, TRANSPORT, PROTOCOL),
        row(REPORT),
        row("io.stompbox.cli.bench", also(REPORT, "io.stompbox.cli.message")),
        row("io.stompbox.cli.broker", COMMON),
        row("io.stompbox.cli.demo", COMMON),
        row("io.stompbox.cli.frames", COMMON),
        row("io.stompbox.cli.message", COMMON),
        row("io.stompbox.cli.setup", COMMON),
        row("io.stompbox.cli.inspect", COMMON),
        row("io.stompbox.cli.shell", also("io.stompbox.cli.message")));
  }

  private static String[] also(String... verbs) {
    return Stream.concat(Stream.of(COMMON), Stream.of(verbs)).toArray(String[]::new);
  }

  private static Arguments row(String user, String... used) {
    return Arguments.of(user, used);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("arrows")
  void packageUsesOnly(String user, String[] used) {
    classes()
        .that()
        .resideInAPackage(user)
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackage("io.stompbox..")
                .or(resideInAPackage(user))
                .or(resideInAnyPackage(used)))
        .because("these are the arrows of the design")
        .check(Production.CLASSES);
  }

  @Test
  void protocolNeedsOnlyTheJdk() {
    classes()
        .that()
        .resideInAPackage("io.stompbox.protocol..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "io.stompbox.protocol..", "org.jspecify..")
        .because("whoever takes the protocol gets nothing with it")
        .check(Production.CLASSES);
  }

  @Test
  void clientNeedsOnlyTheJdkAndTheProtocol() {
    classes()
        .that()
        .resideInAPackage("io.stompbox.client..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "javax.crypto..",
            "jdk.jfr..",
            "javax.net..",
            "javax.security..",
            "io.stompbox..",
            "org.jspecify..")
        .because("whoever takes the client gets only the protocol with it")
        .check(Production.CLASSES);
  }

  @Test
  void onlyThePackageForItNeedsTheFlightRecorder() {
    noClasses()
        .that()
        .resideOutsideOfPackage(JFR)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.jfr..")
        .because("a runtime image without jdk.jfr must do for everything else")
        .check(Production.CLASSES);
  }

  @Test
  void theTestKitWorksWithoutJunit() {
    noClasses()
        .that()
        .resideInAPackage("io.stompbox.testkit..")
        .and()
        .resideOutsideOfPackage(JUNIT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.junit..")
        .because("the test kit brings no JUnit with it")
        .check(Production.CLASSES);
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("io.stompbox.(**)").should().beFreeOfCycles().check(Production.CLASSES);
  }
}
