package io.stompbox.cli.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.testkit.EmbeddedBroker;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContextCommandTest {
  @TempDir private Path folder;

  @Test
  void whatOptionsSayIsKeptAndShown() throws Exception {
    run("context", "add", "prod", "-s", "stomp://a", "-s", "stomp://b", "-u", "me", "--vhost", "v");

    assertThat(run("context", "show", "prod").out())
        .isEqualTo("login=me\nserver=stomp://a stomp://b\nvirtualHost=v\n");
    assertThat(run("context", "show", "prod", "-o", "json").out())
        .isEqualTo(
            "{\"name\":\"prod\",\"selected\":false,\"file\":\""
                + file("prod")
                + "\",\"values\":{\"login\":\"me\",\"server\":\"stomp://a stomp://b\","
                + "\"virtualHost\":\"v\"}}\n");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void onlyTheOwnerCanLookIntoFilesAndFolders() throws Exception {
    run("context", "add", "prod", "-s", "stomp://a", "--select");

    try (Stream<Path> all = Files.walk(folder.resolve("stompbox"))) {
      assertThat(all)
          .hasSize(4)
          .allSatisfy(
              path ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                      .as(path.toString())
                      .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
    }
  }

  @Test
  void selectedOneIsMarkedAndCountsUntilItIsRemoved() {
    run("context", "add", "one", "-s", "stomp://one");
    run("context", "add", "three", "-s", "stomp://three");
    run("context", "select", "three");

    assertThat(run("context", "ls").out())
        .isEqualTo("  one    stomp://one\n* three  stomp://three\n");
    assertThat(run("context", "show").out()).isEqualTo("server=stomp://three\n");

    run("context", "rm", "three");
    assertThat(run("context", "ls").out()).isEqualTo("  one  stomp://one\n");
    assertThat(fails("context", "show")).contains("no context is named, and none is selected");
  }

  @Test
  void noneIsSelectedByThatName() {
    run("context", "add", "one", "-s", "stomp://one", "--select");
    run("context", "select", "none");

    assertThat(run("context", "ls").out()).isEqualTo("  one  stomp://one\n");
  }

  @Test
  void contextConnectsAndSaysWhoAnswers() {
    try (EmbeddedBroker broker = EmbeddedBroker.start(0, Map.of("me", "s3cret"))) {
      Cli add = cli().secret("s3cret");
      add.call("context", "add", "here", "-s", broker.uri(), "-u", "me", "--ask-password")
          .assertThatItEndsWith(ExitCode.OK);

      assertThat(add.err()).contains("the password is stored").doesNotContain("s3cret");
      assertThat(run("context", "check", "here").out())
          .matches("here: connected to " + broker.uri() + " in \\d+ ms, STOMP 1.2, ActiveMQ/.*\n");
      assertThat(run("context", "show", "here").out()).contains("passcode=***");
      run("send", "--context", "here", "/queue/context", "x", "--receipt");
    }
  }

  @Test
  void passwordsStandInNoArgument() {
    assertThat(fails("context", "add", "a", "-s", "stomp://me:s3cret@host"))
        .contains("a password in an argument", "--ask-password")
        .doesNotContain("s3cret");
    assertThat(fails("context", "add", "a", "--set", "passcode=s3cret")).doesNotContain("s3cret");
    assertThat(
            cli()
                .input("s3cret\n")
                .call("context", "add", "a", "--password-file", "-")
                .assertThatItEndsWith(ExitCode.USAGE)
                .err())
        .contains("standard input can't be read again")
        .doesNotContain("s3cret");
  }

  @Test
  void passwordFileIsReferredToByItsWholePath() {
    run("context", "add", "a", "--password-file", "secret.txt");

    assertThat(run("context", "show", "a").out())
        .isEqualTo("passwordFile=" + Path.of("secret.txt").toAbsolutePath() + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "a/b", ".hidden", "", "none", "a b", "-x"})
  void nameIsNoPath(String name) {
    assertThat(fails("context", "show", "--", name)).contains("can't be the name of a context");
  }

  @Test
  void unknownNameIsAnsweredWithThoseThereAre() {
    run("context", "add", "prod", "-s", "stomp://a");

    assertThat(fails("send", "--context", "prd", "/queue/a", "x"))
        .contains("there is no context 'prd'", "known: prod");
  }

  @Test
  void contextIsNotReplacedByAccident() {
    run("context", "add", "prod", "-s", "stomp://a");

    assertThat(fails("context", "add", "prod", "-s", "stomp://b"))
        .contains("there is a context 'prod' already");
  }

  @Test
  void contextOfNothingIsRefused() {
    assertThat(fails("context", "add", "prod", "--select")).contains("there is nothing to keep");
  }

  @Test
  void whatArgumentsHaveWrongIsSaidToBeTheirs() {
    run("context", "add", "prod", "-s", "stomp://a");

    assertThat(fails("context", "add", "test", "-s", "foo"))
        .contains("not a broker address: 'foo'", "it comes from --server");
    assertThat(fails("context", "edit", "prod", "-s", "foo")).contains("it comes from --server");
    assertThat(fails("context", "edit", "prod", "--set", "timeout.receipt=soon"))
        .contains("it comes from --set");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "colour=red|'colour' is not known",
        "server=nowhere|not a broker address: 'nowhere'",
        "timeout.receipt=soon|the setting 'timeout.receipt' can't be 'soon'",
        "timeout=soon|'soon' is not a duration",
        "retry=often|'often' must be a number, forever or never",
        "login=\\u00zz|cannot read"
      })
  void brokenFileIsNamed(String line, String sentence) throws Exception {
    write("broken", line + "\n", "rw-------");

    assertThat(fails("send", "--context", "broken", "/queue/a", "x")).contains(sentence, "broken");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "passcode=s3cret|rw-r--r--|others may read",
        "server=stomp://me:s3cret@host|rw-r-----|others may read",
        "server=stomp://host|rw-rw----|others may change"
      })
  @DisabledOnOs(OS.WINDOWS)
  void fileThatOthersCanUseIsRefused(String line, String permissions, String sentence)
      throws Exception {
    write("open", line + "\n", permissions);

    assertThat(fails("context", "show", "open"))
        .contains(sentence, "chmod 600 " + file("open"))
        .doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stompbox", "stompbox/contexts"})
  @DisabledOnOs(OS.WINDOWS)
  void folderInWhichOthersCanPutAnotherFileIsRefused(String name) throws Exception {
    run("context", "add", "a", "-s", "stomp://a");
    Path open = folder.resolve(name);
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxr-x"));

    assertThat(fails("send", "--context", "a", "/queue/a", "x"))
        .contains("others may change what is in " + open, "chmod 700 " + open);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stomp://me:s3cr et@host",
        "stomp://other stomp://me:s3cr et@host",
        "stomp://me:et@s3cr@host",
        "failover:(stomp://me:s3cr@a,stomp://you:s3cr et@b)"
      })
  @DisabledOnOs(OS.WINDOWS)
  void passwordThatIsNotEncodedIsHiddenAsAWhole(String server) throws Exception {
    write("prod", "server=" + server + "\n", "rw-------");

    assertThat(run("context", "show", "prod").out()).contains("***@").doesNotContain("s3cr", "et");
    Cli.Result result = cli().call("send", "-v", "-s", server + ":x", "/queue/a", "x");
    assertThat(result.assertThatItEndsWith(ExitCode.USAGE).err()).doesNotContain("s3cr");
  }

  @Test
  void oneBrokenFileDoesNotHideTheOthers() throws Exception {
    run("context", "add", "good", "-s", "stomp://a");
    write("bad", "colour=red\n", "rw-------");

    Cli.Result result = run("context", "ls");
    assertThat(result.out()).contains("good");
    assertThat(result.err()).contains("context bad: ", "'colour' is not known");
  }

  @Test
  void editChangesAndRemovesValues() throws Exception {
    run("context", "add", "a", "-s", "stomp://a", "--timeout", "3s", "--password-env", "OLD");
    run("context", "edit", "a", "-s", "stomp://b", "--unset", "timeout", "--password-file", "/new");

    assertThat(run("context", "show", "a").out())
        .isEqualTo("passwordFile=/new\nserver=stomp://b\n");
    assertThat(fails("context", "edit", "a", "--unset", "timeout"))
        .contains("the context has no 'timeout'", "it has passwordFile, server");
    write("empty", "", "rw-------");
    assertThat(fails("context", "edit", "empty", "--unset", "timeout"))
        .contains("it has no values");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void editorChangesTheFile() {
    run("context", "add", "a", "-s", "stomp://a");

    cli()
        .variable("EDITOR", "sed -i -e s/a/b/")
        .call("context", "edit", "a")
        .assertThatItEndsWith(ExitCode.OK);
    assertThat(run("context", "show", "a").out()).contains("b");
  }

  @Test
  void whoeverReadsNoFurtherIsNotAFaultOfTheContexts() {
    run("context", "add", "a", "-s", "stomp://a");
    run("context", "add", "b", "-s", "stomp://b");
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("Broken pipe");
          }
        };

    Cli.Result result =
        cli().reader(closed).call("context", "ls").assertThatItEndsWith(ExitCode.CLOSED_PIPE);

    assertThat(result.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {"sed -i -e s/server/colour/, 'colour' is not known", "false, ended with 1"})
  @DisabledOnOs(OS.WINDOWS)
  void whatAnEditorBreaksIsNotTaken(String editor, String sentence) throws Exception {
    run("context", "add", "a", "-s", "stomp://a");

    Cli.Result result = cli().variable("EDITOR", editor).call("context", "edit", "a");

    assertThat(result.assertThatItEndsWith(ExitCode.USAGE).err())
        .contains(sentence)
        .doesNotContain("/.");
    assertThat(run("context", "show", "a").out()).isEqualTo("server=stomp://a\n");
    try (Stream<Path> files = Files.list(file("a").getParent())) {
      assertThat(files).containsExactly(file("a"));
    }
  }

  @Test
  void variableNamesAContextAndAnArgumentAnother() {
    Cli cli = cli().variable("STOMPBOX_CONTEXT", "two");

    assertThat(cli.call("send", "/queue/a", "x").assertThatItEndsWith(ExitCode.USAGE).err())
        .contains("there is no context 'two'");
    cli.call("send", "--context", "none", "-s", "stomp://127.0.0.1:1", "/queue/a", "x")
        .assertThatItEndsWith(ExitCode.CANNOT_CONNECT);
  }

  private void write(String name, String text, String permissions) throws IOException {
    Path contexts = Files.createDirectories(file(name).getParent());
    for (Path each : List.of(contexts, contexts.getParent())) {
      Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwx------"));
    }
    Files.writeString(file(name), text);
    Files.setPosixFilePermissions(file(name), PosixFilePermissions.fromString(permissions));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whatIsNoSmallFileIsNoContext() throws Exception {
    run("context", "add", "a", "-s", "stomp://a");
    Files.writeString(file("large"), "k".repeat(100_000) + "=1");
    Files.writeString(file("unknown"), "k".repeat(10_000) + "=1");
    assertThat(new ProcessBuilder("mkfifo", file("fifo").toString()).start().waitFor()).isZero();

    assertThat(fails("context", "show", "large")).contains("it is larger than 64.0 KiB");
    assertThat(fails("context", "show", "fifo")).contains("it is no regular file");
    assertThat(fails("context", "show", "unknown"))
        .contains("kkk' is not known")
        .hasSizeLessThan(1000);
  }

  private Path file(String name) {
    return folder.resolve("stompbox").resolve("contexts").resolve(name + ".properties");
  }

  private Cli cli() {
    return new Cli().configuration(folder);
  }

  private Cli.Result run(String... args) {
    return cli().call(args).assertThatItEndsWith(ExitCode.OK);
  }

  private String fails(String... args) {
    return cli().call(args).assertThatItEndsWith(ExitCode.USAGE).err();
  }
}
