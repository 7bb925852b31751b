package io.stompbox.bench.endtoend.subject;

import static org.fusesource.stomp.client.Constants.ACK;
import static org.fusesource.stomp.client.Constants.ACK_MODE;
import static org.fusesource.stomp.client.Constants.DESTINATION;
import static org.fusesource.stomp.client.Constants.ID;
import static org.fusesource.stomp.client.Constants.MESSAGE_ID;
import static org.fusesource.stomp.client.Constants.SEND;
import static org.fusesource.stomp.client.Constants.SUBSCRIBE;
import static org.fusesource.stomp.client.Constants.SUBSCRIPTION;

import io.stompbox.bench.endtoend.Endpoint;
import java.net.URISyntaxException;
import org.fusesource.hawtbuf.Buffer;
import org.fusesource.stomp.client.Stomp;
import org.fusesource.stomp.codec.StompFrame;

/** Makes StompJMS' frames for both of its faces. */
final class StompJmsFrames {
  private StompJmsFrames() {}

  /** Returns what connects. */
  static Stomp client(Endpoint endpoint) throws URISyntaxException {
    Stomp stomp = new Stomp(Endpoint.HOST, endpoint.port());
    stomp.setHost(Brokers.virtualHost(endpoint));
    stomp.setLogin(Brokers.LOGIN);
    stomp.setPasscode(Brokers.PASSCODE);
    return stomp;
  }

  static StompFrame send(String destination, byte[] body) {
    StompFrame frame = new StompFrame(SEND);
    frame.addHeader(DESTINATION, StompFrame.encodeHeader(destination));
    frame.content(new Buffer(body));
    return frame;
  }

  static StompFrame sync() {
    return send(Brokers.SYNC, new byte[] {'x'});
  }

  static StompFrame subscribe(String destination, String ack, int number) {
    StompFrame frame = new StompFrame(SUBSCRIBE);
    frame.addHeader(DESTINATION, StompFrame.encodeHeader(destination));
    frame.addHeader(ID, StompFrame.encodeHeader("s" + number));
    frame.addHeader(ACK_MODE, StompFrame.encodeHeader(ack));
    return frame;
  }

  /** Looks into a message as a program would, and hands it on. */
  static void give(StompFrame message, Session.Receiver<StompFrame> to) throws Exception {
    Buffer body = message.content();
    String destination = StompFrame.decodeHeader(message.getHeader(DESTINATION));
    to.message(message, destination, body.get(0), body.length());
  }

  /** In the words of STOMP 1.1, which is what it speaks. */
  static StompFrame ack(StompFrame message) {
    StompFrame frame = new StompFrame(ACK);
    frame.addHeader(SUBSCRIPTION, message.getHeader(SUBSCRIPTION));
    frame.addHeader(MESSAGE_ID, message.getHeader(MESSAGE_ID));
    return frame;
  }
}
