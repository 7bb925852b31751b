package io.stompbox.client;

import io.stompbox.client.transport.TransportFactory;
import io.stompbox.protocol.codec.FrameDecoder;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.StompException;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.Agreement;
import io.stompbox.protocol.session.Commands;
import io.stompbox.protocol.session.HeartBeat;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Connections whose threads never start, for tests in which the test takes what is written. */
final class UnstartedLink {
  private UnstartedLink() {}

  static Epoch epoch(int number, Outbox outbox) {
    BrokerAddress address = BrokerAddress.parse("stomp://localhost:61613");
    Handshake.Established established =
        new Handshake.Established(
            address,
            TransportFactory.sockets().create(address),
            new Agreement(Version.V1_2, HeartBeat.NONE, Optional.empty(), Optional.empty()),
            Frame.of(Command.CONNECTED),
            new FrameDecoder(),
            ByteBuffer.allocate(0));
    Link link = new Link(number, established, ConnectOptions.defaults(), outbox, new NoListener());
    return new Epoch(
        number, link, BrokerProfile.GENERIC, Commands.of(Version.V1_2), Headers.empty(), 0);
  }

  private static final class NoListener implements LinkListener {
    @Override
    public void onFrame(Link link, Frame frame) {}

    @Override
    public void onEnding(Link link) {}

    @Override
    public void onEnded(Link link, StompException cause, List<Outbound> unsent, int unknown) {}
  }
}
