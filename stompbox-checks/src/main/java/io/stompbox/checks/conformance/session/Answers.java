package io.stompbox.checks.conformance.session;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.session.ConnectionEnd;
import io.stompbox.protocol.session.ServerError;
import io.stompbox.protocol.session.SessionEvent;
import io.stompbox.protocol.session.Unfinished;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells calls what became of them, and writes down events, as the events of a session say. */
final class Answers {
  private final Ledger ledger;
  private final Map<String, Call> byReceipt = new HashMap<>();
  private final List<Call> disconnects = new ArrayList<>();
  private @Nullable Call connect;

  Answers(Ledger ledger) {
    this.ledger = ledger;
  }

  void connecting(Call call) {
    connect = call;
  }

  void disconnecting(Call call) {
    disconnects.add(call);
  }

  void expect(String receipt, Call call) {
    byReceipt.put(receipt, call);
  }

  /** Whether the event says that the connection has to be closed. */
  static boolean isEnd(SessionEvent event) {
    return event instanceof SessionEvent.ConnectRefused
        || event instanceof SessionEvent.ConnectOverdue
        || event instanceof SessionEvent.ErrorReceived
        || event instanceof SessionEvent.Disconnected
        || event instanceof SessionEvent.ConnectionLost;
  }

  void report(SessionEvent event) {
    if (event instanceof SessionEvent.Connected) {
      connected(Call.ok());
    } else if (event instanceof SessionEvent.MessageReceived received) {
      ledger.add(message(received.message().frame(), String.valueOf(received.context())));
    } else if (event instanceof SessionEvent.UnroutedMessage unrouted) {
      ledger.add(unhandled(unrouted.frame()));
    } else if (event instanceof SessionEvent.UnknownFrame unknown) {
      ledger.add(Seen.of("unhandled_frame", "command", unknown.frame().command().name()));
    } else if (event instanceof SessionEvent.ReceiptReceived received) {
      finish(received.receipt(), Call.ok());
    } else if (event instanceof SessionEvent.ReceiptOverdue overdue) {
      finish(overdue.receipt(), Call.failed("timeout"));
    } else if (event instanceof SessionEvent.LateReceipt late) {
      ledger.add(Seen.of("late_receipt", "id", late.receipt()));
    } else if (event instanceof SessionEvent.UnexpectedReceipt unexpected) {
      ledger.add(Seen.of("unhandled_receipt", "id", unexpected.receipt()));
    } else {
      over(event);
    }
  }

  static Seen message(Frame frame, String to) {
    return Seen.of(
        "message", "to", to, "id", frame.header("message-id"), "body", frame.body().text());
  }

  private static Seen unhandled(Frame frame) {
    return Seen.of(
        "unhandled_message",
        "subscription",
        frame.header("subscription"),
        "id",
        frame.header("message-id"),
        "body",
        frame.body().text());
  }

  private void over(SessionEvent event) {
    if (event instanceof SessionEvent.ConnectRefused refused) {
      connected(withWords("connect-refused", refused.error()));
    } else if (event instanceof SessionEvent.ConnectOverdue) {
      connected(Call.failed("timeout"));
    } else if (event instanceof SessionEvent.ErrorReceived received) {
      Seen words = withWords("server-error", received.error());
      received.unfinished().refused().forEach(receipt -> finish(receipt, words));
      disconnects.forEach(call -> call.finish(words));
      left(received.unfinished());
      ledger.add(new Seen("failed", words.details()));
    } else if (event instanceof SessionEvent.Disconnected disconnected) {
      String confirmed = Boolean.toString(disconnected.confirmed());
      disconnects.forEach(call -> call.finish(Call.ok("confirmed", confirmed)));
      left(disconnected.unfinished());
    } else if (event instanceof SessionEvent.ConnectionLost lost) {
      lost(lost);
    }
  }

  private void lost(SessionEvent.ConnectionLost lost) {
    left(lost.unfinished());
    if (connect != null) {
      connected(Call.failed("closed"));
    } else if (lost.how() != ConnectionEnd.ABORTED) {
      String error = lost.how() == ConnectionEnd.SILENT ? "heart-beat-timeout" : "connection-lost";
      ledger.add(Seen.of("failed", "error", error));
    }
  }

  /** The server broke the protocol, so this side closed. */
  void broken(ProtocolException fault, SessionEvent end) {
    if (connect != null) {
      connected(Call.failed(Texts.category(fault), "message", fault.getMessage()));
      return;
    }
    if (end instanceof SessionEvent.ConnectionLost lost) {
      left(lost.unfinished());
    }
    ledger.add(Seen.of("failed", "error", Texts.category(fault), "message", fault.getMessage()));
  }

  private void left(Unfinished unfinished) {
    unfinished.lost().forEach(receipt -> finish(receipt, Call.failed("connection-lost")));
    unfinished.aborted().forEach(id -> ledger.add(Seen.of("transaction_aborted", "tx", id)));
    disconnects.clear();
  }

  private void connected(Seen how) {
    if (connect != null) {
      connect.finish(how);
      connect = null;
    }
  }

  private void finish(String receipt, Seen how) {
    Call call = byReceipt.remove(receipt);
    if (call != null) {
      call.finish(how);
    }
  }

  private static Seen withWords(String error, ServerError from) {
    return Call.failed(error, "message", from.message().orElse(null), "body", from.frame().text());
  }
}
