package io.stompbox.cli.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.protocol.failover.ReconnectPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Model.CommandSpec;

/** Arguments become values; nothing here has a network. */
class ConnectionOptionsTest {
  @ParameterizedTest
  @CsvSource({
    "--retry forever --timeout 3s, 250000h",
    "--retry forever --timeout 3s --set timeout.delivery=5s, 5s"
  })
  void sendsThatOutlastAnOutageAreLimitedBySettingOnly(String line, String limit) {
    ConnectionOptions options = connection(new Cli(), ("send /queue/a " + line).split(" "));

    assertThat(
            options
                .outlastingBuilder(ReconnectPolicy.never())
                .connectOptions()
                .timeouts()
                .delivery())
        .isEqualTo(DurationConverter.parse(limit));
  }

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
  void severalServersAreOneListToFailOverIn() {
    Target target =
        target(
            new Cli(), "-s", "stomp://a", "-s", "failover:(stomp://b,stomp://c)?timeout.idle=5s");

    assertThat(target.brokers().brokers())
        .hasToString("[stomp://a:61613, stomp://b:61613, stomp://c:61613]");
    assertThat(target.settings()).containsEntry("timeout.idle", "5s");
  }

  @Test
  void serversThatContradictEachOtherAreRefused() {
    Cli.Result result =
        Cli.run("send", "/queue/a", "x", "-s", "stomp://a?mode=strict", "-s", "stomp://b?mode=x")
            .assertThatItEndsWith(ExitCode.USAGE);

    assertThat(result.err()).contains("two URIs differ in the option 'mode'", "--server");
  }

  @Test
  void unixDomainSocketHasNoPort() {
    assertThat(
            connection(new Cli(), "send", "/queue/a", "-s", "stomp+unix:///run/broker.sock")
                .brokers()
                .brokers())
        .hasToString("[stomp+unix:///run/broker.sock]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--protocol 1.1|versions|1.1",
        "--protocol auto|versions|1.0/1.1/1.2",
        "--heartbeat 10s,5s|heartBeat.send|10s",
        "--heartbeat 1.5s,500ms|heartBeat.receive|500ms",
        "--heartbeat 0,0|heartBeat.receive|0ms",
        "--vhost /|virtualHost|/",
        "--client-id me|clientId|me",
        "--timeout 3s|timeout.connect|3s",
        "--timeout 3s|timeout.receipt|3s",
        "--timeout 3s|timeout.delivery|3s",
        "--timeout 60s|timeout.close|1500ms",
        "--timeout 3s --set timeout.receipt=9s|timeout.receipt|9s",
        "--set timeout.receipt=9s --timeout 3s|timeout.receipt|9s",
        "-s stomp://a?timeout.receipt=9s --timeout 3s|timeout.receipt|3s",
        "-s stomp://a?heartBeat.send=1s --heartbeat 2s,2s|heartBeat.send|2s",
        "--set heartBeat.send=3s --heartbeat 2s,2s|heartBeat.send|3s",
        "--tls-ca ca.pem|tls.trust|ca.pem",
        "--tls-cert me.pem|tls.certificate|me.pem",
        "--tls-cert me.pem --tls-key key.pem|tls.key|key.pem",
        "--retry 3|maxReconnectAttempts|3",
        "--retry 3|startupMaxReconnectAttempts|3",
        "--retry 3|reconnect|standard",
        "--retry forever|maxReconnectAttempts|-1",
        "--retry 0|reconnect|never",
        "--retry never|reconnect|never",
        "-s stomp://a?mode=strict|mode|strict",
        "-s stomp://a?mode=strict --set mode=tolerant|mode|tolerant",
        "-s stomp://a -s stomp://b -s stomp://c --retry 1|startupMaxReconnectAttempts|2"
      })
  void argumentsBecomeSettings(String arguments, String name, String value) {
    assertThat(target(new Cli(), arguments.split(" ")).settings()).containsEntry(name, value);
  }

  @Test
  void retryTakesThePlaceOfAttemptsInTheUriAndKeepsItsDelays() {
    Target target =
        target(
            new Cli(),
            "-s",
            "failover:(stomp://a)?initialReconnectDelay=5,maxReconnectAttempts=1",
            "--retry",
            "7");

    assertThat(target.settings())
        .containsEntry("initialReconnectDelay", "5")
        .containsEntry("maxReconnectAttempts", "7")
        .doesNotContainKey("reconnect");
  }

  @Test
  void timeoutIsHowLongVerbsWait() {
    assertThat(connection(new Cli(), "send", "/queue/a").timeout()).hasSeconds(10);
    assertThat(connection(new Cli(), "send", "/queue/a", "--timeout", "3s").timeout())
        .hasSeconds(3);
  }

  @Test
  void badSettingIsNamedWithWhereItComesFrom() {
    Cli.Result result =
        Cli.run("send", "/queue/a", "x", "--tls-ca", "/no/such.pem")
            .assertThatItEndsWith(ExitCode.USAGE);

    assertThat(result.err()).contains("/no/such.pem", "it comes from --tls-ca");
  }

  @Test
  void settingWithoutAValueIsNotRepeatedAsItMayBeASecret() {
    assertThat(Cli.run("send", "/queue/a", "x", "--set", "s3cret").err())
        .contains("a setting must look like name=value")
        .doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--set passcode=s3cret|a password in --set",
        "-s stomp://me:s3cret@127.0.0.1:1|a password in the URI",
        "--insecure -s stomp+ssl://127.0.0.1:1|nobody checks that the broker is who it says",
        "--insecure -s stomp://127.0.0.1:1|--insecure has no effect without TLS",
        "--tls-ca CA -s stomp://127.0.0.1:1|--tls-ca has no effect without TLS; use stomp+ssl://"
      })
  void dangerIsWarnedOf(String arguments, String warning) {
    String[] args = ("send /queue/a x --set socket.family=ipv4-only " + arguments).split(" ");

    Cli cli = new Cli().variable("STOMPBOX_URI", "stomp://127.0.0.1:1");

    assertThat(cli.call(args).err()).contains("warning: " + warning).doesNotContain("s3cret");
  }

  @Test
  void passwordIsTheFirstLineOfAFile(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("secret"), "s3cret\nnot this\n");

    assertThat(new PasswordPlace.FirstLine(file).read(new Cli().environment(), "me"))
        .isEqualTo("s3cret");
  }

  @Test
  void passwordFromStandardInputLeavesTheRestOfItAlone() throws Exception {
    Environment environment = new Cli().input("s3cret\r\nthe body").environment();

    assertThat(new PasswordPlace.FirstLine(Path.of("-")).read(environment, "me"))
        .isEqualTo("s3cret");
    assertThat(environment.in().readAllBytes()).asString(UTF_8).isEqualTo("the body");
  }

  @Test
  void passwordIsAskedFor() {
    assertThat(new PasswordPlace.Asked().read(new Cli().secret("s3cret").environment(), "me"))
        .isEqualTo("s3cret");
  }

  @Test
  void secretsDoNotShow() {
    assertThat(new PasswordPlace.Known("s3cret").toString()).doesNotContain("s3cret");
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

  private static Target target(Cli cli, String... arguments) {
    List<String> args = new ArrayList<>(List.of("send", "/queue/a"));
    args.addAll(List.of(arguments));
    return connection(cli, args.toArray(String[]::new)).target();
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
