package io.stompbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Terminal;
import io.stompbox.cli.setup.CommandTree;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;

/** What is said of arguments that are not right, and the help. */
class UsageTest {
  static Stream<Arguments> mistakes() {
    return Stream.of(
        row("unknown command 'snd'", "snd", "/queue/a"),
        row("did you mean send?", "snd", "/queue/a"),
        row(
            "unknown command '" + "x".repeat(50) + " ... " + "x".repeat(50) + "'",
            "x".repeat(9999)),
        row("unknown command 'a?[2J?b'", "a\u001b[2J\nb"),
        row("an argument too many: 'y?z'", "send", "/queue/a", "x", "y\nz"),
        row(
            "2562047h' is too long; the longest is 277777h",
            "send",
            "/q",
            "x",
            "--timeout",
            "2562047h"),
        row("did you mean send?", "sned", "/queue/a"),
        row("unknown command 'sned'", "help", "sned"),
        row("did you mean stomp://nowhere:61613?", "send", "/queue/a", "x", "-s", "nowhere"),
        row("did you mean stomp://a.example:7?", "ping", "-s", "a.example:7"),
        row("did you mean most.bodyOctets? docs/options.md", "ping", "--set", "bodyOctets=1"),
        row("'foo' is not known; docs/options.md has them all", "ping", "--set", "foo=1"),
        row("stompbox: SHELL: 'tcsh' must be bash, zsh or fish", "completion", "tcsh"),
        row("'--trace' is one of stompbox send and stands before it", "--trace", "send", "/q", "x"),
        row("write it behind: stompbox send --count ...", "--count=3", "send", "/queue/a", "x"),
        row("write it behind: stompbox listen -c ...", "-c", "3", "listen", "/queue/a"),
        row("write it behind: stompbox bench send --rate ...", "bench", "--rate", "9", "send"),
        row("write it behind: stompbox bench send --rate ...", "--rate", "9", "bench", "send"),
        row("unknown option '--trace', also of stompbox version", "--trace", "version"),
        row("did you mean stompbox send --receipt?", "--reciept", "send", "/queue/a", "x"),
        row("did you mean --receipt?", "send", "/queue/a", "x", "--recept"),
        row("did you mean --receipt?", "send", "/queue/a", "x", "--reciept"),
        row("did you mean --receipt?", "send", "--reciept"),
        row("did you mean --header?", "listen", "/queue/a", "--hedaer=a:b"),
        row("unknown option '--hedaer'", "listen", "/queue/a", "--hedaer=a:b"),
        row("did you mean --persistent?", "send", "/queue/a", "x", "--persistant"),
        row("unknown option '--misspelt'", "failover", "--misspelt"),
        row("'misspelt' is not known; docs/", "failover", "stomp://a?misspelt=1"),
        row("did you mean randomize?", "failover", "failover:(stomp://a)?randomise=false"),
        row("did you mean timeout.close", "send", "/q", "x", "-s", "stomp://a?timeout.clos=1s"),
        row("failover:(ws://host/path?query)", "send", "/q", "x", "-s", "ws://a/b?c=1"),
        row("'--count' is one of stompbox listen and stands before it", "--count=3", "listen"),
        row("did you mean --count?", "listen", "/queue/a", "-n", "1"),
        row("did you mean --count?", "listen", "/queue/a", "-n1"),
        row("unknown option '-n'", "version", "-n"),
        row("--receipt takes no value", "send", "/queue/a", "x", "--receipt=yes"),
        row("DEST is missing", "send"),
        row("DEST is missing", "listen"),
        row("--count needs a value: N", "listen", "/queue/a", "-c"),
        row("behind -- nothing is an option", "send", "/q", "--", "-x", "--receipt"),
        row("--html is blank", "report", "run.json", "--html", ""),
        row("--out is blank", "bench", "send", "--embedded", "--out", ""),
        row("--save is blank", "shell", "--save", " "),
        row("there is an argument too many: 'y'", "send", "/queue/a", "x", "y"),
        row("the destination is blank", "send", " ", "x"),
        row("argument 3 is not UTF-8 text", "send", "/queue/a", "gr\uFFFDn"),
        row("from standard input", "send", "/queue/gr\uFFFDn", "x"),
        row(
            "-H content-type and --content-type",
            "send",
            "/q",
            "x",
            "-H",
            "content-type:a",
            "--content-type",
            "b"),
        row(
            "-H priority and --priority",
            "request",
            "/q",
            "x",
            "-H",
            "priority:1",
            "--priority",
            "2"),
        row("-H reply-to and --reply-to", "send", "/q", "x", "-H", "reply-to:a", "--reply-to", "b"),
        row("-H expires and --expires", "send", "/q", "x", "-H", "expires:1", "--expires", "1s"),
        row(
            "-H persistent and --persistent",
            "reply",
            "/q",
            "--echo",
            "-H",
            "persistent:false",
            "--persistent"),
        row("must be from 1 to 65535", "send", "-s", "stomp://localhost:99999", "/queue/a", "x"),
        row("the destination is blank", "listen", ""),
        row("not a broker address: 'nowhere'", "send", "/queue/a", "x", "-s", "nowhere"),
        row("its scheme is not one of", "listen", "/queue/a", "-s", "http://host"),
        row("a header must look like name:value", "send", "/queue/a", "x", "-H", "priority"),
        row("-H can't set 'receipt'", "send", "/queue/a", "x", "-H", "receipt:7"),
        row("-H can't set 'ack'", "listen", "/queue/a", "-H", "ack:auto"),
        row("'5' is not a duration", "send", "/queue/a", "x", "--timeout", "5"),
        row("'soon' is not a duration", "listen", "/queue/a", "--wait", "soon"),
        row("must be auto, always or never", "version", "--color", "red"),
        row("must be two durations", "listen", "/queue/a", "--heartbeat", "10s"),
        row("'1.3' must be 1.0, 1.1, 1.2 or auto", "listen", "/queue/a", "--protocol", "1.3"),
        row("--version: '1.3' must be 1.0, 1.1, 1.2 or auto", "decode", "--version", "1.3"),
        row("--protocol: '1.3' must be", "encode", "--protocol=1.3"),
        row("'after' must be auto, client or individual", "listen", "/queue/a", "--ack", "after"),
        row("'xml' must be text, json or raw", "listen", "/queue/a", "-o", "xml"),
        row("in one way only", "listen", "/queue/a", "-o", "json", "--headers-only"),
        row("'%z' at 1 means nothing", "listen", "/queue/a", "-f", "%z"),
        row("nothing follows the % at the end; write %%", "listen", "/queue/a", "-f", "%b%"),
        row("%h at 1 needs a name", "listen", "/queue/a", "-f", "%h{}"),
        row("--id and --durable are for one", "listen", "/queue/a", "/queue/b", "--id", "x"),
        row("--count means nothing", "listen", "/t", "--durable", "d", "--unsubscribe", "-c", "1"),
        row(
            "--save means nothing",
            "listen",
            "/t",
            "--durable",
            "d",
            "--unsubscribe",
            "--save",
            "x"),
        row("--unsubscribe needs the name", "listen", "/topic/a", "--unsubscribe"),
        row("--nack refuses messages", "listen", "/queue/a", "--nack", "--ack", "client"),
        row("--save writes the bodies", "listen", "/queue/a", "--save", "x", "-o", "json"),
        row("'0s' is too short", "listen", "/queue/a", "--for", "0s"),
        row("a command is missing: one of send, listen, rtt, mixed", "bench"),
        row("a command is missing: one of add, ls, show,", "context"),
        row("there are no contexts", "context", "show"),
        row("there are no contexts", "context", "check"),
        row("DEST is missing", "request"),
        row("TARGET is missing", "pipe", "/queue/a"),
        row("one end must be a destination", "pipe", "-", "-"),
        row("--window: '0' must be", "pipe", "/queue/a", "/queue/b", "--window", "0"),
        row("its scheme is not one of", "pipe", "/queue/a", "/queue/b", "--from", "http://x"),
        row("the destination is blank", "request", "", "x"),
        row("nothing says what to reply", "reply", "/queue/a"),
        row("one way to reply only", "reply", "/queue/a", "--echo", "--body", "x"),
        row("--count: '0' must be a whole number from 1 to", "listen", "/queue/a", "-c", "0"),
        row("--count: 'x' must be a whole number from 1 to", "listen", "/queue/a", "-c", "x"),
        row(
            "--prefetch: '-1' must be a whole number from 0 to",
            "listen",
            "/queue/a",
            "--prefetch",
            "-1"),
        row("--count: '0' must be a whole number from 1 to", "send", "/queue/a", "x", "-c", "0"),
        row("--tx: '0' must be a whole number from 1 to", "send", "/queue/a", "x", "--tx", "0"),
        row("'fast' is not a rate", "send", "/queue/a", "x", "--rate", "fast"),
        row("'0/s' is not a rate", "send", "/queue/a", "x", "--rate", "0/s"),
        row("the delimiter is empty", "send", "/queue/a", "-D", ""),
        row("can be divided in one way only", "send", "/queue/a", "--lines", "-D", ";"),
        row("can be divided in one way only", "send", "/queue/a", "--lines", "--json-lines"),
        row("DEST is missing", "send", "--lines"),
        row("--count repeats one message", "send", "/queue/a", "--lines", "-c", "2"),
        row("there must be one body only", "send", "/queue/a", "x", "--file", "y"),
        row("there is no such file", "send", "/queue/a", "@/no/such/file"),
        row("it is a directory", "send", "/queue/a", "--file", "/"),
        row(
            "--priority: '10' must be a whole number from 0 to 9",
            "send",
            "/queue/a",
            "x",
            "--priority",
            "10"),
        row("'1' is not a duration", "send", "/queue/a", "x", "--expires", "1"),
        row("--port: '70000' must be a whole number from 0 to 65535", "broker", "--port", "70000"),
        row("a user must look like name:passcode", "broker", "--user", "secret"),
        row("--messages: '1' must be a whole number from 2 to", "demo", "--messages", "1"));
  }

  private static Arguments row(String sentence, String... args) {
    return Arguments.of(sentence, args);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistakeGetsOneSentenceAndTheNextStep(String sentence, String[] args) {
    Cli.Result result = Cli.run(args).assertThatItEndsWith(ExitCode.USAGE);

    assertThat(result.err()).startsWith("stompbox: ").contains(sentence);
    assertThat(result.err().lines()).hasSizeLessThanOrEqualTo(4);
    assertThat(result.out()).isEmpty();
  }

  /** One letter is near to many names, and some of them take messages away. */
  @ParameterizedTest
  @ValueSource(strings = {"-n", "-a", "-r", "-x"})
  void unknownLetterIsNotTakenForTheBeginningOfAName(String letter) {
    assertThat(Cli.run("listen", "/queue/a", letter).assertThatItEndsWith(ExitCode.USAGE).err())
        .contains("unknown option '" + letter + "'")
        .doesNotContain("--nack", "--receipt", "--ack", "--retry");
  }

  @Test
  void longArgumentIsNotRepeatedAsAWhole() {
    String lengthy = "9".repeat(100_000);

    assertThat(Cli.run(lengthy).err()).hasSizeLessThan(1000);
    assertThat(Cli.run("send", "/q", "x", "--timeout", lengthy).err())
        .hasSizeLessThan(1000)
        .contains("is not a duration; write for example");
    assertThat(Cli.run("send", "/q", "--file", "/" + lengthy).err()).hasSizeLessThan(3000);
  }

  /** Each is read by something that says what it must be. */
  @Test
  void everyNumberHasItsLimitsInAMistake() {
    CommandTree.all(new Cli().parse()).stream()
        .flatMap(command -> command.options().stream())
        .filter(option -> "N".equals(option.paramLabel()))
        .forEach(
            option ->
                assertThat(option.converters())
                    .as(option.command().qualifiedName() + " " + option.longestName())
                    .isNotEmpty());
  }

  @Test
  void secretsInBadArgumentsAreNotRepeated() {
    assertThat(Cli.run("send", "/queue/a", "x", "-H", "s3cret").err()).doesNotContain("s3cret");
    assertThat(Cli.run("broker", "--user", "s3cret").err()).doesNotContain("s3cret");
    assertThat(Cli.run("send", "/queue/a", "x", "--ask-password=s3cret").err())
        .doesNotContain("s3cret");
    assertThat(Cli.run("send", "/queue/a", "x", "-s", "stomp://me:s3cret@host:port").err())
        .doesNotContain("s3cret");
  }

  @Test
  void withoutArgumentsTheCommandsAreShown() {
    Cli.Result result = Cli.run().assertThatItEndsWith(ExitCode.USAGE);

    assertThat(result.err()).contains("demo", "broker", "send", "listen", "version");
    assertThat(result.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"help, --help", "help send, send --help", "help context add, context add --help"})
  void helpIsAVerbToo(String verb, String option) {
    Cli.Result result = Cli.run(verb.split(" ")).assertThatItEndsWith(ExitCode.OK);

    assertThat(result.out()).isEqualTo(Cli.run(option.split(" ")).out());
  }

  @Test
  void helpListsEveryExitCode() {
    List<String> lines = Cli.run("--help").out().lines().toList();

    assertThat(ExitCode.values())
        .allSatisfy(
            code ->
                assertThat(lines)
                    .anyMatch(
                        line ->
                            line.matches(" +" + code.number() + " +\\Q" + code.meaning() + "\\E")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "demo",
        "broker",
        "send",
        "listen",
        "decode",
        "encode",
        "failover",
        "ping",
        "peek",
        "doctor",
        "request",
        "reply",
        "pipe"
      })
  void helpHasExamplesThatStartWithTheCommand(String verb) {
    String[] args = Stream.of(verb, "--help").filter(arg -> !arg.isEmpty()).toArray(String[]::new);

    Cli.Result result = Cli.run(args).assertThatItEndsWith(ExitCode.OK);

    String examples = result.out().substring(result.out().indexOf("Examples:"));
    assertThat(examples).contains("stompbox " + verb);
    assertThat(result.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "broker",
        "send",
        "listen",
        "decode",
        "encode",
        "failover",
        "ping",
        "peek",
        "doctor",
        "version"
      })
  void helpFitsIntoAHundredColumns(String verb) {
    assertThat(Cli.run(verb, "--help").out().lines()).allMatch(line -> line.length() <= 100);
  }

  static Stream<Arguments> widths() {
    return Stream.of(
        width(80, null, -1),
        width(72, "72", -1),
        width(72, "72", 90),
        width(90, null, 90),
        width(60, null, 20),
        width(60, "1", -1),
        width(100, "250", -1),
        width(80, "wide", -1),
        width(80, "", -1),
        width(80, "0", -1),
        width(80, "99999999999", -1));
  }

  private static Arguments width(int expected, @Nullable String variable, int ofTerminal) {
    return Arguments.of(expected, variable, ofTerminal);
  }

  /** It is as wide as it may be, and no line but those of examples is wider. */
  @ParameterizedTest
  @MethodSource("widths")
  void helpIsAsWideAsItsTerminal(int expected, @Nullable String variable, int ofTerminal) {
    Cli cli = new Cli();
    if (variable != null) {
      cli.variable("COLUMNS", variable);
    }
    if (ofTerminal > 0) {
      cli.terminal(Terminal.Stream.OUTPUT).variable("NO_COLOR", "1").columns(ofTerminal);
    }

    String help = cli.call("send", "--help").out();

    String wrapped = help.substring(0, help.indexOf("Examples:"));
    assertThat(wrapped.lines().mapToInt(String::length).max().orElseThrow())
        .isBetween(expected - 4, expected);
  }

  @Test
  void examplesAndUrisAreNotBroken() {
    String help = new Cli().variable("COLUMNS", "60").call("listen", "--help").out();

    assertThat(help)
        .contains("  stompbox listen /queue/a /queue/b -f '%d %h{priority} %b\\n'\n")
        .contains("stomp+ssl://host:port", " %h{NAME} ");
    assertThat(help.lines())
        .contains(
            "                             individual  this command, each",
            "                                         by itself once");
  }

  /** What is broken by hand fits one width only. */
  @Test
  void descriptionsAreNotBrokenWithinASentence() {
    Stream<String> ofCommands =
        CommandTree.all(new Cli().parse()).stream()
            .flatMap(command -> Arrays.stream(command.usageMessage().description()));
    Stream<String> ofArguments =
        CommandTree.all(new Cli().parse()).stream()
            .flatMap(command -> command.args().stream())
            .map(CommandTree::parts)
            .filter(parts -> parts.size() > 1)
            .flatMap(List::stream)
            .filter(part -> !CommandTree.LISTED_VALUE.matcher(part).find());

    assertThat(Stream.concat(ofCommands, ofArguments)).allMatch(part -> part.matches(".*[.:]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "send --help", "listen --help"})
  void helpHasNoColoursWhereItIsNotATerminal(String args) {
    assertThat(Cli.run(args.split(" ")).out()).doesNotContain("\u001b");
  }

  @ParameterizedTest
  @CsvSource({
    "true,  send --help,                     , true",
    "true,  send --help,                    1, false",
    "true,  send --help --color never,       , false",
    "false, send --help --color always,     1, true",
    "false, --color always send --help,     1, true"
  })
  void helpHasColoursOnATerminalUnlessToldOtherwise(
      boolean isTerminal, String args, @Nullable String noColor, boolean isColoured) {
    Cli cli = new Cli();
    if (isTerminal) {
      cli.terminal(Terminal.Stream.OUTPUT);
    }
    if (noColor != null) {
      cli.variable("NO_COLOR", noColor);
    }

    assertThat(cli.call(args.split(" ")).out().contains("\u001b")).isEqualTo(isColoured);
  }

  @ParameterizedTest
  @CsvSource({
    "--help, No space left on device, UNEXPECTED",
    "version, No space left on device, UNEXPECTED",
    "failover stomp://a, No space left on device, UNEXPECTED",
    "send --help, No space left on device, UNEXPECTED",
    "--version, Broken pipe, CLOSED_PIPE"
  })
  void outputThatCannotBeWrittenIsAFailure(String args, String reason, ExitCode code) {
    Cli cli =
        new Cli()
            .reader(
                new BufferedOutputStream(
                    new OutputStream() {
                      @Override
                      public void write(int octet) throws IOException {
                        throw new IOException(reason);
                      }
                    }));

    Cli.Result result = cli.call(args.split(" ")).assertThatItEndsWith(code);

    assertThat(result.err())
        .isEqualTo(
            code == ExitCode.CLOSED_PIPE
                ? ""
                : "stompbox: cannot write to standard output: " + reason + "\n");
  }

  @Test
  void quietCommandSaysFailuresOnly(@TempDir Path folder) {
    Cli.Result made =
        new Cli()
            .configuration(folder)
            .call("context", "add", "a", "-s", "stomp://127.0.0.1:1", "-q")
            .assertThatItEndsWith(ExitCode.OK);
    Cli.Result failed =
        new Cli()
            .configuration(folder)
            .call("-q", "send", "--context", "a", "--insecure", "/queue/a", "x")
            .assertThatItEndsWith(ExitCode.CANNOT_CONNECT);

    assertThat(made.err()).isEmpty();
    assertThat(failed.err()).startsWith("stompbox: cannot connect").doesNotContain("warning");
  }

  @ParameterizedTest
  @CsvSource({
    "stomp://no.such.host.invalid, 'the password goes to stomp://no.such.host.invalid:61613 in'",
    "stomp+ssl://me:secret@no.such.host.invalid, 'a password in the URI shows in process lists'"
  })
  void quietCommandWarnsOfAPasswordThatOthersCanRead(String server, String warning) {
    Cli.Result result =
        new Cli()
            .variable("SECRET", "x")
            .call("-q", "ping", "-s", server, "-u", "me", "--password-env", "SECRET")
            .assertThatItEndsWith(ExitCode.CANNOT_CONNECT);

    assertThat(result.err()).startsWith("stompbox: warning: ").contains(warning);
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "--version"})
  void versionIsOneLineOnStandardOutput(String arg) {
    Cli.Result result = Cli.run(arg).assertThatItEndsWith(ExitCode.OK);

    assertThat(result.out())
        .matches("stompbox .+ \\(Java " + System.getProperty("java.version") + ", .+\\)\n");
  }

  @Test
  void exitCodesAreTheOnesThatScriptsRelyOn() {
    assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::number))
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 129, 130, 141, 143);
  }

  @Test
  void everyCommandHasExamples() {
    CommandSpec root = new Cli().parse();

    assertThat(CommandTree.all(root))
        .hasSizeGreaterThan(20)
        .allSatisfy(command -> assertThat(CommandTree.examples(command)).isNotEmpty());
  }
}
