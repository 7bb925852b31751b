package io.stompbox.testkit.script;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.testkit.MemoryConnection;
import io.stompbox.testkit.ScriptedBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A broker that plays what a text says. */
@Timeout(60)
class BrokerScriptTest {
  private static final String CONNECT = "CONNECT\naccept-version:1.2\nlogin:me\n\n^@";
  private static final String CONNECTED = "CONNECTED\nversion:1.2\nheart-beat:0,0\n\n^@";
  private static final String SEND = "SEND\ndestination:/queue/a\\cb\nreceipt:r-1\n\nhello^@";

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  @TempDir private Path folder;

  static Stream<Arguments> conversations() {
    return Stream.of(
        row("handshake", CONNECT, CONNECTED),
        row(
            "handshake 1.1 server:x heart-beat:5,6",
            CONNECT,
            "CONNECTED\nversion:1.1\nserver:x\nheart-beat:5,6\n\n^@"),
        row(
            "expect CONNECT login:me\nsend ERROR message:\"go: away\"",
            CONNECT,
            "ERROR\nmessage:go\\c away\n\n^@"),
        row("expect SEND as s\nreceipt s", SEND, "RECEIPT\nreceipt-id:r-1\n\n^@"),
        row(
            "expect SEND destination:\"/queue/a:b\" receipt:* !ack \"hello\" as s\n"
                + "send MESSAGE x:${s.destination} \"${s.body}!\"",
            SEND,
            "MESSAGE\nx:/queue/a\\cb\n\nhello!^@"),
        row(
            "expect SUBSCRIBE as s\nmessage s m:1 k:v \"body\"",
            "SUBSCRIBE\nid:7\ndestination:/q\n\n^@",
            "MESSAGE\ndestination:/q\nsubscription:7\nmessage-id:m\\c1\nack:m\\c1\nk:v\n\nbody^@"),
        row(
            "expect-frames 2\nraw \"\\xff\\0\\n# \\\"\\\\\"  # all",
            SEND + SEND,
            "\u00ff^@\n# \"\\"),
        row("expect-heart-beat\nraw \"x\" *3", "\n", "xxx"),
        row("repeat 2\nrepeat 2 as j\nraw \"${i}${j} \"\nend\nend", "", "11 12 21 22 "),
        row("background b\nawait go\nraw \"b\"\nend\nraw \"a\"\nsignal go\njoin b", "", "ab"),
        row("raw \"x\"\nhalf-close\nexpect SEND", SEND, "x"));
  }

  private static Arguments row(String statements, String heard, String said) {
    return Arguments.of(statements, heard, said);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("conversations")
  void saysWhatItWasToldTo(String statements, String heard, String said) throws Exception {
    play("connection 1\n" + statements + "\nclose");

    String came = converse(heard);

    assertThat(came).isEqualTo(said);
    broker.assertScriptsDone();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("conversations")
  void saysTheSameWithoutASocket(String statements, String heard, String said) throws Exception {
    play("connection 1\n" + statements + "\nclose");

    try (MemoryConnection connection = broker.connectInMemory()) {
      connection.output().write(heard.replace("^@", "\0").getBytes(ISO_8859_1));
      connection.output().close();

      byte[] came = connection.input().readAllBytes();
      assertThat(new String(came, ISO_8859_1).replace("\0", "^@")).isEqualTo(said);
    }
    broker.assertScriptsDone();
  }

  @Test
  void aResetWithoutASocketIsNoOrderlyEndEither() throws Exception {
    play("connection 1\nexpect SEND\nreset");
    MemoryConnection connection = broker.connectInMemory();
    connection.output().write(SEND.replace("^@", "\0").getBytes(ISO_8859_1));

    assertThatThrownBy(() -> connection.input().read()).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> connection.output().write(1)).isInstanceOf(IOException.class);
  }

  @Test
  void aWriterWithoutASocketWaitsUntilThereIsRoom() throws Exception {
    play("connection 1\nraw \"x\" *1000000\nclose");
    try (MemoryConnection connection = broker.connectInMemory()) {
      assertThat(connection.input().readAllBytes()).hasSize(1_000_000);
    }
    broker.assertScriptsDone();
  }

  static Stream<Arguments> disappointments() {
    return Stream.of(
        Arguments.of("expect ACK", "s:2: expect ACK: expected ACK, but came SEND ["),
        Arguments.of("expect SEND \"bye\"", "expected body \"bye\", but came SEND"),
        Arguments.of("expect SEND receipt:r-2", "expected header receipt:r-2, but came SEND"),
        Arguments.of("expect SEND ack:*", "expected header ack:*, but came SEND"),
        Arguments.of("expect SEND !receipt", "expected no header receipt, but came SEND"),
        Arguments.of("expect-frames 2", "expected frame 2 of 2, but the client has left"),
        Arguments.of("expect-silence 1s", "expected silence for PT1S, but came octet 83"),
        Arguments.of("receipt s", "no frame of this connection is named 's'; there are []"),
        Arguments.of("raw \"${s.id}\"", "nothing is remembered as 's.id'"),
        Arguments.of("await never", "signal 'never' was not given within 500ms"),
        Arguments.of("background b\nexpect ACK\nend\njoin b", "s:3: expect ACK: expected ACK"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("disappointments")
  void tellsWhereAndWhatWasExpectedAndCame(String statements, String complaint) throws Exception {
    play("connection 1\n" + statements);

    converse(SEND);

    assertThatThrownBy(broker::assertScriptsDone)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("s:")
        .hasMessageContaining(complaint);
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of("broker", "s:1: found 'broker'; allowed are connection N |"),
        Arguments.of("connection 2", "s:1: found another number; connections follow each other"),
        Arguments.of("connection *\nconnection *", "s:2: found another number"),
        Arguments.of("connection 1\nexpct SEND", "s:2: found 'expct'; allowed are repeat"),
        Arguments.of("connection 1\nexpect", "s:2: found the end of the line; expected is a co"),
        Arguments.of("connection 1\nexpect SEND x y", "s:2: found 'x'; expected is the end"),
        Arguments.of("connection 1\nwait 3", "s:2: found '3'; expected is how long, a time such"),
        Arguments.of("connection 1\nexpect-frames 0", "found '0'; how many frames is at least 1"),
        Arguments.of("connection 1\nraw \"x", "a quote that was opened must be closed"),
        Arguments.of("connection 1\nraw \"\\q\"", "s:2: found \\q; escapes are"),
        Arguments.of("connection 1\nraw \"\\xg1\"", "\\x takes two hexadecimal digits"),
        Arguments.of("connection 1\nrepeat 2\nclose", "no 'end' of this block"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void refusesWhatItCannotReadWithTheLineAndWhatIsAllowed(String script, String complaint) {
    assertThatThrownBy(() -> BrokerScript.parse("s", script))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining(complaint);
  }

  @Test
  void playsConnectionsInTheirOrderAndThenAllOthers() throws Exception {
    Path file = folder.resolve("a.script");
    Files.writeString(
        file,
        """
        connection 1
          raw "first"
          close

        connection 2-3   # the same twice
          raw "next"
          close
        connection *
          raw "other"
          close
        """);
    BrokerScript.read(file).playOn(broker, Scope.within(Duration.ofSeconds(5)));

    assertThat(converse("")).isEqualTo("first");
    assertThat(converse("")).isEqualTo("next");
    assertThat(converse("")).isEqualTo("next");
    assertThat(converse("")).isEqualTo("other");
    broker.assertScriptsDone();
  }

  @Test
  void playsABrokerInMemoryToWhoeverWantsOne() throws Exception {
    play("connection 1\nserve");

    String came = converse(CONNECT + "DISCONNECT\nreceipt:bye\n\n^@");

    assertThat(came).startsWith("CONNECTED\n").contains("RECEIPT\nreceipt-id:bye");
    broker.assertScriptsDone();
  }

  @Test
  void silenceIsKeptWhenNothingComes() throws Exception {
    play("connection 1\nexpect-silence 10ms\nraw \"x\"\nexpect SEND\nclose");
    try (Socket socket = connect()) {
      assertThat(socket.getInputStream().read()).isEqualTo('x');

      socket.getOutputStream().write(SEND.replace("^@", "\0").getBytes(ISO_8859_1));

      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    broker.assertScriptsDone();
  }

  @Test
  void aResetIsNoOrderlyEnd() throws Exception {
    play("connection 1\nexpect SEND\nreset");

    assertThatThrownBy(() -> converse(SEND)).isInstanceOf(IOException.class);
  }

  private void play(String script) {
    BrokerScript.parse("s", script).playOn(broker, Scope.within(Duration.ofMillis(500)));
  }

  /** Says everything, then listens to the end. */
  private String converse(String said) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(said.replace("^@", "\0").getBytes(ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1).replace("\0", "^@");
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), broker.port());
    socket.setSoTimeout(10_000);
    return socket;
  }
}
