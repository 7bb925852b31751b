package io.stompbox.cli.message;

import io.stompbox.client.Acknowledgement;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how messages are acknowledged, in the words of SUBSCRIBE. */
public final class AckMode implements ITypeConverter<Acknowledgement>, Iterable<String> {
  /** What a shell may complete. */
  @Override
  public Iterator<String> iterator() {
    return List.of("auto", "client", "individual").iterator();
  }

  @Override
  public Acknowledgement convert(String text) {
    return switch (text) {
      case "auto" -> Acknowledgement.BROKER;
      case "client" -> Acknowledgement.BATCHED;
      case "individual", "client-individual" -> Acknowledgement.AFTER_PROCESSING;
      default ->
          throw new TypeConversionException("'" + text + "' must be auto, client or individual");
    };
  }
}
