package io.stompbox.checks.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.time.Clock;
import java.util.Collections;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.Timer;
import java.util.TimerTask;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The protocol does no I/O, starts no thread, reads no clock and throws no dice. */
class ProtocolPurityTest {
  private static final String PROTOCOL = "io.stompbox.protocol..";
  private static final String REASON =
      "the protocol must be testable without sockets, threads, sleeps or luck";

  private static final DescribedPredicate<JavaClass> THREADS_AND_PROCESSES =
      belongToAnyOf(
          Thread.class,
          ThreadGroup.class,
          ThreadLocal.class,
          InheritableThreadLocal.class,
          Timer.class,
          TimerTask.class,
          Process.class,
          ProcessBuilder.class,
          ProcessHandle.class,
          Runtime.class,
          System.Logger.class,
          Clock.class);

  @Test
  void protocolUsesOnlyThePartsOfTheJdkThatCalculate() {
    DescribedPredicate<JavaClass> calculating =
        resideInAnyPackage(
                PROTOCOL,
                "org.jspecify..",
                "java.lang",
                "java.lang.annotation",
                "java.lang.invoke",
                "java.lang.runtime",
                "java.nio",
                "java.nio.charset",
                "java.time",
                "java.util",
                "java.util.function",
                "java.util.random",
                "java.util.regex",
                "java.util.stream")
            .or(belongToAnyOf(ByteArrayOutputStream.class, Serializable.class))
            .as("parts of the JDK that only calculate");

    classes()
        .that()
        .resideInAPackage(PROTOCOL)
        .should()
        .onlyDependOnClassesThat(calculating)
        .because(REASON)
        .check(Production.CLASSES);
  }

  @Test
  void protocolStartsNoThreadAndNoProcess() {
    noClasses()
        .that()
        .resideInAPackage(PROTOCOL)
        .should()
        .dependOnClassesThat(THREADS_AND_PROCESSES)
        .because(REASON)
        .check(Production.CLASSES);
  }

  @Test
  void protocolWaitsForNobody() {
    mayNot("wait or notify", access -> calls(access, Object.class, "wait", "notify", "notifyAll"));
  }

  @Test
  void protocolReadsNoClock() {
    mayNot(
        "read a clock",
        access ->
            calls(access, System.class, "currentTimeMillis", "nanoTime")
                || (access.getTargetOwner().getPackageName().equals("java.time")
                    && access.getName().equals("now")));
  }

  /** Of {@link System} only what is about memory: no streams, properties, environment or exit. */
  @Test
  void protocolKnowsNothingOfItsSurroundings() {
    mayNot(
        "use System",
        access ->
            access.getTargetOwner().isEquivalentTo(System.class)
                && !calls(access, System.class, "arraycopy", "identityHashCode"));
  }

  @Test
  void protocolIsHandedItsRandomness() {
    mayNot(
        "make its own randomness",
        access ->
            calls(access, Math.class, "random")
                || calls(access, UUID.class, "randomUUID")
                || calls(access, RandomGenerator.class, "getDefault", "of")
                || (parameters(access) == 0 && calls(access, Random.class, "<init>"))
                || (parameters(access) == 0 && calls(access, SplittableRandom.class, "<init>"))
                || (parameters(access) == 1 && calls(access, Collections.class, "shuffle")));
  }

  private static void mayNot(String what, Predicate<JavaAccess<?>> forbidden) {
    noClasses()
        .that()
        .resideInAPackage(PROTOCOL)
        .should()
        .accessTargetWhere(describe("they " + what, forbidden))
        .because(REASON)
        .check(Production.CLASSES);
  }

  private static boolean calls(JavaAccess<?> access, Class<?> owner, String... names) {
    return access.getTargetOwner().isEquivalentTo(owner)
        && Set.of(names).contains(access.getName());
  }

  private static int parameters(JavaAccess<?> access) {
    return access.getTarget() instanceof CodeUnitCallTarget called
        ? called.getRawParameterTypes().size()
        : -1;
  }
}
