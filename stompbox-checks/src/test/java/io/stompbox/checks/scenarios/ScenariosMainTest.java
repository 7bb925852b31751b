package io.stompbox.checks.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the runner says of scenarios that fail, and of what is no scenario. */
@Timeout(60)
class ScenariosMainTest {
  private static final String HEAD = "scenario \"it\"\nlimit 300ms\nbroker\nconnection 1\n";
  private static final String SERVED = HEAD + "serve\nproxy\nclient\nconnect\n";

  @TempDir private Path folder;

  static Stream<Arguments> failing() {
    return Stream.of(
        row("state recovering", ":9: state recovering: expected RECOVERING within 300ms, but th"),
        row("state connected epoch:2", "expected CONNECTED in epoch 2 within 300ms"),
        row("states connected", "expected the states [CONNECTED] within 300ms, but there is [CO"),
        row("lost 1", "expected one loss of connection 1"),
        row("counts confirmed:1", "expected the counts {confirmed=1} within 300ms, but there is"),
        row("send-confirmed /a as c\noutcome c unknown", "expected UNKNOWN {} \"\", but came Conf"),
        row("send-confirmed /a as c\noutcome c confirmed epoch:2", "but came Confirmed[attempts="),
        row("send-confirmed /a as c\noutcome c confirmed\nundecided c", "expected no outcome yet"),
        row("outcome c unknown", "there is no confirmation 'c'; there are []"),
        row("subscribe /a as s\nreceive s", "expected a message, but none came"),
        row(
            "subscribe /a as s\nsend /a \"x\"\nreceive s \"y\"",
            "expected body \"y\", but came ME"),
        row(
            "subscribe /a as s\nsend /a \"x\"\nreceive-nothing s 300ms",
            "expected no message, but"),
        row(
            "subscribe /a ack:broker as s\nsend /a \"x\"\nreceive s as m\nack m gives sent",
            "expected SENT, but came NOT_NEEDED"),
        row(
            "send /a fails ProtocolException",
            "expected ProtocolException \"\", but came java.lang"),
        row(
            "begin as t\ncommit t\ncommit t",
            "IllegalStateException: transaction t-1 is COMMITTED"),
        row("passed 1 up SEND:1", "expected the frames {SEND=1} within 300ms"),
        row("background b\nawait never\nend", "signal 'never' was not given"),
        row("close drained:no", "expected drained:false, but came CloseReport"));
  }

  private static Arguments row(String statements, String complaint) {
    return Arguments.of(statements, complaint);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failing")
  void saysWhereWhatWasExpectedAndWhatCame(String statements, String complaint) throws Exception {
    write("a.scenario", SERVED + statements);

    assertThat(run())
        .contains("FAILED ")
        .contains(complaint)
        .endsWith("0 passed, 1 failed\nexit 1");
  }

  @Test
  void aBrokerThatDoesNotGetWhatItExpectsFailsTheScenarioToo() throws Exception {
    write("a.scenario", HEAD + "handshake\nexpect SEND\nclient\nconnect\nclose");

    assertThat(run())
        .contains("a.scenario:6: expect SEND: expected SEND, but came DISCONNECT")
        .endsWith("0 passed, 1 failed\nexit 1");
  }

  static Stream<Arguments> unreadable() {
    return Stream.of(
        row("client", "a.scenario:1: found 'client'; allowed are scenario \"TITLE\" at the beg"),
        row("scenario", "a.scenario:1: found the end of the line; expected is what it shows"),
        row("scenario \"x\"\nclient", "a.scenario:2: found 'client'; allowed are covers"),
        row("scenario \"x\"", "a.scenario: found the end of the file; allowed are covers"),
        row(SERVED + "sned /a", "a.scenario:9: found 'sned'; allowed are repeat, background"),
        row(SERVED + "options tls:no", "a.scenario:9: found 'tls'; settings are [login"),
        row(SERVED + "options unconfirmed:x", "found 'unconfirmed:x'; a number such as 3"),
        row(SERVED + "subscribe /a ack:later as s", "found 'ack:later'; it is unknown"),
        row(SERVED + "subscribe /a", "found no 'as'; behind it comes a name for the subscription"),
        row(SERVED + "outcome c perhaps", "found 'perhaps'; expected is one of confirmed, rejecte"),
        row(SERVED + "counts lost:1", "found 'lost'; allowed are [confirmed, handler-failures"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("unreadable")
  void aFileThatIsNoScenarioFailsWithTheLineAndWhatIsAllowed(String text, String complaint)
      throws Exception {
    write("a.scenario", text);

    assertThat(run()).contains(complaint).endsWith("0 passed, 1 failed\nexit 1");
  }

  @Test
  void countsWhatPassesAndWhatFailsInAllFoldersBelow() throws Exception {
    write("good.scenario", SERVED + "close");
    write("deeper/bad.scenario", SERVED + "state failed");
    write("deeper/notes.txt", "no scenario");

    assertThat(run()).contains("bad.scenario:9").endsWith("1 passed, 1 failed\nexit 1");
  }

  @Test
  void passesOnlyIfThereIsSomethingToPass() throws Exception {
    assertThat(run()).isEqualTo("0 passed, 0 failed\nexit 1");

    write("good.scenario", SERVED + "close");

    assertThat(run()).isEqualTo("1 passed, 0 failed\nexit 0");
  }

  @Test
  void needsAFolder() {
    assertThat(run(List.of())).contains("no folder with scenarios is given").endsWith("exit 2");
    assertThat(run(List.of(folder.resolve("none").toString())))
        .contains("can't be read")
        .endsWith("exit 2");
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String run() {
    return run(List.of(folder.toString()));
  }

  private static String run(List<String> folders) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    int status = ScenariosMain.run(folders, out, out);
    return printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n")
        + "exit "
        + status;
  }
}
