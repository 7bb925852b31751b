/**
 * The client. Start at {@link StompClient}: one logical connection that survives its brokers.
 * {@link Connection} is one physical connection, frame by frame, without recovery.
 *
 * <ul>
 *   <li>Connecting: {@link StompClientBuilder} takes {@link ConnectOptions}, {@link Timeouts},
 *       {@link Bounds} and what to hear of, a {@link StateChange}. {@link BrokerProfile} is what is
 *       known of the broker.
 *   <li>Sending: an {@link Outgoing} message, a {@link Confirmation} of it, and in the end an
 *       {@link Outcome}.
 *   <li>Receiving: a {@link Subscription} made with {@link SubscribeOptions}, a {@link
 *       MessageHandler} if messages are pushed, a {@link Delivery} for each; {@link
 *       Acknowledgement} says when it is acknowledged, {@link ErrorPolicy} what becomes of it when
 *       its handler throws.
 *   <li>Both at once: a {@link Transaction}.
 *   <li>The same client in other ways: {@link AsyncClient} with stages, {@link FlowClient} with
 *       reactive streams; {@link Publisher} only sends.
 * </ul>
 *
 * <p>What goes wrong is a {@link io.stompbox.protocol.frame.StompException}: mostly {@link
 * ConnectionLostException}, {@link StompTimeoutException} or {@link BrokerErrorException}. Calls
 * that wait have a limit, end when the client is closed, and may be made from handlers; no code of
 * the program's runs on a thread that reads or writes.
 */
@NullMarked
package io.stompbox.client;

import org.jspecify.annotations.NullMarked;
