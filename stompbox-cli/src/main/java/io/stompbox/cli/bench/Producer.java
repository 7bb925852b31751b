package io.stompbox.cli.bench;

import io.stompbox.client.ConnectionLostException;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.protocol.frame.StompException;
import org.jspecify.annotations.Nullable;

/** Sends messages, with confirmation or without. */
final class Producer implements Work {
  private final BenchState state;
  private final StompClient client;
  private final Messages messages;
  private final Turns turns;

  /** Null if nothing is to be confirmed. */
  private final @Nullable Unconfirmed window;

  Producer(BenchState state, StompClient client, int index) {
    this.state = state;
    this.client = client;
    this.messages = new Messages(state, index);
    this.turns = new Turns(state, index);
    this.window = state.plan().producing().window() > 0 ? new Unconfirmed(state, index) : null;
  }

  @Override
  public void run() throws InterruptedException {
    try {
      if (window == null) {
        sendAll();
      } else {
        sendConfirmed(window);
      }
    } catch (ConnectionLostException e) {
      state.ended(e);
      if (window != null) {
        // The client has given up, so it is known of each send what became of it, or not known.
        window.drain();
      }
    } finally {
      if (window != null) {
        window.abandon();
      }
    }
  }

  private void sendAll() throws InterruptedException {
    while (turns.next()) {
      long due = turns.due();
      Outgoing message = messages.next(due);
      try {
        client.send(message);
        state.arrivals().sent();
        state.meter().count(Count.SENT, due);
      } catch (ConnectionLostException e) {
        throw e;
      } catch (StompException e) {
        state.failed(e);
      }
    }
  }

  /** There must be room before the turn, as without a rate the message is due then. */
  private void sendConfirmed(Unconfirmed unconfirmed) throws InterruptedException {
    unconfirmed.acquire();
    while (turns.next()) {
      long due = turns.due();
      Outgoing message = messages.next(due);
      try {
        state.arrivals().sent();
        unconfirmed.add(client.sendConfirmed(message), messages.number(), due);
        state.meter().count(Count.SENT, due);
      } catch (StompException e) {
        state.arrivals().refused();
        unconfirmed.release();
        if (e instanceof ConnectionLostException) {
          throw e;
        }
        state.failed(e);
      }
      unconfirmed.acquire();
    }
    unconfirmed.release();
    unconfirmed.drain();
  }
}
