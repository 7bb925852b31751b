package io.stompbox.checks.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** Where fuzzing starts: all octets that stand in the conformance cases, whatever they are for. */
final class CaseOctets {
  private static final Path CASES =
      Path.of("src", "test", "resources", "conformance", "spec-cases.jsonl");

  /** Longer ones are about limits, and slow every mutation of theirs. */
  private static final int LONGEST = 2048;

  private static final Pattern HEX = Pattern.compile("\"hex\": *\"((?:[0-9a-f]{2})+)\"");

  private CaseOctets() {}

  /** Returns each sequence once, in the order of the file. */
  static List<byte[]> all() throws IOException {
    return HEX.matcher(Files.readString(CASES, StandardCharsets.UTF_8))
        .results()
        .map(found -> found.group(1))
        .distinct()
        .map(HexFormat.of()::parseHex)
        .filter(octets -> octets.length <= LONGEST)
        .toList();
  }

  /** Returns an array of the numbers as octets and what follows them. */
  static byte[] input(byte[] wire, int... decisions) {
    byte[] input = new byte[decisions.length + wire.length];
    for (int i = 0; i < decisions.length; i++) {
      input[i] = (byte) decisions[i];
    }
    System.arraycopy(wire, 0, input, decisions.length, wire.length);
    return input;
  }
}
