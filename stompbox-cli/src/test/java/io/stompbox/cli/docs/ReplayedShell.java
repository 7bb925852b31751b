package io.stompbox.cli.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stompbox.cli.Cli;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of a shell as the sessions need: words and quotes, pipes, variables before a command, and
 * {@code echo $?}. The command itself runs in this process, everything else in {@code sh}.
 */
final class ReplayedShell {
  private static final Pattern WORD =
      Pattern.compile("(?:[^\\s'\"]|'[^']*'|\"(?:[^\"\\\\]|\\\\.)*\")+");
  private static final Pattern QUOTED = Pattern.compile("'([^']*)'|\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern PIPE = Pattern.compile(" \\| ");

  private final String uri;
  private final Path folder;
  private int status;

  ReplayedShell(String uri, Path folder) {
    this.uri = uri;
    this.folder = folder;
  }

  /** Returns what a line writes: standard error of all, and standard output of the last. */
  String run(String line) throws IOException, InterruptedException {
    if (line.equals("echo $?")) {
      return status + "\n";
    }
    StringBuilder errors = new StringBuilder();
    byte[] passed = {};
    for (String part : PIPE.split(line, -1)) {
      List<String> words = words(part);
      passed = words.contains("stompbox") ? command(words, passed, errors) : foreign(part, passed);
    }
    String output = new String(passed, UTF_8);
    return errors + output + (output.isEmpty() || output.endsWith("\n") ? "" : "\n");
  }

  private byte[] command(List<String> words, byte[] input, StringBuilder errors) {
    Cli cli = new Cli().configuration(folder).variable("STOMPBOX_URI", uri).input(input);
    int start = words.indexOf("stompbox");
    for (String assignment : words.subList(0, start)) {
      int equals = assignment.indexOf('=');
      cli.variable(assignment.substring(0, equals), assignment.substring(equals + 1));
    }
    String[] arguments = words.subList(start + 1, words.size()).toArray(String[]::new);
    Cli.Result result = cli.call(arguments);
    status = result.status();
    errors.append(result.err());
    return result.body().toBytes();
  }

  private byte[] foreign(String command, byte[] input) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(input);
    }
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try (InputStream out = process.getInputStream()) {
      out.transferTo(output);
    }
    status = process.waitFor();
    return output.toByteArray();
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    while (matcher.find()) {
      words.add(
          QUOTED
              .matcher(matcher.group())
              .replaceAll(
                  quoted ->
                      Matcher.quoteReplacement(
                          quoted.group(1) != null
                              ? quoted.group(1)
                              : quoted.group(2).replaceAll("\\\\(.)", "$1"))));
    }
    return words;
  }
}
