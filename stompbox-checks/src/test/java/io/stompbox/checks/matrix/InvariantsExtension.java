package io.stompbox.checks.matrix;

import io.stompbox.checks.invariants.Invariants;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Gives tests the invariants that are checked after them. */
public final class InvariantsExtension
    implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(InvariantsExtension.class);

  @Override
  public void beforeEach(ExtensionContext context) {
    store(context).put(Invariants.class, Invariants.begin());
  }

  /** Behind the test's own methods, which stop its brokers. */
  @Override
  public void afterEach(ExtensionContext context) throws InterruptedException {
    String counters = invariants(context).end().toString();
    AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), Fault.class)
        .map(row -> String.join(" ", row.value()))
        .ifPresent(rows -> context.publishReportEntry(rows, counters));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Invariants.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return invariants(context);
  }

  private static Invariants invariants(ExtensionContext context) {
    Invariants invariants = store(context).get(Invariants.class, Invariants.class);
    if (invariants == null) {
      throw new IllegalStateException("no test has begun");
    }
    return invariants;
  }

  private static Store store(ExtensionContext context) {
    return context.getStore(NAMESPACE);
  }
}
