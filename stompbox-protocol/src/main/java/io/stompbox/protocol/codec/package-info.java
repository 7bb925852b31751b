/**
 * Octets to frames and back. Start at {@link FrameDecoder} and {@link FrameEncoder}.
 *
 * <p>A decoder takes octets as they arrive, however they are cut, and hands out {@linkplain
 * DecodedEvent events}. It starts before a version is agreed and is told the version after
 * CONNECTED, since escapes and line ends depend on it.
 *
 * <pre>{@code
 * FrameDecoder decoder = new FrameDecoder();
 * decoder.version(Version.V1_2);
 * String[] reads = {"\nMESSAGE\nsubscription:a\nfrom:a\\cb\n", "\nhel", "lo\0RECEIPT\nrec"};
 * for (String read : reads) {
 *   ByteBuffer input = ByteBuffer.wrap(read.getBytes(StandardCharsets.UTF_8));
 *   DecodedEvent event;
 *   while ((event = decoder.decode(input)) != null) {
 *     if (event instanceof DecodedEvent.FrameDecoded decoded) {
 *       Frame frame = decoded.frame();
 *       System.out.println(frame.command() + " from " + frame.header("from") + ": " + frame.text());
 *     } else {
 *       System.out.println(event);
 *     }
 *   }
 * }
 * System.out.println("waits for the rest of a frame: " + decoder.isInsideFrame());
 *
 * FrameEncoder encoder = new FrameEncoder(Version.V1_2);
 * ByteBuffer output = ByteBuffer.allocate(1024);
 * encoder.encode(Frame.of(Command.ACK, "id", "a:7"), output);
 * output.flip();
 * System.out.print(StandardCharsets.UTF_8.decode(output).toString().replace('\0', '.'));
 * }</pre>
 *
 * <p>prints
 *
 * <pre>{@code
 * HeartBeat[]
 * MESSAGE from a:b: hello
 * waits for the rest of a frame: true
 * ACK
 * id:a\c7
 *
 * .
 * }</pre>
 *
 * <p>A program that sends so much that objects count writes frames without making any: {@link
 * FrameWriter}. One that reads so much may borrow the octets of its input: {@link FrameOctets}.
 *
 * <p>What a peer may send at most is always limited: see {@link DecoderLimits}. What the grammar
 * forbids and brokers send all the same is taken or refused by {@link DecoderMode}. What is wrong
 * ends the decoder with a {@code ProtocolException}; frames before the fault have been handed out.
 *
 * <p>Nothing here opens a socket, starts a thread or reads a clock. It knows frames but not
 * conversations: whether a frame is allowed <em>now</em> is the business of {@code
 * io.stompbox.protocol.session}.
 */
@NullMarked
package io.stompbox.protocol.codec;

import org.jspecify.annotations.NullMarked;
