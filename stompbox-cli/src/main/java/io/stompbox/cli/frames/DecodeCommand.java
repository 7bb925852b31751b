package io.stompbox.cli.frames;

import io.stompbox.cli.connection.Protocol;
import io.stompbox.cli.connection.SizeConverter;
import io.stompbox.cli.json.FrameEntry;
import io.stompbox.cli.json.FrameJson;
import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.Output;
import io.stompbox.cli.process.OutputForm;
import io.stompbox.protocol.codec.DecoderLimits;
import io.stompbox.protocol.codec.DecoderMode;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Octets to frames. */
@Command(
    name = "decode",
    header = "Show the frames in captured octets.",
    description =
        "Reads one direction of a connection and writes a line of JSON for each frame: its offset, "
            + "command, headers in order, and body, as text or in bodyBase64. A fault is a line too, "
            + "with its offset and reason, and the exit code is 8 then.",
    footer = {
      "  stompbox decode capture.bin",
      "  xxd capture.bin | stompbox decode --hex -o text",
      "  stompbox decode --resync broken.bin | jq -r 'select(.error) | .reason'",
      "  stompbox decode a.bin | stompbox encode > b.bin"
    })
public final class DecodeCommand implements Callable<Integer> {
  private final Environment environment;

  @Mixin private final InputFile input = new InputFile();

  @Option(
      names = "--hex",
      description = "The input is hex digits, or the output of xxd or hexdump -C.")
  private boolean hex;

  @Option(
      names = {"--version", "--protocol"},
      paramLabel = "VERSION",
      converter = Protocol.Converter.class,
      completionCandidates = Protocol.Converter.class,
      description =
          "The version of STOMP: 1.0, 1.1 or 1.2. "
              + "Default: auto, which is 1.2 unless CONNECTED or CONNECT "
              + "names another.")
  private Protocol version = Protocol.AUTO;

  @Option(
      names = "--strict",
      description =
          "Follow the grammar to the letter, also where brokers don't; it lets commands have any name.")
  private boolean strict;

  @Option(
      names = "--resync",
      description = "Go on behind a fault with whatever looks like a frame.")
  private boolean resync;

  @Option(names = "--heartbeats", description = "Show line ends between frames as well.")
  private boolean heartBeats;

  @Option(names = "--mask", description = "Hide passcodes and other secrets in headers.")
  private boolean mask;

  @Option(
      names = "--largest",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "The largest body to take. Default: 64MiB")
  private int largest = DecoderLimits.defaults().body();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      converter = OutputForm.OfReport.class,
      completionCandidates = OutputForm.OfReport.class,
      description = "json, or text for people to read. Default: json")
  private OutputForm form = OutputForm.JSON;

  public DecodeCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    Output output = new Output(environment.out());
    Decoding decoding =
        new Decoding(
            mode(),
            DecoderLimits.defaults().withBody(largest),
            new VersionInForce(version),
            entry -> show(entry, output));
    try (InputStream octets = open()) {
      decoding.run(octets);
    } catch (IOException e) {
      throw Failure.ofInput(input.name(), e);
    }
    return report(decoding).number();
  }

  private InputStream open() {
    InputStream stream = input.open(environment);
    return hex ? new HexInput(stream, input.name()) : stream;
  }

  DecoderMode mode() {
    if (strict && resync) {
      throw Failure.usage("--strict ends at the first fault, so --resync can't go with it");
    }
    return strict
        ? DecoderMode.STRICT
        : resync ? DecoderMode.RESYNCHRONISING : DecoderMode.TOLERANT;
  }

  private void show(FrameEntry entry, Output output) {
    if (entry instanceof FrameEntry.HeartBeat && !heartBeats) {
      return;
    }
    FrameEntry shown =
        mask && entry instanceof FrameEntry.Whole whole
            ? new FrameEntry.Whole(whole.offset(), whole.frame().masked())
            : entry;
    if (form == OutputForm.JSON) {
      output.line(FrameJson.line(shown));
    } else {
      output.line(FrameText.of(shown));
    }
  }

  private ExitCode report(Decoding decoding) {
    if (decoding.faults() == 0) {
      return ExitCode.OK;
    }
    String frames = input.name() + ": " + count(decoding.frames(), "frame");
    environment.insist(
        resync
            ? "%s, and %s in %s that belong to no frame"
                .formatted(
                    frames, count(decoding.faults(), "fault"), count(decoding.skipped(), "octet"))
            : frames + ", then a fault; --resync goes on behind it");
    return ExitCode.PARTLY_DONE;
  }

  private static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
