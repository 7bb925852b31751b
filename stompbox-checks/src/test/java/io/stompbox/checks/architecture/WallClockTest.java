package io.stompbox.checks.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import io.stompbox.checks.matrix.Fault;
import java.util.Calendar;
import java.util.Date;
import java.util.Timer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A clock that somebody sets, or that jumps by an hour, changes no deadline. */
@Tag(Fault.TAG)
class WallClockTest {
  @Test
  void nobodyReadsTheTimeOfDay() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.stompbox.checks..", "io.stompbox.bench..")
        .and()
        .doNotHaveSimpleName("TimeOfDay")
        .should()
        .accessTargetWhere(describe("they ask for the time of day", WallClockTest::readsTimeOfDay))
        .because("it may jump; deadlines are those of System.nanoTime or of a TimeSource")
        .check(Production.CLASSES);
  }

  private static boolean readsTimeOfDay(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getName();
    boolean isMade = name.equals("<init>") && access.getTarget().getFullName().endsWith("<init>()");
    return (owner.equals(System.class.getName()) && name.equals("currentTimeMillis"))
        || (access.getTargetOwner().getPackageName().equals("java.time")
            && name.matches("now|system|systemUTC|systemDefaultZone|tick.*"))
        || (owner.equals(Date.class.getName()) && isMade)
        || (owner.equals(Calendar.class.getName()) && name.equals("getInstance"));
  }

  @Test
  void nobodyWaitsUntilATimeOfDay() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.stompbox.checks..", "io.stompbox.bench..")
        .should()
        .accessTargetWhere(
            describe("they wait for a time of day", WallClockTest::waitsForTimeOfDay))
        .because("it may jump; wait for a number of nanoseconds")
        .check(Production.CLASSES);
  }

  private static boolean waitsForTimeOfDay(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    boolean isWait =
        (owner.equals(LockSupport.class.getName()) && access.getName().equals("parkUntil"))
            || (owner.equals(Condition.class.getName()) && access.getName().equals("awaitUntil"))
            || owner.equals(Timer.class.getName());
    return isWait && access instanceof JavaCall<?>;
  }
}
