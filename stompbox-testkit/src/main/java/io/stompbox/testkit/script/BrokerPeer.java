package io.stompbox.testkit.script;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Header;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.QueueBroker;
import java.util.HashMap;
import java.util.Map;

/** The client of one connection, as a script sees it. */
final class BrokerPeer {
  private final Peer peer;
  private final QueueBroker queues;

  /** Frames that were given a name. */
  private final Map<String, Frame> frames = new HashMap<>();

  BrokerPeer(Peer peer, QueueBroker queues) {
    this.peer = peer;
    this.queues = queues;
  }

  Peer peer() {
    return peer;
  }

  QueueBroker queues() {
    return queues;
  }

  /** Remembers a frame; its headers and its body can be had by everybody. */
  void remember(String name, Frame frame, Scope scope) {
    frames.put(name, frame);
    scope.remember(name + ".body", frame.text());
    for (Header header : frame.headers()) {
      scope.remember(name + "." + header.name(), header.value());
    }
  }

  /** Returns the frame with a name. */
  Frame frame(String name) {
    Frame frame = frames.get(name);
    if (frame == null) {
      throw new AssertionError(
          "no frame of this connection is named '" + name + "'; there are " + frames.keySet());
    }
    return frame;
  }
}
