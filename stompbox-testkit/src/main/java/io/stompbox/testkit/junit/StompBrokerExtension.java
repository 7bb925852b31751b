package io.stompbox.testkit.junit;

import io.stompbox.testkit.EmbeddedBroker;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/** Fills what {@link StompBroker} marks; registered by it. */
public final class StompBrokerExtension
    implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(StompBrokerExtension.class);

  /** Creates one, for JUnit. */
  public StompBrokerExtension() {}

  /** How long a broker lives. Each is a key of its own, since tests see what their class stores. */
  private enum Life {
    CLASS,
    TEST
  }

  /** JUnit closes what is stored when the class or the test ends. */
  @SuppressWarnings("deprecation") // JUnit before 5.13 closes nothing else.
  private record Running(EmbeddedBroker broker)
      implements ExtensionContext.Store.CloseableResource {
    @Override
    public void close() {
      broker.close();
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    fill(context, context.getRequiredTestClass(), null);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
      fill(context, instance.getClass(), instance);
    }
  }

  /** Fills the fields of an instance, or the static ones if there is none. */
  private static void fill(ExtensionContext context, Class<?> type, @Nullable Object instance) {
    Predicate<Field> wanted =
        field -> Modifier.isStatic(field.getModifiers()) == (instance == null);
    for (Field field :
        AnnotationSupport.findAnnotatedFields(
            type, StompBroker.class, wanted, HierarchyTraversalMode.TOP_DOWN)) {
      checkType(field.getType(), "field " + field.getName());
      EmbeddedBroker broker = broker(context, instance == null ? Life.CLASS : Life.TEST);
      try {
        field.setAccessible(true);
        field.set(instance, broker);
      } catch (IllegalAccessException e) {
        throw new ExtensionConfigurationException(
            "@StompBroker can't set field " + field.getName() + "; it must not be final", e);
      }
    }
  }

  private static void checkType(Class<?> type, String where) {
    if (type != EmbeddedBroker.class) {
      throw new ExtensionConfigurationException(
          "@StompBroker gives an EmbeddedBroker, but " + where + " is a " + type.getSimpleName());
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.isAnnotated(StompBroker.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    checkType(parameter.getParameter().getType(), "parameter " + parameter.getIndex());
    return broker(context, life(parameter.getDeclaringExecutable()));
  }

  private static Life life(Executable executable) {
    boolean isOfClass =
        executable.isAnnotationPresent(BeforeAll.class)
            || executable.isAnnotationPresent(AfterAll.class)
            || executable.getName().equals(executable.getDeclaringClass().getName());
    return isOfClass ? Life.CLASS : Life.TEST;
  }

  @SuppressWarnings("deprecation") // JUnit 5 has no other method for it.
  private static EmbeddedBroker broker(ExtensionContext context, Life life) {
    ExtensionContext owner = life == Life.CLASS ? ofClass(context) : context;
    Running running =
        owner
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(life, any -> new Running(EmbeddedBroker.start()), Running.class);
    return Objects.requireNonNull(running, "computed if absent").broker();
  }

  private static ExtensionContext ofClass(ExtensionContext context) {
    ExtensionContext owner = context;
    while (owner.getTestMethod().isPresent() && owner.getParent().isPresent()) {
      owner = owner.getParent().get();
    }
    return owner;
  }
}
