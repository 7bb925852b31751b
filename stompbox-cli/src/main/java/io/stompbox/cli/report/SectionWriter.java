package io.stompbox.cli.report;

import io.stompbox.cli.report.Section.Axis;
import io.stompbox.cli.report.Section.Bar;
import io.stompbox.cli.report.Section.Bars;
import io.stompbox.cli.report.Section.Chart;
import io.stompbox.cli.report.Section.Figure;
import io.stompbox.cli.report.Section.Figures;
import io.stompbox.cli.report.Section.Mark;
import io.stompbox.cli.report.Section.Note;
import io.stompbox.cli.report.Section.Point;
import io.stompbox.cli.report.Section.Series;
import io.stompbox.cli.report.Section.Table;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes sections: tables as HTML, charts as data that the page's script draws. */
final class SectionWriter {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** More columns than this do not fit into half of the page. */
  private static final int WIDE = 2;

  private final StringBuilder html = new StringBuilder();
  private final StringWriter data = new StringWriter();
  private final JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), data);
  private int charts;

  SectionWriter() {
    json.writeStartArray();
  }

  void add(Section section) {
    if (section instanceof Figures figures) {
      figures(figures);
    } else if (section instanceof Table table) {
      table(table);
    } else if (section instanceof Chart chart) {
      chart(chart);
    } else if (section instanceof Bars bars) {
      bars(bars);
    } else if (section instanceof Note note) {
      html.append("<p class=\"note\">").append(Html.text(note.text())).append("</p>\n");
    }
  }

  String html() {
    return html.toString();
  }

  /** The charts as JSON, in their order. Ends them. */
  String data() {
    json.writeEndArray();
    json.close();
    return data.toString();
  }

  private void figures(Figures figures) {
    html.append("<dl class=\"figures\">");
    for (Figure figure : figures.figures()) {
      html.append("<div><dt>")
          .append(Html.text(figure.name()))
          .append("</dt><dd>")
          .append(Html.text(figure.value()))
          .append("</dd></div>");
    }
    html.append("</dl>\n");
  }

  private void table(Table table) {
    boolean isWide = table.columns().size() > WIDE;
    html.append("<section class=\"table").append(isWide ? " wide" : "").append("\"><h2>");
    html.append(Html.text(table.title()));
    html.append("</h2><div class=\"scroll\"><table>");
    if (!table.columns().isEmpty()) {
      html.append("<thead>");
      row(table.columns(), "th scope=\"col\"", "th");
      html.append("</thead>");
    }
    html.append("<tbody>");
    table.rows().forEach(row -> row(row, "td", "td"));
    html.append("</tbody></table></div></section>\n");
  }

  private void row(List<String> cells, String open, String close) {
    html.append("<tr>");
    for (int i = 0; i < cells.size(); i++) {
      boolean isHead = i == 0;
      html.append('<').append(isHead && close.equals("td") ? "th scope=\"row\"" : open).append('>');
      html.append(Html.text(cells.get(i)));
      html.append("</").append(isHead ? "th" : close).append('>');
    }
    html.append("</tr>");
  }

  private void bars(Bars bars) {
    double most = bars.bars().stream().mapToDouble(Bar::high).max().orElse(0);
    html.append("<section class=\"bars\"><h2>").append(Html.text(bars.title())).append("</h2>");
    for (Bar bar : bars.bars()) {
      html.append("<div class=\"bar\"><span>").append(Html.text(bar.name())).append("</span>");
      html.append("<div><i style=\"width:").append(percent(bar.value(), most)).append("\"></i>");
      html.append("<b style=\"left:").append(percent(bar.low(), most)).append(";width:");
      html.append(percent(bar.high() - bar.low(), most)).append("\"></b></div><span>");
      html.append(Html.text(Numbers.text(bar.value(), bars.unit()))).append("</span></div>");
    }
    html.append("</section>\n");
  }

  private static String percent(double value, double all) {
    return String.format(Locale.ROOT, "%.2f%%", all == 0 ? 0 : 100 * value / all);
  }

  private void chart(Chart chart) {
    // The first chart has the whole width.
    html.append("<section class=\"chart").append(charts == 0 ? " first" : "").append("\"><h2>");
    html.append(Html.text(chart.title()));
    html.append("</h2><div class=\"plot\" data-chart=\"").append(charts).append("\"></div>");
    html.append("</section>\n");
    charts++;
    json.writeStartObject();
    axis("x", chart.x());
    axis("y", chart.y());
    json.writeArrayPropertyStart("series");
    chart.series().forEach(this::series);
    json.writeEndArray();
    json.writeArrayPropertyStart("marks");
    for (Mark mark : chart.marks()) {
      json.writeStartObject();
      json.writeNumberProperty("x", mark.x());
      json.writeStringProperty("label", mark.label());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void axis(String name, Axis axis) {
    json.writeObjectPropertyStart(name);
    json.writeStringProperty("label", axis.label());
    json.writeStringProperty("unit", axis.unit().name());
    json.writeStringProperty("scale", axis.scale().name());
    json.writeEndObject();
  }

  private void series(Series series) {
    json.writeStartObject();
    json.writeStringProperty("name", series.name());
    numbers("x", series.points(), Point::x);
    numbers("y", series.points(), Point::y);
    json.writeEndObject();
  }

  private void numbers(String name, List<Point> points, ToDoubleFunction<Point> number) {
    json.writeArrayPropertyStart(name);
    for (Point point : points) {
      double value = number.applyAsDouble(point);
      if (Double.isFinite(value)) {
        json.writeNumber(value);
      } else {
        json.writeNull();
      }
    }
    json.writeEndArray();
  }
}
