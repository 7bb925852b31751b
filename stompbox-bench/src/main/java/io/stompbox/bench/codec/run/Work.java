package io.stompbox.bench.codec.run;

import io.stompbox.bench.codec.CodecSubject;
import io.stompbox.bench.codec.CodecSubject.Kind;
import io.stompbox.bench.codec.CodecSubject.Operation;
import io.stompbox.bench.codec.Corpus;
import io.stompbox.bench.codec.Depth;
import io.stompbox.bench.codec.EncodedSink;
import io.stompbox.bench.codec.FrameSink;
import io.stompbox.bench.codec.Verification;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is measured of a codec. */
enum Work {
  DECODE_USE("decode-use", "Decoding, three headers and the ends of the body used"),
  DECODE_FULL("decode-full", "Decoding, all headers and a copy of the body used"),
  ENCODE("encode", "Encoding, from Strings and an array");

  private final String option;
  private final String title;

  Work(String option, String title) {
    this.option = option;
    this.title = title;
  }

  static Work of(String option) {
    return Arrays.stream(values())
        .filter(work -> work.option.equals(option))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no work '"
                        + option
                        + "'; there are "
                        + Arrays.stream(values()).map(Work::option).toList()));
  }

  /** The name in options and in the file of raw results. */
  String option() {
    return option;
  }

  /** The heading in the report. */
  String title() {
    return title;
  }

  private Depth depth() {
    return this == DECODE_FULL ? Depth.FULL : Depth.USE;
  }

  List<String> corpora() {
    return switch (this) {
      case DECODE_USE ->
          Stream.of(Corpus.DECODED, Corpus.OPEN_BODIES).flatMap(List::stream).toList();
      case DECODE_FULL -> Corpus.DECODED;
      case ENCODE -> Corpus.ENCODED;
    };
  }

  Corpus corpus(String name) {
    return this == ENCODE ? Corpus.toEncode(name) : Corpus.toDecode(name);
  }

  /** Returns what is wrong with a codec's results; empty if nothing is. */
  Optional<String> difference(CodecSubject subject, Corpus corpus) throws Exception {
    return this == ENCODE
        ? Verification.ofEncoding(subject, corpus)
        : Verification.ofDecoding(subject, corpus);
  }

  /** Prepares a subject; null if it can't do this. */
  <S extends FrameSink & EncodedSink> @Nullable Operation operation(
      CodecSubject subject, Corpus corpus, S sink) throws Exception {
    return this == ENCODE
        ? subject.encoding(corpus.frames(), sink)
        : subject.decoding(corpus.pieces(), depth(), sink);
  }

  /** Whether this can be measured of a subject: it must do it at all, and do it right. */
  boolean suits(CodecSubject subject, String corpus) {
    // Peers that take bodies of this size have to be told so by other means than a codec has.
    if (Corpus.OPEN_BODIES.contains(corpus) && subject.kind() == Kind.PEER) {
      return false;
    }
    if (this == DECODE_FULL && subject.kind() == Kind.LIMIT) {
      return false;
    }
    Map<String, String> mistakes =
        this == ENCODE ? subject.encodesWrongly() : subject.decodesWrongly();
    return !mistakes.containsKey(corpus) && isAble(subject, corpus);
  }

  private boolean isAble(CodecSubject subject, String corpus) {
    try {
      return operation(subject, corpus(corpus).first(1), Discarded.INSTANCE) != null;
    } catch (Exception e) {
      throw new IllegalStateException(subject.name() + " can't be prepared for " + corpus, e);
    }
  }
}
