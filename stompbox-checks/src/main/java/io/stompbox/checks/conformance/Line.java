package io.stompbox.checks.conformance;

import io.stompbox.checks.conformance.kit.Case;
import io.stompbox.checks.conformance.kit.CaseFormatException;
import io.stompbox.checks.conformance.kit.Json;
import java.util.List;

/** A line of a case file. */
sealed interface Line {
  /** The section of lines whose kind can't be told. */
  String UNREADABLE = "unreadable";

  /** What the case is about: the {@code dir} or {@code section} of the line. */
  String section();

  /** Returns the line with a case that knows all cases of its file. */
  Line among(List<Case> file);

  /**
   * A case.
   *
   * @param area the group within its section; empty if it has none
   */
  record Accepted(String id, String area, String section, Case tried) implements Line {
    @Override
    public Line among(List<Case> file) {
      return new Accepted(id, area, section, tried.among(file));
    }
  }

  /**
   * A line that can't be run.
   *
   * @param place file, number of the line, and the id of the case if it can be read
   */
  record Refused(String place, String section, String complaint) implements Line {
    @Override
    public Line among(List<Case> file) {
      return this;
    }
  }

  /**
   * Reads a line.
   *
   * @param place the file and the number of the line, for complaints
   */
  static Line read(String place, String text) {
    try {
      Json.Fields fields = Json.as(Json.Fields.class, "line", Json.parse(text));
      return read(place, fields, fields.text("id"));
    } catch (CaseFormatException e) {
      return new Refused(place, UNREADABLE, e.complaint());
    }
  }

  private static Line read(String place, Json.Fields fields, String id) {
    String section = UNREADABLE;
    try {
      section = Kinds.of(fields);
      String area = fields.optionalText("area").orElse("");
      return new Accepted(id, area, section, Kinds.read(section, fields));
    } catch (RuntimeException e) {
      return new Refused(place + ": " + id, section, complaint(e));
    }
  }

  private static String complaint(RuntimeException e) {
    return e instanceof CaseFormatException format
        ? format.complaint()
        : "reading the case failed: " + e;
  }
}
