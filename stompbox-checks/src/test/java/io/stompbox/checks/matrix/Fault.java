package io.stompbox.checks.matrix;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of rows of the fault matrix, such as {@code F07}. Its parameter of the type {@link
 * io.stompbox.checks.invariants.Invariants} watches over the test from before its {@code
 * BeforeEach} methods to behind its {@code AfterEach} methods, and fails it if an invariant is
 * broken. What was counted is reported.
 *
 * <p>A test that takes more than some seconds has the tag {@link #SOAK} besides.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Tag(Fault.TAG)
@ExtendWith(InvariantsExtension.class)
public @interface Fault {
  /** The tag of all tests of the matrix. */
  String TAG = "matrix";

  /** The tag of tests that {@code mvn verify} leaves to {@code ./check soak matrix}. */
  String SOAK = "soak";

  /** The ids of the rows. */
  String[] value();
}
