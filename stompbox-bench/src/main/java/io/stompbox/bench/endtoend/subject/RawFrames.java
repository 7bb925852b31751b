package io.stompbox.bench.endtoend.subject;

import io.stompbox.bench.endtoend.Endpoint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The octets of frames, put together by hand. */
final class RawFrames {
  private RawFrames() {}

  static byte[] connect(Endpoint endpoint) {
    return octets(
        "CONNECT\naccept-version:1.2\nhost:"
            + Brokers.virtualHost(endpoint)
            + "\nlogin:"
            + Brokers.LOGIN
            + "\npasscode:"
            + Brokers.PASSCODE
            + "\n\n\0");
  }

  /** Returns a SEND; a blank receipt asks for none. */
  static byte[] send(String destination, byte[] body, String receipt) {
    byte[] head =
        octets(
            "SEND\ndestination:"
                + destination
                + "\ncontent-length:"
                + body.length
                + (receipt.isEmpty() ? "" : "\nreceipt:" + receipt)
                + "\n\n");
    return ByteBuffer.allocate(head.length + body.length + 1).put(head).put(body).array();
  }

  static byte[] subscribe(String destination, int number) {
    return octets("SUBSCRIBE\nid:s" + number + "\ndestination:" + destination + "\n\n\0");
  }

  /** As long as those that answer the peer's messages; it does not look at the id. */
  static byte[] ack() {
    return octets("ACK\nid:T_s1@@session-b5pZkQVxhZbHHJQqHvqf7A@@1000\n\n\0");
  }

  /** Returns what a socket takes without a copy: as many as fit, at least one. */
  static ByteBuffer repeated(byte[] frame, int octets) {
    int count = Math.max(1, octets / frame.length);
    ByteBuffer buffer = ByteBuffer.allocateDirect(count * frame.length);
    for (int i = 0; i < count; i++) {
      buffer.put(frame);
    }
    return buffer.flip();
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
