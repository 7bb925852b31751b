/**
 * The client. Start at {@link StompClient}: one logical connection that survives its brokers.
 * {@link Connection} is one physical connection, frame by frame, without recovery.
 *
 * <ul>
 *   <li>Connecting: {@link StompClientBuilder} takes {@link ConnectOptions}, {@link Timeouts} and
 *       {@link Bounds}, or most of it as text, by the names of {@link ClientSetting}. {@link
 *       BrokerProfile} is what is known of the broker.
 *   <li>Sending: an {@link Outgoing} message, a {@link Confirmation} of it, and in the end an
 *       {@link Outcome}. {@link StompClient#request} waits for a reply, a {@link ReplyHandler}
 *       makes one.
 *   <li>Bodies that are larger than the memory: a {@link BodySource} to send, {@link LargeBodies}
 *       to receive.
 *   <li>Receiving: a {@link Subscription} made with {@link SubscribeOptions}, a {@link
 *       MessageHandler} if messages are pushed, a {@link Delivery} for each; {@link
 *       Acknowledgement} says when it is acknowledged, {@link ErrorPolicy} what becomes of it when
 *       its handler throws.
 *   <li>Both at once: a {@link Transaction}.
 *   <li>Seeing what happens: each {@link StateChange}; a {@link StompListener}, which has a thread
 *       for it; a {@link ClientObserver}, which is told where it happens. {@code
 *       io.stompbox.client.listener} and {@code io.stompbox.client.jfr} have some to take as they
 *       are.
 *   <li>The same client in other ways: {@link AsyncClient} with stages, {@link FlowClient} with
 *       reactive streams; {@link Publisher} only sends; {@code io.stompbox.client.pool} has pools.
 * </ul>
 *
 * <p>What goes wrong is a {@link io.stompbox.protocol.frame.StompException}: mostly {@link
 * ConnectionLostException}, {@link StompTimeoutException} or {@link BrokerErrorException}. Calls
 * that wait have a limit, end when the client is closed, and may be made from handlers; no code of
 * the program's but a {@link ClientObserver} and a {@link BodySource} runs on a thread that reads
 * or writes.
 */
@NullMarked
package io.stompbox.client;

import org.jspecify.annotations.NullMarked;
