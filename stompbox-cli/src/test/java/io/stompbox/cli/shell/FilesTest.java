package io.stompbox.cli.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.SafeFolder;
import io.stompbox.protocol.frame.Body;
import io.stompbox.testkit.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as commands, as messages, and as what came with messages. */
class FilesTest {
  private static final Body HELLO = Body.of("hello");
  private static EmbeddedBroker broker;

  @TempDir Path folder;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void cli06FileIsSentAsBase64WithItsNameAndTheHeadersOfAnother() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "hello file");
    Path headers = Files.writeString(folder.resolve("h.json"), "{\"x\": 1, \"y\": \"two\"}");

    Cli.Result result =
        new Cli()
            .input("subscribe /queue/6\nsendfile /queue/6 " + file + " " + headers + "\nwait")
            .call("shell", "-s", broker.uri(), "--wait", "1ms")
            .assertThatItEndsWith(ExitCode.OK);

    assertThat(result.err()).contains("Loading " + headers, "Using headers [x:1, y:two]");
    assertThat(result.out()).contains("filename: a.txt\n", "\naGVsbG8gZmlsZQ==\n");
  }

  @Test
  void cli07FileThatComesIsSavedBesideWhatHasItsName() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "hello file");

    Cli.Result result =
        shell(
            "subscribe /queue/7",
            "sendfile /queue/7 " + file,
            "sendfile /queue/7 " + file,
            "wait 2");

    assertThat(result.out()).contains("\nSaved file: " + file + ".");
    assertThat(result.err()).contains("Saved file: " + file + ".");
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.sorted().toList();
      assertThat(all).hasSize(3);
      assertThat(all).allSatisfy(each -> assertThat(each).hasContent("hello file"));
      assertThat(all.get(1).getFileName().toString()).matches("a\\.txt\\.\\d{10}");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x",
        "/etc/x",
        "../../../../x",
        "C:\\windows\\x",
        "..",
        ".",
        "",
        "/",
        ".bashrc",
        "a\u0000b",
        "sub/x"
      })
  void cli29NoNameLeavesTheFolder(String name) throws IOException {
    Path chosen = Files.createDirectory(folder.resolve("chosen"));

    Path saved = new SafeFolder(chosen, copy -> ".7").save(name, HELLO.asByteBuffer());

    assertThat(saved).hasParent(chosen).hasContent("hello");
    assertThat(saved.getFileName().toString()).matches("x|file|bashrc|a_b");
    try (Stream<Path> all = Files.walk(folder)) {
      assertThat(all.filter(Files::isRegularFile)).containsExactly(saved);
    }
  }

  @Test
  void cli29LinkIsNotFollowed() throws IOException {
    Path chosen = Files.createDirectory(folder.resolve("chosen"));
    Files.createSymbolicLink(chosen.resolve("x"), folder.resolve("outside"));

    Path saved = new SafeFolder(chosen, copy -> ".7").save("x", HELLO.asByteBuffer());

    assertThat(saved).isEqualTo(chosen.resolve("x.7"));
    assertThat(folder.resolve("outside")).doesNotExist();
  }

  @Test
  void cli29NothingIsSavedWhereNobodyHasChosenAFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("never.txt"), "hello");

    Cli.Result result =
        new Cli()
            .input("subscribe /queue/29\nsendfile /queue/29 " + file + "\nwait")
            .call("shell", "-s", broker.uri(), "--wait", "1ms")
            .assertThatItEndsWith(ExitCode.OK);

    assertThat(result.out()).contains("filename: never.txt", "aGVsbG8=");
    assertThat(Path.of("never.txt")).doesNotExist();
  }

  @Test
  void contentThatIsNoBase64IsShownAndNotSaved() throws IOException {
    Cli.Result result =
        shell("subscribe /queue/base64", "send /queue/base64 -H filename:a.txt no base64", "wait");

    assertThat(result.err()).contains("The file 'a.txt' is not saved: its content is no Base64");
    assertThat(result.out()).contains("\nno base64\n");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void cli24MessagesOfAScriptAreShownBeforeItLeavesInGoodOrder() throws IOException {
    Path script =
        Files.writeString(
            folder.resolve("script"), "# no command\nsubscribe /queue/24\nsend /queue/24 shown\n");

    Cli.Result result =
        Cli.run("shell", "-s", broker.uri(), "--trace", "-F", script.toString())
            .assertThatItEndsWith(ExitCode.OK);

    assertThat(result.out()).contains("\nshown\n");
    assertThat(result.err()).contains("> DISCONNECT [receipt:").containsPattern("< RECEIPT \\[rec");
  }

  @Test
  void filesRunOthersAndSayWhereAMistakeIs() throws IOException {
    Path inner = Files.writeString(folder.resolve("inner"), "send /queue/inner x\n\nnonsense\n");
    Path outer = Files.writeString(folder.resolve("outer"), "run " + inner + "\nversion\n");

    Cli.Result result =
        Cli.run("shell", "-s", broker.uri(), "-F", outer.toString())
            .assertThatItEndsWith(ExitCode.PARTLY_DONE);

    assertThat(result.err())
        .contains(inner + ":3: Unknown command: nonsense", "1 of 4 commands failed");
    assertThat(result.out()).contains("STOMP 1.2");
  }

  @Test
  void filesThatRunEachOtherComeToAnEnd() throws IOException {
    Path file = folder.resolve("endless");
    Files.writeString(file, "run " + file);

    Cli.Result result =
        Cli.run("shell", "-s", broker.uri(), "-F", file.toString())
            .assertThatItEndsWith(ExitCode.PARTLY_DONE);

    assertThat(result.err()).contains("files run each other 10 deep");
  }

  @Test
  void scriptThatIsNotThereIsAMistakeOfTheArguments() {
    Cli.Result result =
        Cli.run("shell", "-s", broker.uri(), "-F", folder + "/none")
            .assertThatItEndsWith(ExitCode.USAGE);

    assertThat(result.err()).isEqualTo("stompbox: File " + folder + "/none was not found\n");
  }

  private Cli.Result shell(String... lines) {
    return new Cli()
        .input(String.join("\n", lines).getBytes(UTF_8))
        .call("shell", "-s", broker.uri(), "--wait", "1ms", "--save", folder.toString())
        .assertThatItEndsWith(ExitCode.OK);
  }
}
