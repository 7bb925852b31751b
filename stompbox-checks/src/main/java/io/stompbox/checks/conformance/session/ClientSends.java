package io.stompbox.checks.conformance.session;

import io.stompbox.checks.conformance.kit.CaseFormatException;
import io.stompbox.client.Confirmation;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.protocol.frame.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The calls that send, once or often, on one thread or several. */
final class ClientSends {
  private ClientSends() {}

  static void perform(StompClient client, Action action, Call call) {
    switch (action.name()) {
      case "send_many" -> {
        for (int i = 0; i < action.whole("count"); i++) {
          client.send(outgoing(action).bytes(action.body().toBytes()));
        }
        call.finish(Call.ok());
      }
      case "send_parallel" -> sendParallel(client, action, call);
      case "send_text" ->
          sendOne(client, outgoing(action).text(action.text("text", "")), action, call);
      default -> sendOne(client, outgoing(action).bytes(action.body().toBytes()), action, call);
    }
  }

  private static Outgoing outgoing(Action action) {
    Outgoing outgoing = Outgoing.to(action.text("destination", "/queue/a"));
    for (Header header : action.headers()) {
      outgoing = outgoing.header(header.name(), header.value());
    }
    return outgoing;
  }

  private static void sendOne(StompClient client, Outgoing message, Action action, Call call) {
    Action.Receipt receipt = action.receipt();
    if (!receipt.wanted()) {
      client.send(message);
      call.finish(Call.ok());
      return;
    }
    if (receipt.id() != null) {
      throw new CaseFormatException("the client chooses its receipts itself");
    }
    Confirmation confirmation = client.sendConfirmed(message);
    confirmation.stage().thenAccept(outcome -> call.finish(ClientAnswers.result(outcome)));
  }

  /** Each thread numbers its frames, so that their order can be checked. */
  private static void sendParallel(StompClient client, Action action, Call call) {
    byte[] body = new byte[action.whole("body_size")];
    List<CompletableFuture<Void>> senders = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(action.whole("threads"));
    for (int thread = 0; thread < action.whole("threads"); thread++) {
      String name = Integer.toString(thread);
      senders.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < action.whole("each"); i++) {
                  client.send(
                      outgoing(action)
                          .header(WireSteps.THREAD, name)
                          .header(WireSteps.NUMBER, Integer.toString(i))
                          .bytes(body));
                }
              },
              threads));
    }
    senders.forEach(CompletableFuture::join);
    threads.shutdown();
    call.finish(Call.ok());
  }
}
