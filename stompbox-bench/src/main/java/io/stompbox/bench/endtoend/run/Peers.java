package io.stompbox.bench.endtoend.run;

import io.stompbox.bench.endtoend.Endpoint;
import io.stompbox.bench.endtoend.peer.ScriptedPeer;
import java.io.IOException;
import java.util.List;

/** Starts whom clients talk to, each in a process of its own. */
final class Peers implements AutoCloseable {
  private static final String READY = "ready ";

  private final ChildJvm scripted;
  private final Endpoint endpoint;

  private Peers(ChildJvm scripted, Endpoint endpoint) {
    this.scripted = scripted;
    this.endpoint = endpoint;
  }

  static Peers start() throws IOException {
    ChildJvm scripted = ChildJvm.start(ScriptedPeer.class, List.of());
    String ready =
        scripted
            .line(READY)
            .orElseThrow(() -> new IllegalStateException("the scripted peer did not start"));
    int port = Integer.parseInt(ready.substring(READY.length()));
    return new Peers(scripted, Endpoint.plain(Endpoint.SCRIPTED, port));
  }

  Endpoint scripted() {
    return endpoint;
  }

  @Override
  public void close() {
    scripted.close();
  }
}
