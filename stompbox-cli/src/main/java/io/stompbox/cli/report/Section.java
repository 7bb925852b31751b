package io.stompbox.cli.report;

import java.util.List;

/** A part of a {@link ReportPage}. Everything in it is plain text and numbers. */
public sealed interface Section {
  /** A few numbers that matter most, in large type. */
  record Figures(List<Figure> figures) implements Section {
    public Figures {
      figures = List.copyOf(figures);
    }
  }

  /** One of them; the value has its unit. */
  record Figure(String name, String value) {}

  /**
   * A table. The first column says what a row is about.
   *
   * @param columns the titles; none for a table without a head
   */
  record Table(String title, List<String> columns, List<List<String>> rows) implements Section {
    public Table {
      columns = List.copyOf(columns);
      rows = rows.stream().map(List::copyOf).toList();
    }
  }

  /**
   * Lines over a common axis.
   *
   * @param marks moments on the x-axis at which something happened
   */
  record Chart(String title, Axis x, Axis y, List<Series> series, List<Mark> marks)
      implements Section {
    public Chart {
      series = List.copyOf(series);
      marks = List.copyOf(marks);
    }
  }

  /** What stands at an axis; the unit is written at the numbers. */
  record Axis(String label, Unit unit, Scale scale) {}

  /** What numbers are, and how they are written. */
  enum Unit {
    NUMBER,
    /** Written as ns, µs, ms or s. */
    MICROSECONDS,
    SECONDS,
    /** Octets, written as KiB, MiB or GiB. */
    BYTES,
    /** From 0 to 100. */
    PERCENT
  }

  /** How numbers are spread over an axis. */
  enum Scale {
    LINEAR,
    /** Zero and what is below are left out. */
    LOG,
    /** Percentiles: as much room from 90 to 99 as from 99 to 99.9. */
    PERCENTILE
  }

  /** One line, by rising x. */
  record Series(String name, List<Point> points) {
    public Series {
      points = List.copyOf(points);
    }
  }

  /** Not a number where a line has a gap. */
  record Point(double x, double y) {}

  /** Something that happened. */
  record Mark(double x, String label) {}

  /** Bars beside each other's names, with the least and the most of several measurements. */
  record Bars(String title, Unit unit, List<Bar> bars) implements Section {
    public Bars {
      bars = List.copyOf(bars);
    }
  }

  /** One of them; all numbers are at least zero. */
  record Bar(String name, double low, double value, double high) {
    public Bar {
      if (!(low >= 0 && low <= value && value <= high)) {
        throw new IllegalArgumentException(
            "a bar must have 0 <= low <= value <= high: %s, %s, %s".formatted(low, value, high));
      }
    }
  }

  /** A sentence or two. */
  record Note(String text) implements Section {}
}
