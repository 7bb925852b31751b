package io.stompbox.bench.codec;

import java.util.ArrayList;
import java.util.List;

/**
 * A stream of frames and the size of the pieces in which a decoder gets it. The cuts fall wherever
 * they fall, as on a socket. The same name always makes the same octets.
 */
public final class Corpus {
  /** The corpora for decoding, in the order of the report; NAME@SIZE cuts into smaller pieces. */
  public static final List<String> DECODED =
      List.of("small", "medium", "large", "nul", "escaped", "medium@1460", "medium@7");

  /** The corpora for encoding. Pieces are no matter there. */
  public static final List<String> ENCODED = List.of("small", "medium", "large", "escaped");

  /** Not measured, only asked: every escape of STOMP 1.2, in names too. */
  public static final String EVERY_ESCAPE = "every-escape";

  /** Bodies of 4 and 32 MiB without content-length: whether their time is linear. */
  public static final List<String> OPEN_BODIES = List.of("open-4m", "open-32m");

  /** What a socket is usually read in. */
  private static final int PIECE = 64 * 1024;

  private static final int ENOUGH = 256 * 1024;

  /**
   * Many small pieces are many objects. So few of them stay in the caches, as does the one buffer
   * that a program reads into.
   */
  private static final int SMALL_PIECE = 100;

  private static final int FEW = 32 * 1024;

  private final String name;
  private final List<SampleFrame> frames;
  private final byte[] octets;
  private final int pieceSize;

  private Corpus(String name, List<SampleFrame> frames, byte[] octets, int pieceSize) {
    this.name = name;
    this.frames = frames;
    this.octets = octets;
    this.pieceSize = pieceSize;
  }

  /** Returns a corpus of MESSAGE frames. */
  public static Corpus toDecode(String name) {
    int at = name.indexOf('@');
    return at < 0
        ? of(name, name, Direction.FROM_BROKER, PIECE)
        : of(
            name,
            name.substring(0, at),
            Direction.FROM_BROKER,
            Integer.parseInt(name.substring(at + 1)));
  }

  /** Returns a corpus of SEND frames. */
  public static Corpus toEncode(String name) {
    return of(name, name, Direction.TO_BROKER, PIECE);
  }

  private static Corpus of(String name, String kind, Direction direction, int pieceSize) {
    List<SampleFrame> frames = new ArrayList<>();
    int total = 0;
    int least = pieceSize < SMALL_PIECE ? FEW : kind.equals("large") ? 2 * ENOUGH : ENOUGH;
    for (int i = 0; total < least; i++) {
      SampleFrame frame = SampleFrames.of(kind, direction, i);
      frames.add(frame);
      total += frame.wire().length;
    }
    return of(name, frames, pieceSize);
  }

  private static Corpus of(String name, List<SampleFrame> frames, int pieceSize) {
    List<byte[]> wires = frames.stream().map(SampleFrame::wire).toList();
    int total = wires.stream().mapToInt(wire -> wire.length).sum();
    byte[] octets = new byte[total];
    int end = 0;
    for (byte[] wire : wires) {
      System.arraycopy(wire, 0, octets, end, wire.length);
      end += wire.length;
    }
    return new Corpus(name, List.copyOf(frames), octets, pieceSize);
  }

  /** Returns the start of this corpus: enough to see whether a codec is right. */
  public Corpus first(int count) {
    return of(name, frames.subList(0, Math.min(count, frames.size())), pieceSize);
  }

  /** The name. */
  public String name() {
    return name;
  }

  /** The frames in their order. */
  public List<SampleFrame> frames() {
    return frames;
  }

  /** The number of octets of all frames. */
  public int size() {
    return octets.length;
  }

  /** Returns the stream, cut. */
  public Pieces pieces() {
    return new Pieces(octets, pieceSize);
  }

  /** Who sends the frames. */
  enum Direction {
    /** MESSAGE frames. */
    FROM_BROKER,
    /** SEND frames. */
    TO_BROKER
  }
}
