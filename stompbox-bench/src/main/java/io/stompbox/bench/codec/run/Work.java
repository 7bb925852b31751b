package io.stompbox.bench.codec.run;

import io.stompbox.bench.codec.CodecSubject;
import io.stompbox.bench.codec.CodecSubject.Kind;
import io.stompbox.bench.codec.Corpus;
import io.stompbox.bench.codec.Depth;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

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

  Depth depth() {
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

  /** Whether this can be measured of a subject: it must do it at all, and do it right. */
  boolean suits(CodecSubject subject, String corpus) throws Exception {
    // Peers that take bodies of this size have to be told so by other means than a codec has.
    if (Corpus.OPEN_BODIES.contains(corpus) && subject.kind() == Kind.PEER) {
      return false;
    }
    return this == ENCODE
        ? !subject.encodesWrongly().containsKey(corpus)
            && subject.encoding(List.of(), Discarded.INSTANCE) != null
        : !subject.decodesWrongly().containsKey(corpus)
            && !(this == DECODE_FULL && subject.kind() == Kind.LIMIT)
            && subject.decoding(List.of(), depth(), Discarded.INSTANCE) != null;
  }
}
