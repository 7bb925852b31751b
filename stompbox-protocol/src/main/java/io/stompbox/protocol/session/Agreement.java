package io.stompbox.protocol.session;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import io.stompbox.protocol.frame.Version;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a CONNECTED frame settles.
 *
 * @param version the version of all frames that follow
 * @param heartBeat what each side promises, as the client sees it
 * @param server what the server calls itself, with version and comments; empty if it does not say
 * @param session the server's name for the session; empty if it does not say
 */
public record Agreement(
    Version version, HeartBeat heartBeat, Optional<String> server, Optional<String> session) {

  /**
   * Reads a CONNECTED frame.
   *
   * <p>A server that names no version speaks 1.0. Heart-beats go by the header and not by the
   * version: ActiveMQ, RabbitMQ and Vert.x send and demand them in 1.0 as well.
   *
   * @param offered the versions that CONNECT offered
   * @param wanted the heart-beats that CONNECT offered
   * @throws ProtocolException if it is not CONNECTED, names a version that was not offered, or has
   *     a heart-beat that can't be read
   */
  public static Agreement of(Frame connected, Set<Version> offered, HeartBeat wanted) {
    if (!connected.command().equals(Command.CONNECTED)) {
      throw new ProtocolException(
          Fault.UNEXPECTED_FRAME, "the answer to CONNECT must be CONNECTED or ERROR: " + connected);
    }
    Version version = version(connected.headers().value("version"), offered);
    HeartBeat theirs =
        connected.headers().value(HeartBeat.HEADER).map(HeartBeat::parse).orElse(HeartBeat.NONE);
    return new Agreement(
        version,
        wanted.agreedWith(theirs),
        connected.headers().value("server"),
        connected.headers().value("session"));
  }

  /** Returns the name in {@link #server()}: {@code Box} of {@code Box/2.1 (build 7)}. */
  public Optional<String> serverName() {
    return server.map(text -> product(text)[0]);
  }

  /** Returns the version in {@link #server()}: {@code 2.1} of {@code Box/2.1 (build 7)}. */
  public Optional<String> serverVersion() {
    return server.map(Agreement::product).filter(parts -> parts.length > 1).map(parts -> parts[1]);
  }

  /** A name, a slash and a version if there is one; what follows a blank is comment. */
  private static String[] product(String server) {
    return server.strip().split("\\s", 2)[0].split("/", 2);
  }

  /** Blanks around it are tolerated, as in all that is read as a version or a number. */
  private static Version version(Optional<String> chosen, Set<Version> offered) {
    return Version.of(chosen.map(String::strip).orElse(Version.V1_0.text()))
        .filter(offered::contains)
        .orElseThrow(
            () ->
                new ProtocolException(
                    Fault.VERSION_MISMATCH,
                    chosen
                            .map(text -> "the server chose version '" + text + "'")
                            .orElse("the server named no version, which means 1.0")
                        + ", but offered were "
                        + new TreeSet<>(offered)));
  }
}
