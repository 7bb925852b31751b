package io.stompbox.protocol.codec;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Version;
import org.jspecify.annotations.Nullable;

/**
 * The differences between the versions as a decoder meets them, for one version and mode. All are
 * data here, so that the decoder is one code path.
 *
 * @param carriageReturnEndsLine CR LF ends a header line, and CR is allowed nowhere else (1.2)
 * @param carriageReturnTolerated CR LF is taken on command lines, blank lines and between frames
 * @param trimsValues blanks, tabs and CRs around values are dropped (1.0, whose own text pads them)
 * @param escapes which sequences with a backslash mean something
 * @param refusesEmptyValue a header must have a value (1.0 to the letter)
 */
record Dialect(
    @Nullable Version version,
    DecoderMode mode,
    boolean carriageReturnEndsLine,
    boolean carriageReturnTolerated,
    boolean trimsValues,
    Escapes escapes,
    boolean refusesEmptyValue) {

  /** Which escapes are undone, and what becomes of the others. */
  enum Escapes {
    /** None is: every backslash is data. */
    NONE,
    /** Those of 1.1; others are faults. */
    V1_1,
    /** Those of 1.2; others are faults. */
    V1_2,
    /** Those of 1.1; others stay as they are. */
    FORGIVING_V1_1,
    /** Those of 1.2; others stay as they are. */
    FORGIVING_V1_2;

    /** Whether {@code \r} is one of them. */
    boolean haveCarriageReturn() {
      return this == V1_2 || this == FORGIVING_V1_2;
    }

    /** Whether other sequences stay as they are. */
    boolean areForgiving() {
      return this == FORGIVING_V1_1 || this == FORGIVING_V1_2;
    }

    private Escapes forgiving() {
      return switch (this) {
        case NONE -> NONE;
        case V1_1, FORGIVING_V1_1 -> FORGIVING_V1_1;
        case V1_2, FORGIVING_V1_2 -> FORGIVING_V1_2;
      };
    }
  }

  static Dialect of(@Nullable Version version, DecoderMode mode) {
    boolean strict = mode == DecoderMode.STRICT;
    boolean v12 = version == null || version == Version.V1_2;
    boolean v10 = version == Version.V1_0;
    return new Dialect(
        version,
        mode,
        v12,
        v12 || !strict,
        v10 && !strict,
        escapes(version, strict),
        v10 && strict);
  }

  private static Escapes escapes(@Nullable Version version, boolean strict) {
    if (version == null) {
      return Escapes.FORGIVING_V1_2;
    }
    return switch (version) {
      case V1_0 -> Escapes.NONE;
      // RabbitMQ, Artemis and Vert.x send \r to 1.1 clients, where the specification forbids it.
      case V1_1 -> strict ? Escapes.V1_1 : Escapes.V1_2;
      case V1_2 -> Escapes.V1_2;
    };
  }

  boolean isStrict() {
    return mode == DecoderMode.STRICT;
  }

  /** Returns which escapes the headers of a frame of this command have. */
  Escapes escapesOf(Command command) {
    if (command.isHandshake()) {
      return Escapes.NONE;
    }
    // Losing the text of an ERROR would hide what the broker complains about.
    return command.equals(Command.ERROR) ? escapes.forgiving() : escapes;
  }

  /** Whether a carriage return inside a header line is a fault. */
  boolean refusesBareCarriageReturn() {
    return version == Version.V1_2;
  }

  /** Whether a colon in a value of a frame of this command is a fault. ERROR is spared here too. */
  boolean refusesRawColon(Command command) {
    return isStrict()
        && version != null
        && version.atLeast(Version.V1_1)
        && !command.isHandshake()
        && !command.equals(Command.ERROR);
  }

  /** Whether a frame of this command may have a body. */
  boolean allowsBody(Command command) {
    return command.allowsBody(version == null ? Version.V1_0 : version);
  }
}
