package io.stompbox.cli.bench;

import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.Output;
import io.stompbox.cli.report.ReportPage;
import io.stompbox.cli.report.Section.Table;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows runs again, and beside each other. */
@Command(
    name = "report",
    header = "Show or compare the results of bench.",
    description = {
      "One RUN is shown as bench has shown it; several are compared with the first of them.",
      "A RUN is what 'bench --out DIR' or 'bench -o json' has written: DIR or the file."
    },
    footer = {
      "  stompbox report run1 --html run1.html",
      "  stompbox report before/run.json after/run.json --html compared.html"
    })
public final class ReportCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(arity = "1..*", paramLabel = "RUN", description = "Files or folders of runs.")
  private List<Path> runs = new ArrayList<>();

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a page with charts, which needs nothing beside it.")
  private @Nullable Path html;

  public ReportCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    List<String> names = names();
    List<NamedRun> read = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      read.add(new NamedRun(names.get(i), read(runs.get(i))));
    }
    boolean isAlone = read.size() == 1;
    Output output = new Output(environment.out());
    if (isAlone) {
      output.line(Summary.of(read.get(0).run()).stripTrailing());
    } else {
      columns(new Comparison(read).table()).forEach(output::line);
    }
    if (html != null) {
      ReportPage page = isAlone ? RunReport.of(read.get(0).run()) : new Comparison(read).page();
      RunFiles.write(html, page.html());
    }
    return ExitCode.OK.number();
  }

  /** The names of folders and files without what leads to them, where these differ. */
  private List<String> names() {
    List<String> brief = runs.stream().map(ReportCommand::name).toList();
    boolean differ = Set.copyOf(brief).size() == brief.size();
    return differ ? brief : runs.stream().map(Path::toString).toList();
  }

  private static String name(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    Path folder = absolute.getParent();
    Path name = absolute.getFileName();
    if (absolute.endsWith(RunFiles.RUN) && folder != null) {
      name = folder.getFileName();
    }
    return name == null ? path.toString() : name.toString();
  }

  private static RunRecord read(Path path) {
    Path file = Files.isDirectory(path) ? path.resolve(RunFiles.RUN) : path;
    try {
      return RunReader.read(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw Failure.usage("there is no file " + file, "bench --out DIR writes DIR/run.json");
    } catch (CharacterCodingException e) {
      throw Failure.usage(file + " is no run of bench: it is not UTF-8 text");
    } catch (IOException e) {
      throw Failure.usage("cannot read " + file + ": " + e);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(
          file + " is no run of bench: " + e.getMessage(), "bench --out DIR writes DIR/run.json");
    }
  }

  /** Returns a table as text, its columns below each other. */
  private static List<String> columns(Table table) {
    List<List<String>> all = new ArrayList<>();
    all.add(table.columns());
    all.addAll(table.rows());
    int[] widths = new int[table.columns().size()];
    for (List<String> row : all) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return all.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - row.get(i).length());
      line.append(i == 0 ? row.get(i) + padding : "  " + padding + row.get(i));
    }
    return line.toString().stripTrailing();
  }
}
