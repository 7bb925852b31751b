package io.stompbox.checks.conformance;

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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConformanceMainTest {
  private static final String DECODE =
      """
      {"id": "D-1", "area": "a", "v": ["1.1", "1.2"], "dir": "decode", "policy": "any",
       "in": {"s": "\\\\nMESSAGE\\\\nk:1\\\\nk:2\\\\ncontent-type:text/plain\\\\n\\\\nx\\\\xc3\\\\xa9\\\\0"},
       "expect": {"frames": [{"command": "MESSAGE",
        "headers": [["k", "1"], ["k", "2"], ["content-type", "text/plain"]],
        "body": {"s": "ignored", "hex": "78c3a9"}}],
        "end": "clean", "eols": 1, "get": {"k": "1", "z": null}, "text": "x\\u00e9"}}\
      """;

  private static final String BLOB =
      """
      {"id": "D-2", "area": "a", "v": ["pre"], "dir": "decode", "policy": "any",
       "in_chunks": [{"hex": "4552524f520a"}, {"s": "\\\\nx\\\\0"}],
       "expect": {"frames": [{"command": "ERROR", "headers": [], "body": {"hex": "78"}}],
        "end": "clean", "text": {"binary": true}}}\
      """;

  private static final String FAULT =
      """
      {"id": "D-3", "area": "a", "v": ["1.0"], "dir": "decode", "policy": "strict",
       "in": {"s": "RECEIPT\\\\n\\\\n\\\\0SEND\\\\na:\\\\n"},
       "expect": {"frames": [{"command": "RECEIPT", "headers": [], "body": {"s": ""}}],
        "end": "error", "error": "empty-header-value"}}\
      """;

  private static final String EARLIER_FAULT =
      """
      {"id": "D-4", "area": "a", "v": ["1.2"], "dir": "decode", "policy": "default",
       "in": {"s": "RECEIPT\\\\n\\\\n\\\\0SEND\\\\0"},
       "expect": {"frames": [{"command": "RECEIPT", "headers": [], "body": {"s": ""}}],
        "end": "incomplete", "or_error": true}}\
      """;

  private static final String LIMIT =
      """
      {"id": "D-5", "area": "a", "v": ["1.2"], "dir": "decode", "policy": "any",
       "limits": {"max_line": 7, "max_headers": 1, "max_body": 1},
       "in": {"s": "SEND\\\\na:1\\\\n\\\\nx\\\\0"},
       "expect": {"frames": [{"command": "SEND", "headers": [["a", "1"]], "body": {"s": "x"}}],
        "end": "clean"}}\
      """;

  private static final String ENCODE =
      """
      {"id": "E-1", "area": "a", "v": ["1.1"], "dir": "encode", "policy": "default",
       "do": {"command": "SEND", "headers": [["a:", "\\\\"], ["b", "1"], ["a:", "2"]],
        "body": {"s": "x"}},
       "expect": {"command_line": "SEND\\\\n",
        "header_lines": ["b:1\\\\n", "a\\\\\\\\c:\\\\\\\\\\\\\\\\\\\\n", "a\\\\\\\\c:2\\\\n"],
        "blank_line": "\\\\n", "body": {"s": "x"}, "terminator": "\\\\0, then zero or more EOL",
        "optional_lines": ["content-length:1\\\\n"], "optional_header_names": ["content-type"]}}\
      """;

  private static final String CRLF =
      """
      {"id": "E-2", "area": "a", "v": ["1.2"], "dir": "encode", "policy": "default",
       "do": {"command": "SEND", "headers": [["a", "b"]], "body": {"s": "x\\\\n"},
        "options": {"eol": "crlf", "suppress_content_length": true}},
       "expect": {"command_line": "SEND\\\\r\\\\n", "header_lines": ["a:b\\\\r\\\\n"],
        "blank_line": "\\\\r\\\\n", "body": {"s": "x\\\\n"}, "terminator": ""}}\
      """;

  private static final String REFUSED =
      """
      {"id": "E-3", "area": "a", "v": ["1.0", "1.1"], "dir": "encode", "policy": "default",
       "do": {"command": "CONNECT", "headers": [["passcode", "a\\n"]]},
       "expect": {"refuse": "unencodable"}}\
      """;

  private static final String NULL =
      """
      {"id": "E-4", "area": "a", "v": ["1.2"], "dir": "encode", "policy": "default",
       "do": {"command": "SEND", "headers": [["h", null]]}, "expect": {"refuse": "null-header"}}\
      """;

  private static final String ROUND_TRIP =
      """
      {"id": "R-1", "area": "a", "v": ["1.1", "1.2"], "dir": "roundtrip", "policy": "any",
       "do": {"command": "SEND", "headers": [["a", "\\\\:"]], "body": {"s": "x"}},
       "expect": {"decode_of_encode": "equal"}}\
      """;

  private static final String SESSION =
      """
      {"id": "S-1", "area": "a", "v": ["1.2"], "dir": "session", "policy": "default",
       "steps": []}\
      """;

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private static Stream<String> right() {
    return Stream.of(
        DECODE, BLOB, FAULT, EARLIER_FAULT, LIMIT, ENCODE, CRLF, REFUSED, NULL, ROUND_TRIP);
  }

  @ParameterizedTest
  @MethodSource("right")
  void aRightCasePasses(String line) throws IOException {
    assertThat(run(line)).isZero();
    assertThat(lines(out)).last().isEqualTo("1 passed, 0 failed");
  }

  private static Stream<Arguments> wrong() {
    return Stream.of(
        planted("command", DECODE, "\"command\": \"MESSAGE\"", "\"command\": \"SEND\""),
        planted("value", DECODE, "[\"k\", \"2\"]", "[\"k\", \"3\"]"),
        planted(
            "order of headers",
            DECODE,
            "[\"k\", \"1\"], [\"k\", \"2\"]",
            "[\"k\", \"2\"], [\"k\", \"1\"]"),
        planted(
            "header that is not there", DECODE, "[\"k\", \"2\"]", "[\"k\", \"2\"], [\"l\", \"\"]"),
        planted("body", DECODE, "78c3a9", "78c3aa"),
        planted(
            "one frame too few",
            DECODE,
            "\"frames\": [",
            "\"frames\": [{\"command\": \"A\", \"headers\": [], \"body\": {\"s\": \"\"}}, "),
        planted("end", DECODE, "\"clean\"", "\"incomplete\""),
        planted(
            "fault that does not come",
            DECODE,
            "\"end\": \"clean\"",
            "\"end\": \"error\", \"error\": \"raw-colon\""),
        planted("heart-beats", DECODE, "\"eols\": 1", "\"eols\": 2"),
        planted("lookup", DECODE, "{\"k\": \"1\"", "{\"k\": \"2\""),
        planted("lookup of what is not there", DECODE, "\"z\": null", "\"z\": \"\""),
        planted("text", DECODE, "x\\u00e9\"}", "x\"}"),
        planted("text that is a blob", DECODE, "\"x\\u00e9\"}", "{\"binary\": true}}"),
        planted("blob that is text", BLOB, "{\"binary\": true}", "\"x\""),
        planted("chunk", BLOB, "4552524f520a", "4552524f510a"),
        planted("other fault", FAULT, "empty-header-value", "raw-colon"),
        planted("mode", FAULT, "\"strict\"", "\"default\""),
        planted("version", FAULT, "\"1.0\"", "\"1.1\""),
        planted(
            "no fault", FAULT, "\"error\", \"error\": \"empty-header-value\"", "\"incomplete\""),
        planted(
            "frame before a fault",
            FAULT,
            "\"RECEIPT\", \"headers\": []",
            "\"RECEIPT\", \"headers\": [[\"a\", \"\"]]"),
        planted(
            "frame before an earlier fault",
            EARLIER_FAULT,
            "\"RECEIPT\", \"headers\": []",
            "\"SEND\", \"headers\": []"),
        planted(
            "more frames than before the earlier fault",
            EARLIER_FAULT,
            "{\"command\": \"RECEIPT\", \"headers\": [], \"body\": {\"s\": \"\"}}",
            ""),
        planted("fault that is not allowed", EARLIER_FAULT, "true", "false"),
        planted("limit of lines", LIMIT, "\"max_line\": 7", "\"max_line\": 3"),
        planted("limit of headers", LIMIT, "\"max_headers\": 1", "\"max_headers\": 0"),
        planted("limit of bodies", LIMIT, "\"max_body\": 1", "\"max_body\": 0"),
        planted("command line", ENCODE, "SEND\\\\n", "SEND\\\\r\\\\n"),
        planted("other command line", ENCODE, "SEND\\\\n", "SENT\\\\n"),
        planted("line that is missing", ENCODE, "\"b:1\\\\n\", ", "\"b:1\\\\n\", \"c:1\\\\n\", "),
        planted("line too many", ENCODE, "\"b:1\\\\n\", ", ""),
        planted("line that is not optional", ENCODE, "content-length:1", "content-length:2"),
        planted(
            "entries of one name",
            ENCODE,
            "[[\"a:\", \"\\\\\"], [\"b\", \"1\"], [\"a:\", \"2\"]]",
            "[[\"a:\", \"2\"], [\"b\", \"1\"], [\"a:\", \"\\\\\"]]"),
        planted(
            "encoded body",
            ENCODE,
            "\"body\": {\"s\": \"x\"}, \"term",
            "\"body\": {\"s\": \"y\"}, \"term"),
        planted(
            "shorter body",
            ENCODE,
            "\"body\": {\"s\": \"x\"}, \"term",
            "\"body\": {\"s\": \"\"}, \"term"),
        planted("blank line", CRLF, "\"blank_line\": \"\\\\r\\\\n\"", "\"blank_line\": \"\\\\n\""),
        planted("line end", CRLF, "crlf", "lf"),
        planted("content-length", CRLF, "true", "false"),
        planted("other refusal", REFUSED, "unencodable", "body-not-allowed"),
        planted("refusal that does not come", REFUSED, "a\\n", "a"),
        planted("null refused as another", NULL, "null-header", "empty-header-name"),
        planted(
            "command that cannot be",
            NULL,
            "\"SEND\", \"headers\": [[\"h\", null]]",
            "\"S D\", \"headers\": [[\"h\", \"\"]]"),
        planted("value that is not null", NULL, "null]", "\"\"]"),
        planted(
            "refusal of a round trip",
            ROUND_TRIP,
            "\"decode_of_encode\": \"equal\"",
            "\"refuse\": \"unencodable\""),
        planted("refused round trip", ROUND_TRIP, "\"SEND\"", "\"RECEIPT\""));
  }

  private static Arguments planted(String name, String right, String part, String instead) {
    String line = right.replace("\n", "");
    assertThat(line).contains(part);
    return Arguments.of(name, line.replace(part, instead));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void aWrongCaseFails(String name, String line) throws IOException {
    String id = line.substring(8, 11);

    assertThat(run(line)).isEqualTo(1);
    assertThat(lines(out)).first().asString().startsWith(id + " (a) in ");
    assertThat(lines(out)).anyMatch(shown -> shown.startsWith("  expected: "));
    assertThat(lines(out)).anyMatch(shown -> shown.startsWith("  actual:   "));
    assertThat(lines(out)).last().isEqualTo("0 passed, 1 failed");
    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("\tat ");
  }

  private static Stream<Arguments> unreadable() {
    return Stream.of(
        Arguments.of("{", "this is not JSON: "),
        Arguments.of("[]", "the field 'line' must hold fields, but holds "),
        Arguments.of("{}", "the field 'id' is missing"),
        Arguments.of("{\"id\": 7}", "the field 'id' must hold text, but holds Whole[value=7]"),
        Arguments.of("{\"id\": \"X\", \"id\": \"Y\"}", "this is not JSON: Duplicate"),
        Arguments.of("{\"id\": \"X\"} {}", "there is more after the end of the JSON value"),
        complaint("\"dir\": \"decode\"", "\"dir\": \"code\"", "names no kind of case: code"),
        complaint("\"dir\"", "\"section\": \"PARSE\", \"dir\"", "either the field 'dir' or"),
        complaint("\"dir\": \"decode\"", "\"section\": \"QARSE\"", "no kind of case: QARSE; there"),
        complaint("\"policy\": \"any\"", "\"policy\": \"some\"", "names no mode: some"),
        complaint("\"1.2\"", "\"1.3\"", "the field 'v' names no version: 1.3"),
        complaint("[\"1.1\", \"1.2\"]", "[]", "names no version, so nothing would run"),
        complaint("78c3a9", "78c3a", "hex must have two digits for each octet: 78c3a"),
        complaint("78c3a9", "78c3ax", "these are not two hexadecimal digits: ax"),
        complaint("\\\\xc3", "\\\\q", "a backslash must be followed by one of"),
        complaint("\"clean\"", "\"end\"", "the field 'end' names no end: end"),
        complaint("\"clean\"", "\"error\"", "the field 'error' is missing"),
        complaint(
            "\"end\": \"clean\"",
            "\"end\": \"error\", \"error\": \"x\"",
            "'x' is not the name of a Fault"),
        complaint("\"eols\": 1", "\"eol\": 1", "expect has the field 'eol', which this runner"),
        complaint("[\"k\", \"1\"]", "[\"k\"]", "a header must be a name and a value, but is ["));
  }

  private static Arguments complaint(String part, String instead, String complaint) {
    return Arguments.of(planted("", DECODE, part, instead).get()[1], complaint);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("unreadable")
  void aLineThatIsNoCaseFailsWithItsPlace(String line, String complaint) throws IOException {
    Path file = write(NULL, line);

    assertThat(ConformanceMain.run(List.of(file.toString()), stream(out), stream(err)))
        .isEqualTo(1);
    assertThat(lines(out)).first().asString().startsWith(file + ":2: ").contains(complaint);
    assertThat(lines(out)).last().isEqualTo("1 passed, 1 failed");
  }

  @Test
  void saysTotalsOfEachSection() throws IOException {
    assertThat(run(DECODE, BLOB, ENCODE, NULL, ROUND_TRIP)).isZero();
    assertThat(lines(out))
        .satisfiesExactly(
            line -> assertThat(line).matches("decode: 2 passed, 0 failed in \\d+ runs"),
            line -> assertThat(line).isEqualTo("encode: 2 passed, 0 failed in 6 runs"),
            line -> assertThat(line).matches("roundtrip: 1 passed, 0 failed in \\d+ runs"),
            line -> assertThat(line).isEqualTo("5 passed, 0 failed"));
  }

  @Test
  void aLineThatCannotBeRunFails() throws IOException {
    assertThat(run(NULL, SESSION)).isEqualTo(1);
    assertThat(lines(out))
        .containsExactly(
            folder.resolve("cases.jsonl")
                + ":2: S-1: the field 'steps' names no step, so nothing would run",
            "encode: 1 passed, 0 failed in 2 runs",
            "session: 0 passed, 1 failed in 0 runs",
            "1 passed, 1 failed");
  }

  @Test
  void isNoSuccessIfNothingRan() throws IOException {
    assertThat(run("")).isEqualTo(1);
    assertThat(lines(out)).containsExactly("0 passed, 0 failed");
  }

  @Test
  void readsFilesThatWindowsEditorsWrote() throws IOException {
    String text = "\ufeff" + NULL.replace("\n", "") + "\r\n\r\n" + NULL.replace("\n", "") + "\r\n";
    Path file = Files.writeString(folder.resolve("windows"), text);

    assertThat(ConformanceMain.run(List.of(file.toString()), stream(out), stream(err))).isZero();
    assertThat(lines(out)).last().isEqualTo("2 passed, 0 failed");
  }

  @Test
  void readsSeveralFilesAndLeavesBlankLinesOut() throws IOException {
    Path first = write(DECODE, "", " ");
    Path second = Files.writeString(folder.resolve("second"), NULL.replace("\n", ""));

    int exit =
        ConformanceMain.run(List.of(first.toString(), second.toString()), stream(out), stream(err));

    assertThat(exit).isZero();
    assertThat(lines(out)).last().isEqualTo("2 passed, 0 failed");
  }

  @Test
  void wantsAFile() {
    assertThat(ConformanceMain.run(List.of(), stream(out), stream(err))).isEqualTo(2);
    assertThat(lines(err)).singleElement().asString().startsWith("no file of cases is given; ");
  }

  @Test
  void saysWhyAFileCannotBeRead() throws IOException {
    Path latin1 = Files.write(folder.resolve("latin1"), new byte[] {(byte) 0xe9, '\n'});

    assertUnreadable(folder.resolve("absent"), "there is no such file");
    assertUnreadable(folder, "it is a directory");
    assertUnreadable(latin1, "it is not UTF-8");
    assertThat(lines(out)).isEmpty();
  }

  private void assertUnreadable(Path file, String reason) {
    err.reset();

    assertThat(ConformanceMain.run(List.of(file.toString()), stream(out), stream(err)))
        .isEqualTo(2);
    assertThat(lines(err))
        .containsExactly("the file of cases " + file + " can't be read: " + reason);
  }

  private int run(String... cases) throws IOException {
    return ConformanceMain.run(List.of(write(cases).toString()), stream(out), stream(err));
  }

  private Path write(String... cases) throws IOException {
    List<String> lines = Stream.of(cases).map(line -> line.replace("\n", "")).toList();
    return Files.write(folder.resolve("cases.jsonl"), lines);
  }

  private static PrintStream stream(ByteArrayOutputStream target) {
    return new PrintStream(target, true, StandardCharsets.UTF_8);
  }

  private static List<String> lines(ByteArrayOutputStream printed) {
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
