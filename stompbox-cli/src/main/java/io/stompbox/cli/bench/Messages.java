package io.stompbox.cli.bench;

import io.stompbox.client.Outgoing;
import java.util.Arrays;

/** Makes the messages of one producer. For one thread. */
final class Messages {
  /** Also a body that is long must be text for whoever looks at it. */
  private static final byte FILLING = 'x';

  private final BenchState state;
  private final int producer;
  private final Outgoing template;
  private int sent;

  Messages(BenchState state, int producer) {
    this(state, producer, state.plan().destination());
  }

  Messages(BenchState state, int producer, String destination) {
    this.state = state;
    this.producer = producer;
    byte[] body = new byte[state.plan().producing().size()];
    Arrays.fill(body, FILLING);
    Outgoing plain = Outgoing.to(destination).bytes(body);
    this.template = state.plan().producing().persistent() ? plain.persistent() : plain;
  }

  /** Returns the next message, which is due at {@code due}. */
  Outgoing next(long due) {
    Stamp stamp = stamp(due);
    sent++;
    return template.header(Stamp.HEADER, stamp.text());
  }

  /** The number of the last message; -1 before the first. */
  int number() {
    return sent - 1;
  }

  private Stamp stamp(long due) {
    return new Stamp(state.run(), producer, sent, due - state.timeline().start());
  }
}
