package io.stompbox.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.client.transport.WebSocketOptions.FrameEnd;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How much the JDK is asked for. */
class IncomingMessagesTest {
  private final Requests socket = new Requests();
  private final IncomingMessages messages = new IncomingMessages(FrameEnd.NUL);

  @Test
  void onlyWhatWasReadIsAskedForAgain() throws Exception {
    messages.onOpen(socket);
    assertThat(socket.requested).isEqualTo(IncomingMessages.WINDOW);
    for (int i = 0; i < IncomingMessages.WINDOW; i++) {
      messages.onText(socket, "ab", false);
    }
    assertThat(socket.requested).isEqualTo(IncomingMessages.WINDOW);

    assertThat(messages.read(new byte[2], 0, 1)).isEqualTo(1);
    assertThat(socket.requested).isEqualTo(IncomingMessages.WINDOW);
    assertThat(messages.read(new byte[2], 0, 2)).isEqualTo(1);
    assertThat(socket.requested).isEqualTo(IncomingMessages.WINDOW + 1);
  }

  @Test
  void anEmptyMessageTakesNoRoom() {
    messages.onOpen(socket);
    messages.onBinary(socket, ByteBuffer.allocate(0), true);
    assertThat(socket.requested).isEqualTo(IncomingMessages.WINDOW + 1);
  }

  /** Counts requests. */
  private static final class Requests implements WebSocket {
    private long requested;

    @Override
    public void request(long n) {
      requested += n;
    }

    @Override
    public CompletableFuture<WebSocket> sendText(CharSequence data, boolean last) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<WebSocket> sendBinary(ByteBuffer data, boolean last) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<WebSocket> sendPing(ByteBuffer message) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<WebSocket> sendPong(ByteBuffer message) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<WebSocket> sendClose(int statusCode, String reason) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String getSubprotocol() {
      return "";
    }

    @Override
    public boolean isOutputClosed() {
      return false;
    }

    @Override
    public boolean isInputClosed() {
      return false;
    }

    @Override
    public void abort() {
      throw new UnsupportedOperationException();
    }
  }
}
