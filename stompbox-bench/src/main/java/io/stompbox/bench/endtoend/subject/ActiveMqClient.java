package io.stompbox.bench.endtoend.subject;

import io.stompbox.bench.endtoend.ClientSubject;
import io.stompbox.bench.endtoend.Endpoint;
import io.stompbox.bench.endtoend.Run;
import io.stompbox.bench.endtoend.Scenario;
import io.stompbox.bench.endtoend.Scenario.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.transport.stomp.StompConnection;
import org.apache.activemq.transport.stomp.StompFrame;
import org.jspecify.annotations.Nullable;

/** The small client in ActiveMQ Classic's STOMP module. */
final class ActiveMqClient implements ClientSubject {
  private static final long PATIENCE = TimeUnit.MINUTES.toMillis(1);

  @Override
  public String name() {
    return "activemq";
  }

  @Override
  public Kind kind() {
    return Kind.PEER;
  }

  @Override
  public String notes() {
    return "StompConnection: a socket without buffers, one write for each frame and one read for"
        + " each octet of a head; bodies are Strings; messages are pulled";
  }

  @Override
  public boolean supports(Scenario scenario) {
    return scenario.transport() == Transport.TCP;
  }

  @Override
  public Run start(Scenario scenario, Endpoint endpoint) throws Exception {
    StompConnection connection = new StompConnection();
    connection.open(Endpoint.HOST, endpoint.port());
    connection.setVersion("1.2");
    HashMap<String, String> headers = new HashMap<>();
    headers.put("accept-version", "1.2");
    headers.put("host", Brokers.virtualHost(endpoint));
    headers.put("login", Brokers.LOGIN);
    headers.put("passcode", Brokers.PASSCODE);
    connection.connect(headers);
    return new LibraryRun<>(new Connected(connection, scenario), scenario, endpoint);
  }

  private static final class Connected implements Session<StompFrame> {
    private final StompConnection connection;
    private final String ack;
    private final int window;
    private @Nullable Receiver<StompFrame> receiver;

    /** What {@link #text} is for: its user has a String, and it is the same one each time. */
    private byte[] octets = {};

    private String text = "";
    private int outstanding;
    private long ids;

    Connected(StompConnection connection, Scenario scenario) {
      this.connection = connection;
      this.ack = Brokers.ackMode(scenario);
      this.window = scenario.window();
    }

    private String text(byte[] body) {
      if (body != octets) {
        octets = body;
        text = new String(body, StandardCharsets.UTF_8);
      }
      return text;
    }

    @Override
    public void send(String destination, byte[] body) throws Exception {
      connection.send(destination, text(body));
    }

    @Override
    public void sendConfirmed(String destination, byte[] body) throws Exception {
      if (outstanding == window) {
        connection.receive(PATIENCE);
        outstanding--;
      }
      HashMap<String, String> headers = new HashMap<>();
      headers.put("receipt", "r-" + ++ids);
      connection.send(destination, text(body), null, headers);
      outstanding++;
    }

    @Override
    public void sync() throws Exception {
      String id = "sync-" + ++ids;
      HashMap<String, String> headers = new HashMap<>();
      headers.put("receipt", id);
      connection.send(Brokers.SYNC, "x", null, headers);
      StompFrame frame;
      do {
        frame = connection.receive(PATIENCE);
      } while (!id.equals(frame.getHeaders().get("receipt-id")));
      outstanding = 0;
    }

    @Override
    public void subscribe(String destination, Receiver<StompFrame> to) throws Exception {
      receiver = to;
      HashMap<String, String> headers = new HashMap<>();
      headers.put("id", "s-" + ++ids);
      connection.subscribe(destination, ack, headers);
    }

    @Override
    public void ack(StompFrame message) throws Exception {
      HashMap<String, String> headers = new HashMap<>();
      headers.put("id", message.getHeaders().get("ack"));
      connection.sendFrame(new StompFrame("ACK", headers).format());
    }

    @Override
    public void pump(long messages) throws Exception {
      Receiver<StompFrame> to = receiver;
      for (long i = 0; to != null && i < messages; i++) {
        StompFrame frame = connection.receive(PATIENCE);
        String destination = Objects.requireNonNull(frame.getHeaders().get("destination"));
        byte[] content = frame.getContent();
        to.message(frame, destination, content[0], content.length);
      }
    }

    @Override
    public void close() throws IOException {
      connection.close();
    }
  }
}
