package io.stompbox.client;

import io.stompbox.protocol.frame.Frame;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.regex.Pattern;

/** Writes each frame and heart-beat into the log, in a line without secrets and bodies. */
final class FrameLog implements ClientObserver {
  /** A logger of its own, so that frames can be had without everything else. */
  private static final Logger LOG = System.getLogger("io.stompbox.client.frames");

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  /** Whether the log wants them. */
  boolean isWanted() {
    return LOG.isLoggable(Level.TRACE);
  }

  @Override
  public void onFrameSent(int epoch, Frame frame) {
    LOG.log(Level.TRACE, "connection {0} sends {1}", text(epoch), line(frame));
  }

  @Override
  public void onFrameReceived(int epoch, Frame frame) {
    LOG.log(Level.TRACE, "connection {0} received {1}", text(epoch), line(frame));
  }

  @Override
  public void onHeartBeatSent(int epoch) {
    LOG.log(Level.TRACE, "connection {0} sends a heart-beat", text(epoch));
  }

  @Override
  public void onHeartBeatReceived(int epoch) {
    LOG.log(Level.TRACE, "connection {0} received a heart-beat", text(epoch));
  }

  /** The log would write a number as people do: 1,234. */
  private static String text(int epoch) {
    return Integer.toString(epoch);
  }

  /** A header may have a line end in its value. */
  private static String line(Frame frame) {
    return CONTROL.matcher(frame.toString()).replaceAll("?");
  }
}
