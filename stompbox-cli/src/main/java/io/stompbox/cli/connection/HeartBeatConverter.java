package io.stompbox.cli.connection;

import io.stompbox.protocol.session.HeartBeat;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Heart-beats as {@code sending,receiving}, each a duration or 0 for none. */
final class HeartBeatConverter implements ITypeConverter<HeartBeat> {
  @Override
  public HeartBeat convert(String text) {
    String[] parts = text.split(",", -1);
    if (parts.length != 2) {
      throw new TypeConversionException(
          "'" + text + "' must be two durations, for sending and receiving, such as 10s,10s");
    }
    return new HeartBeat(millis(parts[0]), millis(parts[1]));
  }

  private static int millis(String text) {
    Duration duration = text.equals("0") ? Duration.ZERO : DurationConverter.parse(text);
    return (int) Math.min(Integer.MAX_VALUE, duration.toMillis());
  }
}
