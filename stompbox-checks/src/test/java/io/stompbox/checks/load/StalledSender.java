package io.stompbox.checks.load;

import io.stompbox.client.ClientState;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StateChange;
import io.stompbox.client.StompClient;
import io.stompbox.client.StompTimeoutException;
import io.stompbox.client.Timeouts;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Sends to a broker that does not read, in a small JVM. Arguments: port, and in milliseconds how
 * long to wait for room and how long a write may stall.
 */
public final class StalledSender {
  private static final int OCTETS = 64 * 1024;
  private static final double MILLION = 1e6;

  private StalledSender() {}

  /** Says how many sends went in, how long the next one waited, and what ended the connection. */
  public static void main(String[] args) throws Exception {
    CompletableFuture<String> loss = new CompletableFuture<>();
    Timeouts timeouts =
        Timeouts.defaults()
            .withSpace(Duration.ofMillis(Long.parseLong(args[1])))
            .withWriteStall(Duration.ofMillis(Long.parseLong(args[2])))
            .withClose(Duration.ofMillis(1));
    StompClient client =
        StompClient.builder("stomp://127.0.0.1:" + args[0])
            .timeouts(timeouts)
            .onStateChange(change -> tell(change, loss))
            .connect();
    byte[] body = new byte[OCTETS];
    int sent = 0;
    long since = System.nanoTime();
    try {
      while (true) {
        since = System.nanoTime();
        client.sendConfirmed(Outgoing.to("/queue/a").bytes(body));
        sent++;
      }
    } catch (StompTimeoutException e) {
      System.out.println(sent);
      System.out.println(Math.round((System.nanoTime() - since) / MILLION));
      System.out.println(loss.get());
    }
    client.close();
  }

  private static void tell(StateChange change, CompletableFuture<String> loss) {
    if (change.to() == ClientState.RECOVERING) {
      loss.complete(change.cause().map(Throwable::getMessage).orElse("no cause"));
    }
  }
}
