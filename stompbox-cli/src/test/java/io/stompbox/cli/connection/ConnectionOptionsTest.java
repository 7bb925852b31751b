package io.stompbox.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.client.ConnectOptions;
import io.stompbox.client.Credentials;
import io.stompbox.client.Offer;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.HeartBeat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Model.CommandSpec;

/** Arguments become values; nothing here has a network. */
class ConnectionOptionsTest {
  @Test
  void serverIsTheLocalOneUnlessToldOtherwise() {
    assertThat(connection(new Cli(), "send", "/queue/a").brokers().brokers())
        .hasToString("[stomp://127.0.0.1:61613]");
  }

  @Test
  void variableNamesTheServer() {
    Cli cli = new Cli().variable("STOMPBOX_URI", "stomp://elsewhere:1234");

    assertThat(connection(cli, "send", "/queue/a").brokers().brokers())
        .hasToString("[stomp://elsewhere:1234]");
  }

  @Test
  void optionOverridesTheVariable() {
    Cli cli = new Cli().variable("STOMPBOX_URI", "stomp://elsewhere:1234");

    assertThat(connection(cli, "send", "/queue/a", "-s", "stomps://here").brokers().brokers())
        .hasToString("[stomps://here:61614]");
  }

  @Test
  void emptyVariableCountsAsNone() {
    Cli cli = new Cli().variable("STOMPBOX_URI", "");

    assertThat(connection(cli, "send", "/queue/a").brokers().brokers())
        .hasToString("[stomp://127.0.0.1:61613]");
  }

  @Test
  void badVariableIsNamed() {
    Cli cli = new Cli().variable("STOMPBOX_URI", "elsewhere");

    cli.call("send", "/queue/a", "x").assertThatItEndsWith(ExitCode.USAGE);

    assertThat(cli.err()).contains("not a broker address: 'elsewhere'", "STOMPBOX_URI");
  }

  @Test
  void offerIsStandardUnlessToldOtherwise() {
    assertThat(options("send", "/queue/a").offer()).isEqualTo(Offer.standard());
  }

  @ParameterizedTest
  @CsvSource({"1.0, V1_0", "1.1, V1_1", "1.2, V1_2"})
  void protocolNamesTheOneVersionOffered(String text, Version version) {
    assertThat(options("send", "/queue/a", "--protocol", text).offer().versions())
        .containsExactly(version);
  }

  @Test
  void protocolAutoOffersAllVersions() {
    assertThat(options("send", "/queue/a", "--protocol", "auto").offer().versions())
        .isEqualTo(Set.of(Version.values()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"10s,5s|10000|5000", "0,0|0|0", "1.5s,0|1500|0", "500ms,1m|500|60000"})
  void heartBeatsAreDurations(String text, int send, int receive) {
    assertThat(options("send", "/queue/a", "--heartbeat", text).offer().heartBeat())
        .isEqualTo(new HeartBeat(send, receive));
  }

  @Test
  void virtualHostGoesIntoTheOffer() {
    assertThat(options("send", "/queue/a", "--vhost", "/").offer().virtualHost()).isEqualTo("/");
  }

  @Test
  void timeoutBoundsEveryAnswer() {
    ConnectOptions options = options("send", "/queue/a", "--timeout", "3s");

    Duration limit = Duration.ofSeconds(3);
    assertThat(options.timeouts().connect()).isEqualTo(limit);
    assertThat(options.timeouts().connected()).isEqualTo(limit);
    assertThat(options.timeouts().receipt()).isEqualTo(limit);
    assertThat(options.timeouts().space()).isEqualTo(limit);
    assertThat(options.timeouts().delivery()).isEqualTo(limit);
  }

  @Test
  void farewellIsShortEnoughForCtrlC() {
    assertThat(options("listen", "/queue/a", "--timeout", "60s").timeouts().close())
        .isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void credentialsAreThoseOfTheAddressUnlessToldOtherwise() {
    assertThat(options("send", "/queue/a", "-s", "stomp://me:secret@host").credentials()).isNull();
  }

  @Test
  void passwordComesFromAVariable() {
    Cli cli = new Cli().variable("SECRET", "s3cret");

    assertThat(credentials(cli, "send", "/queue/a", "-u", "me", "--password-env", "SECRET"))
        .isEqualTo(new Credentials("me", "s3cret"));
  }

  @Test
  void passwordIsTheFirstLineOfAFile(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("secret"), "s3cret\nnot this\n");

    assertThat(
            credentials(
                new Cli(), "send", "/queue/a", "-u", "me", "--password-file", file.toString()))
        .isEqualTo(new Credentials("me", "s3cret"));
  }

  @Test
  void passwordIsAskedFor() {
    Cli cli = new Cli().secret("s3cret");

    assertThat(credentials(cli, "send", "/queue/a", "-u", "me", "--ask-password"))
        .isEqualTo(new Credentials("me", "s3cret"));
  }

  @Test
  void userMayComeFromTheAddressAndThePasswordFromElsewhere() {
    Cli cli = new Cli().secret("s3cret");

    assertThat(credentials(cli, "send", "/queue/a", "-s", "stomp://me@host", "--ask-password"))
        .isEqualTo(new Credentials("me", "s3cret"));
  }

  @Test
  void anotherUserDoesNotGetThePasswordOfTheAddress() {
    assertThat(credentials(new Cli(), "send", "/queue/a", "-u", "you", "-s", "stomp://me:p@host"))
        .isEqualTo(new Credentials("you", null));
  }

  @Test
  void sameUserKeepsThePasswordOfTheAddress() {
    assertThat(credentials(new Cli(), "send", "/queue/a", "-u", "me", "-s", "stomp://me:p@host"))
        .isEqualTo(new Credentials("me", "p"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--password-env NOPE|the environment variable NOPE is not set",
        "--password-file /no/such/file|there is no such file",
        "--ask-password|there is no terminal to ask for the password on",
        "--ask-password --password-env NOPE|there must be one password only"
      })
  void passwordThatCannotBeHadIsAUsageError(String arguments, String sentence) {
    String[] args = ("send /queue/a x -u me " + arguments).split(" ");

    assertThat(Cli.run(args).assertThatItEndsWith(ExitCode.USAGE).err()).contains(sentence);
  }

  private static ConnectOptions options(String... args) {
    ConnectionOptions connection = connection(new Cli(), args);
    return connection.connectOptions(connection.brokers());
  }

  private static Credentials credentials(Cli cli, String... args) {
    ConnectionOptions connection = connection(cli, args);
    Supplier<Credentials> supplier = connection.connectOptions(connection.brokers()).credentials();
    return Objects.requireNonNull(supplier, "credentials").get();
  }

  private static ConnectionOptions connection(Cli cli, String... args) {
    return cli.parse(args).mixins().values().stream()
        .map(CommandSpec::userObject)
        .filter(ConnectionOptions.class::isInstance)
        .map(ConnectionOptions.class::cast)
        .findFirst()
        .orElseThrow();
  }
}
