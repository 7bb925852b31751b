/**
 * The rules of a conversation without the network: what either side may say, and what it means.
 *
 * <ul>
 *   <li>{@link Commands} makes every frame of every version and checks those that came.
 *   <li>{@link Session} is the client's side: it makes the frames to send, takes those that came,
 *       and knows what is outstanding.
 *   <li>{@link ServerSession} is the server's side, for brokers, proxies and test doubles.
 *   <li>{@link HeartBeat}, {@link HeartBeatMonitor} and {@link Agreement} are what both agree on.
 * </ul>
 *
 * <p>Here a client and a server talk to each other. A driver would put an encoder, a network and a
 * decoder between them; the rules need none of these.
 *
 * <pre>{@code
 * long now = 0; // nanoseconds of any clock
 * Session client = new Session(SessionOptions.defaults());
 * ServerSession server = new ServerSession("s-1", ServerSessionOptions.defaults(), now);
 *
 * Frame connect = client.connect("localhost", FrameOptions.NONE);
 * for (ServerEvent event : server.receive(connect, now)) {
 *   if (event instanceof ServerEvent.Reply reply) {
 *     client.receive(reply.frame(), now);
 *   }
 * }
 * System.out.println(client.state() + ", version " + client.version());
 *
 * FrameOptions withReceipt = FrameOptions.NONE.withReceipt("r-1");
 * Frame send = client.send("/queue/a", Body.of("hello"), withReceipt);
 * System.out.println("waits for " + client.outstandingReceipts());
 * for (ServerEvent event : server.receive(send, now)) {
 *   if (event instanceof ServerEvent.Sent sent) {
 *     System.out.println("the server got " + sent.frame().text());
 *   } else if (event instanceof ServerEvent.Reply reply) {
 *     System.out.println("the client got " + client.receive(reply.frame(), now));
 *   }
 * }
 *
 * try {
 *   client.commit("t-1", FrameOptions.NONE);
 * } catch (IllegalFrameException e) {
 *   System.out.println(e.getMessage());
 * }
 * }</pre>
 *
 * <p>prints
 *
 * <pre>{@code
 * CONNECTED, version 1.2
 * waits for [r-1]
 * the server got hello
 * the client got ReceiptReceived[receipt=r-1]
 * the transaction 't-1' is not open; open are []
 * }</pre>
 *
 * <p>Nothing here opens a socket, starts a thread or reads a clock: time is an argument and the
 * next deadline a result. What the caller gets wrong is refused before anything changes; what the
 * peer gets wrong is a {@code ProtocolException} on the client's side and an ERROR frame on the
 * server's.
 */
@NullMarked
package io.stompbox.protocol.session;

import org.jspecify.annotations.NullMarked;
