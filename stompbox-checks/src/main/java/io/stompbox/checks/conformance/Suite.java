package io.stompbox.checks.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads files of cases and tries them. */
final class Suite {
  private Suite() {}

  /** Returns the cases of a file, one for each line that is not blank. */
  static List<Case> read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        cases.add(CaseReader.read(file + ":" + (i + 1), lines.get(i)));
      }
    }
    return cases;
  }

  static Result run(Case tried) {
    if (tried instanceof Case.Decode decode) {
      return new Result(tried, new DecodeCheck(decode).runs());
    }
    if (tried instanceof Case.Encode encode) {
      return new Result(tried, new EncodeCheck(encode).runs());
    }
    if (tried instanceof Case.RoundTrip roundTrip) {
      return new Result(tried, new RoundTripCheck(roundTrip).runs());
    }
    return new Result(tried, List.of());
  }
}
