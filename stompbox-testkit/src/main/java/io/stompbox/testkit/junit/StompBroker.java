package io.stompbox.testkit.junit;

import io.stompbox.testkit.EmbeddedBroker;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test an {@link EmbeddedBroker}, an ActiveMQ Classic in memory on a free loopback port. It
 * starts when it is first needed and stops by itself.
 *
 * <p>A static field, and a parameter of a constructor or of {@code @BeforeAll}, is one broker for
 * all tests of the class, the same wherever it stands. A field of the instance, and a parameter of
 * a test or of {@code @BeforeEach}, is one broker for each test. Fields and parameters are of the
 * type {@code EmbeddedBroker}:
 *
 * <pre>{@code
 * class OrdersTest {
 *   @StompBroker static EmbeddedBroker shared;
 *
 *   @Test
 *   void ordersAreKept(@StompBroker EmbeddedBroker own) throws Exception {
 *     try (StompClient client = StompClient.connect(own.uri())) {
 *       client.sendConfirmed(Outgoing.to("/queue/orders").text("one")).await(Duration.ofSeconds(5));
 *       Subscription orders = client.subscribe("/queue/orders");
 *       Optional<Delivery> order = orders.receive(Duration.ofSeconds(5));
 *       assertEquals("one", order.orElseThrow().text());
 *     }
 *     assertNotEquals(shared.port(), own.port());
 *   }
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER})
@ExtendWith(StompBrokerExtension.class)
public @interface StompBroker {}
