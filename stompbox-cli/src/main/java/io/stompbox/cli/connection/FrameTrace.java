package io.stompbox.cli.connection;

import io.stompbox.cli.process.TimeOfDay;
import io.stompbox.client.ClientObserver;
import io.stompbox.protocol.frame.Frame;
import java.util.function.Consumer;

/** Passes on what crosses the wire, secrets in headers hidden. */
final class FrameTrace implements ClientObserver {
  private final Consumer<TracedFrame> target;

  /** {@code target} is called by several threads. */
  FrameTrace(Consumer<TracedFrame> target) {
    this.target = target;
  }

  @Override
  public void onFrameSent(int epoch, Frame frame) {
    target.accept(new TracedFrame(TimeOfDay.now(), epoch, "sent", frame));
  }

  @Override
  public void onFrameReceived(int epoch, Frame frame) {
    target.accept(new TracedFrame(TimeOfDay.now(), epoch, "received", frame));
  }

  @Override
  public void onHeartBeatSent(int epoch) {
    target.accept(new TracedFrame(TimeOfDay.now(), epoch, "sent", null));
  }

  @Override
  public void onHeartBeatReceived(int epoch) {
    target.accept(new TracedFrame(TimeOfDay.now(), epoch, "received", null));
  }
}
