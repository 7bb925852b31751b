package io.stompbox.bench.codec.subject;

import io.stompbox.bench.codec.CodecSubject;
import io.stompbox.protocol.codec.FrameOctets;
import java.util.List;

/** All subjects, in the order of the report. */
public final class Subjects {
  private static final List<CodecSubject> ALL =
      List.of(
          new StompboxCodec(FrameOctets.COPIED),
          new StompboxCodec(FrameOctets.BORROWED),
          new StompboxReadyFrames(),
          new StompboxWriter(),
          new NettyCodec(),
          new SpringCodec(),
          new VertxCodec(),
          new StompJmsCodec(),
          new ActiveMqWireCodec(),
          new ActiveMqNioCodec(),
          new ArtemisCodec(),
          new CopyLimit(),
          new ScanLimit());

  private Subjects() {}

  /** Returns all subjects. */
  public static List<CodecSubject> all() {
    return ALL;
  }

  /**
   * Returns the subject of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static CodecSubject named(String name) {
    return ALL.stream()
        .filter(subject -> subject.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no subject '"
                        + name
                        + "'; there are "
                        + ALL.stream().map(CodecSubject::name).toList()));
  }
}
