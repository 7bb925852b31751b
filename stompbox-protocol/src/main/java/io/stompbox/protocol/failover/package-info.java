/**
 * Which broker next, and when. Start at {@link FailoverUri}.
 *
 * <p>A URI names brokers and says how to fail over between them; its {@link ReconnectPolicy} and a
 * source of chance make a {@link FailoverSchedule}, which hands out one attempt after the other.
 *
 * <pre>{@code
 * FailoverUri uri = FailoverUri.parse(
 *     "failover:(stomp://a:61613,stomp+ssl://b:61614)"
 *         + "?randomize=false&initialReconnectDelay=50&maxReconnectDelay=120");
 * FailoverSchedule schedule =
 *     new FailoverSchedule(
 *         uri.brokers(), uri.policy().withStartupRetries(4), new Random(), host -> false);
 *
 * for (Optional<FailoverSchedule.Attempt> next = schedule.next();
 *     next.isPresent();
 *     next = schedule.next()) {
 *   FailoverSchedule.Attempt attempt = next.get();
 *   System.out.println(attempt.delay().toMillis() + " ms, then " + attempt.broker());
 * }
 * System.out.println("given up");
 *
 * schedule.restart(); // a connection was made, lasted, and was lost
 * System.out.println(schedule.next().get().broker());
 * }</pre>
 *
 * <p>prints
 *
 * <pre>{@code
 * 0 ms, then stomp://a:61613
 * 50 ms, then stomp+ssl://b:61614
 * 100 ms, then stomp://a:61613
 * 120 ms, then stomp+ssl://b:61614
 * 120 ms, then stomp://a:61613
 * given up
 * stomp://a:61613
 * }</pre>
 *
 * <p>Nothing here waits or connects, and nothing shows a passcode: the caller does the waiting, and
 * {@link BrokerAddress#toString()} leaves the credentials out.
 */
@NullMarked
package io.stompbox.protocol.failover;

import org.jspecify.annotations.NullMarked;
