package io.stompbox.bench.endtoend.subject;

import io.stompbox.bench.endtoend.ClientSubject;
import io.stompbox.bench.endtoend.Endpoint;
import io.stompbox.bench.endtoend.Run;
import io.stompbox.bench.endtoend.Scenario;
import io.stompbox.bench.endtoend.Scenario.Transport;
import java.lang.reflect.Type;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.simp.stomp.ReactorNettyTcpStompClient;
import org.springframework.messaging.simp.stomp.StompFrameHandler;
import org.springframework.messaging.simp.stomp.StompHeaders;
import org.springframework.messaging.simp.stomp.StompSession;
import org.springframework.messaging.simp.stomp.StompSessionHandlerAdapter;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** The client of spring-messaging over TCP. */
final class SpringClient implements ClientSubject {
  @Override
  public String name() {
    return "spring";
  }

  @Override
  public Kind kind() {
    return Kind.PEER;
  }

  @Override
  public String notes() {
    return "ReactorNettyTcpStompClient; send waits until the socket has taken the frame; a timeout"
        + " is scheduled for each receipt";
  }

  @Override
  public boolean supports(Scenario scenario) {
    return scenario.transport() == Transport.TCP;
  }

  @Override
  public Run start(Scenario scenario, Endpoint endpoint) throws Exception {
    ReactorNettyTcpStompClient client =
        new ReactorNettyTcpStompClient(Endpoint.HOST, endpoint.port());
    client.setDefaultHeartbeat(new long[] {0, 0});
    ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
    scheduler.setRemoveOnCancelPolicy(true);
    scheduler.setDaemon(true);
    scheduler.initialize();
    client.setTaskScheduler(scheduler);
    client.setReceiptTimeLimit(TimeUnit.MINUTES.toMillis(1));
    StompHeaders connect = new StompHeaders();
    connect.setHost(Brokers.virtualHost(endpoint));
    connect.setLogin(Brokers.LOGIN);
    connect.setPasscode(Brokers.PASSCODE);
    connect.setHeartbeat(new long[] {0, 0});
    StompSession session =
        client.connectAsync(connect, new StompSessionHandlerAdapter() {}).get(1, TimeUnit.MINUTES);
    return new LibraryRun<>(new Connected(client, session, scenario), scenario, endpoint);
  }

  private static final class Connected implements Session<StompHeaders> {
    private final ReactorNettyTcpStompClient client;
    private final StompSession session;
    private final String ack;
    private final Semaphore window;
    private final AtomicLong ids = new AtomicLong();

    Connected(ReactorNettyTcpStompClient client, StompSession session, Scenario scenario) {
      this.client = client;
      this.session = session;
      this.ack = Brokers.ackMode(scenario);
      this.window = new Semaphore(Math.max(1, scenario.window()));
    }

    @Override
    public void send(String destination, byte[] body) {
      StompHeaders headers = new StompHeaders();
      headers.setDestination(destination);
      session.send(headers, body);
    }

    @Override
    public void sendConfirmed(String destination, byte[] body) throws Exception {
      window.acquire();
      asking(destination, body).addReceiptTask((Runnable) window::release);
    }

    private StompSession.Receiptable asking(String destination, byte[] body) {
      StompHeaders headers = new StompHeaders();
      headers.setDestination(destination);
      headers.setReceipt("r-" + ids.incrementAndGet());
      return session.send(headers, body);
    }

    @Override
    public void sync() throws Exception {
      CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
      asking(Brokers.SYNC, new byte[] {'x'}).addReceiptTask(() -> done.complete(null));
      done.get(1, TimeUnit.MINUTES);
    }

    @Override
    public void subscribe(String destination, Receiver<StompHeaders> receiver) {
      StompHeaders headers = new StompHeaders();
      headers.setDestination(destination);
      headers.setAck(ack);
      session.subscribe(
          headers,
          new StompFrameHandler() {
            @Override
            public Type getPayloadType(StompHeaders of) {
              return byte[].class;
            }

            @Override
            public void handleFrame(StompHeaders of, @Nullable Object payload) {
              byte[] body = (byte[]) Objects.requireNonNull(payload);
              String destination = Objects.requireNonNull(of.getDestination());
              try {
                receiver.message(of, destination, body[0], body.length);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            }
          });
    }

    @Override
    public void ack(StompHeaders message) {
      session.acknowledge(String.valueOf(message.getAck()), true);
    }

    @Override
    public void close() {
      session.disconnect();
      client.shutdown();
    }
  }
}
