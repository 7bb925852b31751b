package io.stompbox.testkit.script;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.Peer;
import java.time.Duration;
import java.util.Optional;

/** What a scripted broker can do on a connection. */
final class BrokerStatements {
  static final Statements<BrokerPeer> TABLE =
      new Statements<BrokerPeer>()
          .with("handshake [VERSION] " + Content.USAGE, BrokerStatements::handshake)
          .with("expect COMMAND " + FrameWish.USAGE + " [as NAME]", BrokerStatements::expect)
          .with("expect-frames N", BrokerStatements::expectFrames)
          .with("expect-heart-beat", arguments -> (to, scope) -> to.peer().expectHeartBeat())
          .with("expect-silence TIME", BrokerStatements::expectSilence)
          .with("expect-end", arguments -> (to, scope) -> to.peer().expectEnd())
          .with("send COMMAND " + Content.USAGE, BrokerStatements::send)
          .with("receipt NAME", BrokerStatements::receipt)
          .with("message NAME ID " + Content.USAGE, BrokerStatements::message)
          .with("raw \"OCTETS\"", BrokerStatements::raw)
          .with("half-close", arguments -> (to, scope) -> to.peer().endOutput())
          .with("close", arguments -> (to, scope) -> to.peer().close())
          .with("reset", arguments -> (to, scope) -> to.peer().reset())
          .with("serve", arguments -> (to, scope) -> to.queues().serve(to.peer()));

  /** Octets of a body that messages show. */
  private static final int SHOWN = 100;

  private BrokerStatements() {}

  private static Step<BrokerPeer> handshake(Arguments arguments) {
    String version =
        arguments.isEmpty() || arguments.nextIsPair() ? "1.2" : arguments.text("a version");
    Content more = Content.of(arguments);
    Content beating = more.has("heart-beat") ? more : more.with("heart-beat", "0,0");
    FrameDraft connected = new FrameDraft("CONNECTED", beating.with("version", version));
    return (to, scope) -> {
      Frame connect = next(to.peer(), "CONNECT");
      if (!connect.command().isHandshake()) {
        throw came("CONNECT", connect);
      }
      to.peer().send(connected.octets(scope));
    };
  }

  private static Step<BrokerPeer> expect(Arguments arguments) {
    String command = arguments.name("a command such as SEND");
    FrameWish wish = FrameWish.of(arguments);
    Optional<String> name = arguments.after("as", "a name for the frame");
    return (to, scope) -> {
      Frame frame = next(to.peer(), command);
      if (!frame.command().toString().equals(command)) {
        throw came(command, frame);
      }
      wish.check(frame, scope);
      name.ifPresent(known -> to.remember(scope.resolve(known), frame, scope));
    };
  }

  private static Step<BrokerPeer> expectFrames(Arguments arguments) {
    int number = arguments.count("how many frames");
    return (to, scope) -> {
      for (int i = 1; i <= number; i++) {
        next(to.peer(), "frame " + i + " of " + number);
      }
    };
  }

  private static Frame next(Peer peer, String wanted) {
    return peer.next()
        .orElseThrow(() -> new AssertionError("expected " + wanted + ", but the client has left"));
  }

  private static AssertionError came(String wanted, Frame frame) {
    return new AssertionError("expected " + wanted + ", but came " + frame.inOneLine(SHOWN));
  }

  private static Step<BrokerPeer> expectSilence(Arguments arguments) {
    Duration time = arguments.duration("how long");
    return (to, scope) -> to.peer().expectSilence(time);
  }

  private static Step<BrokerPeer> send(Arguments arguments) {
    String command = arguments.name("a command such as MESSAGE");
    FrameDraft frame = new FrameDraft(command, Content.of(arguments));
    return (to, scope) -> to.peer().send(frame.octets(scope));
  }

  private static Step<BrokerPeer> receipt(Arguments arguments) {
    String name = arguments.name("the name of a frame");
    return (to, scope) -> to.peer().receiptFor(to.frame(scope.resolve(name)));
  }

  private static Step<BrokerPeer> message(Arguments arguments) {
    String subscribe = arguments.name("the name of a SUBSCRIBE frame");
    String id = arguments.text("a message-id");
    Content more = Content.of(arguments);
    return (to, scope) -> {
      Frame frame = to.frame(scope.resolve(subscribe));
      Content message =
          more.with("ack", id)
              .with("message-id", id)
              .with("subscription", Optional.ofNullable(frame.header("id")).orElse(""))
              .with("destination", Optional.ofNullable(frame.header("destination")).orElse(""));
      to.peer().send(new FrameDraft("MESSAGE", message).octets(scope));
    };
  }

  private static Step<BrokerPeer> raw(Arguments arguments) {
    String octets =
        arguments
            .quoted()
            .orElseThrow(() -> arguments.complaint("no quotes", "expected are octets in quotes"));
    return (to, scope) -> to.peer().send(Words.octets(scope.resolve(octets)));
  }
}
