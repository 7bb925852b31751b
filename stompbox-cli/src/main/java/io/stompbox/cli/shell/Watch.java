package io.stompbox.cli.shell;

import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.TooLarge;
import io.stompbox.client.ClientObserver;
import io.stompbox.client.ClientState;
import io.stompbox.client.StateChange;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Tells of losses and recoveries, and of frames if somebody wants to see them. */
final class Watch implements ClientObserver {
  private static final int SHOWN_OCTETS = 200;

  private final Screen screen;
  private final Ending ending;
  private final AtomicInteger errors = new AtomicInteger();
  private volatile boolean isTracing;
  private volatile @Nullable BrokerAddress broker;
  private volatile ClientState state = ClientState.NEW;

  Watch(Screen screen, Ending ending) {
    this.screen = screen;
    this.ending = ending;
  }

  /** Shows frames from now on, or no more. */
  void trace(boolean isWanted) {
    isTracing = isWanted;
  }

  @Override
  public void onConnecting(int epoch, BrokerAddress address) {
    broker = address;
  }

  @Override
  public void onStateChange(StateChange change) {
    state = change.to();
    if (change.to() == ClientState.RECOVERING) {
      Failure failure = failure(change);
      screen.tell(failure.getMessage() + "; connecting again");
      failure.advice().forEach(line -> screen.tell("  " + line));
    } else if (change.to() == ClientState.CONNECTED && change.epoch() > 1) {
      screen.tell("Connected again, to " + broker);
    } else if (change.to() == ClientState.FAILED && change.from() != ClientState.CONNECTING) {
      ending.end(failure(change));
    }
  }

  private static Failure failure(StateChange change) {
    Throwable cause = change.cause().orElse(null);
    if (cause != null && TooLarge.is(cause)) {
      return Failure.of(cause);
    }
    String reason = cause == null ? "the connection was lost" : String.valueOf(cause.getMessage());
    return new Failure(ExitCode.CONNECTION_LOST, reason, List.of(), cause);
  }

  @Override
  public void onFrameSent(int epoch, Frame frame) {
    show("> ", frame);
  }

  @Override
  public void onFrameReceived(int epoch, Frame frame) {
    if (frame.command().equals(Command.ERROR)) {
      errors.incrementAndGet();
    }
    show("< ", frame);
  }

  private void show(String direction, Frame frame) {
    if (isTracing) {
      screen.tell(direction + frame.inOneLine(SHOWN_OCTETS));
    }
  }

  /** How many ERROR frames came. */
  int errors() {
    return errors.get();
  }

  ClientState state() {
    return state;
  }

  /** The host of the last broker; empty before there was one. */
  String host() {
    BrokerAddress last = broker;
    return last == null ? "" : last.host();
  }
}
