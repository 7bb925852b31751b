package io.stompbox.cli.frames;

import io.stompbox.cli.connection.Protocol;
import io.stompbox.cli.json.FrameEntry;
import io.stompbox.cli.json.FrameJson;
import io.stompbox.cli.json.JsonSource;
import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Output;
import io.stompbox.protocol.codec.EncoderOptions;
import io.stompbox.protocol.codec.EncoderOptions.ContentLength;
import io.stompbox.protocol.codec.EncoderOptions.LineEnd;
import io.stompbox.protocol.codec.FrameEncoder;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.IllegalFrameException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Frames to octets. */
@Command(
    name = "encode",
    header = "Write frames as octets, from JSON.",
    description = {
      "Reads what decode writes, or what you write yourself: an object for each frame with "
          + "command, headers (a list of [name,value], or an object) and body or bodyBase64.",
      "Escapes and content-length are added as the version wants them."
    },
    footer = {
      "  stompbox encode frames.jsonl > capture.bin",
      "  echo '{\"command\":\"SEND\",\"headers\":{\"destination\":\"/queue/a\"},\"body\":\"hi\"}' |",
      "    stompbox encode --hex",
      "  stompbox decode --resync broken.bin | stompbox encode > mended.bin"
    })
public final class EncodeCommand implements Callable<Integer> {
  private static final String CONTENT_LENGTH = "content-length";

  private final Environment environment;

  @Mixin private final InputFile input = new InputFile();

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
      names = "--content-length",
      paramLabel = "WHEN",
      converter = LengthConverter.class,
      completionCandidates = LengthConverter.class,
      description =
          "auto: for every body that is not empty. never: leave it out. "
              + "as-is: where the frame has it. Default: auto")
  private Length length = Length.AUTO;

  @Option(names = "--crlf", description = "End lines in CR LF, which only STOMP 1.2 knows.")
  private boolean crlf;

  @Option(names = "--hex", description = "Write hex digits, a line for each frame.")
  private boolean hex;

  /** When content-length is written. */
  enum Length {
    AUTO,
    AS_IS,
    NEVER
  }

  public EncodeCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    Output output = new Output(environment.out());
    long faults = 0;
    try (InputStream json = input.open(environment)) {
      JsonSource source = new JsonSource(json, input.name());
      VersionInForce inForce = new VersionInForce(version);
      Optional<FrameEntry> next = FrameJson.read(source);
      while (next.isPresent()) {
        if (next.get() instanceof FrameEntry.Whole whole) {
          write(encode(whole.frame(), inForce, source), output);
        } else if (next.get() instanceof FrameEntry.HeartBeat) {
          write(new byte[] {'\n'}, output);
        } else {
          faults++;
        }
        next = FrameJson.read(source);
      }
    }
    return report(faults).number();
  }

  private byte[] encode(Frame frame, VersionInForce inForce, JsonSource source) {
    try {
      byte[] octets = new FrameEncoder(inForce.version(), options(frame)).encode(frame);
      inForce.passes(frame);
      return octets;
    } catch (IllegalFrameException e) {
      throw source.at(frame.command() + " can't be written: " + e.getMessage());
    }
  }

  EncoderOptions options(Frame frame) {
    boolean isOmitted =
        switch (length) {
          case AUTO -> false;
          case AS_IS -> !frame.headers().has(CONTENT_LENGTH);
          case NEVER -> true;
        };
    return EncoderOptions.defaults()
        .with(isOmitted ? ContentLength.OMITTED : ContentLength.AUTOMATIC)
        .with(crlf ? LineEnd.CRLF : LineEnd.LF);
  }

  private void write(byte[] octets, Output output) {
    if (hex) {
      output.line(HexFormat.of().formatHex(octets));
    } else {
      output.octets(octets);
    }
  }

  private ExitCode report(long faults) {
    if (faults == 0) {
      return ExitCode.OK;
    }
    environment.insist(
        faults + (faults == 1 ? " fault" : " faults") + " of the input gave no octets");
    return ExitCode.PARTLY_DONE;
  }

  /** Reads the values of {@code --content-length}. */
  static final class LengthConverter implements ITypeConverter<Length>, Iterable<String> {
    /** What a shell may complete. */
    @Override
    public Iterator<String> iterator() {
      return List.of("auto", "as-is", "never").iterator();
    }

    @Override
    public Length convert(String text) {
      return switch (text) {
        case "auto" -> Length.AUTO;
        case "as-is" -> Length.AS_IS;
        case "never" -> Length.NEVER;
        default -> throw new TypeConversionException("'" + text + "' must be auto, as-is or never");
      };
    }
  }
}
