package io.stompbox.protocol.codec;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Version;
import org.jspecify.annotations.Nullable;

/**
 * The differences between the versions as a decoder meets them, for one version and mode. All of
 * them are here, so that the decoder is one code path.
 *
 * @param version null before it is agreed
 * @param escapes which sequences with a backslash mean something
 */
record Dialect(@Nullable Version version, DecoderMode mode, Escapes escapes) {

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
    return new Dialect(version, mode, escapes(version, mode));
  }

  private static Escapes escapes(@Nullable Version version, DecoderMode mode) {
    if (version == null) {
      return Escapes.FORGIVING_V1_2;
    }
    return switch (version) {
      case V1_0 -> Escapes.NONE;
      // RabbitMQ, Artemis and Vert.x send \r to 1.1 clients, where the specification forbids it.
      case V1_1 -> mode == DecoderMode.STRICT ? Escapes.V1_1 : Escapes.V1_2;
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

  /** Whether CR LF ends a header line. */
  boolean carriageReturnEndsLine() {
    return version == null || version == Version.V1_2;
  }

  /** Whether CR LF is taken on command lines, on blank lines and between frames. */
  boolean carriageReturnTolerated() {
    return !isStrict() || carriageReturnEndsLine();
  }

  /** Whether a carriage return inside a header line is a fault. */
  boolean refusesBareCarriageReturn() {
    return version == Version.V1_2;
  }

  /** Whether padding around values is dropped, since the text of 1.0 itself pads them. */
  boolean trimsValues() {
    return version == Version.V1_0 && !isStrict();
  }

  /** Whether a header must have a value, as 1.0 says. */
  boolean refusesEmptyValue() {
    return version == Version.V1_0 && isStrict();
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
