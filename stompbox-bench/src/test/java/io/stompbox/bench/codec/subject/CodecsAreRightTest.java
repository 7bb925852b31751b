package io.stompbox.bench.codec.subject;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.bench.codec.CodecSubject;
import io.stompbox.bench.codec.CodecSubject.Kind;
import io.stompbox.bench.codec.Corpus;
import io.stompbox.bench.codec.Verification;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A codec that does less than it should would be fast for the wrong reason. */
class CodecsAreRightTest {
  private static final int FRAMES = 20;

  static Stream<Arguments> decoders() {
    return rows(Corpus.DECODED, "stompbox-ready", "stompbox-writer");
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("decoders")
  void decodesRightUnlessItIsKnownNotTo(String name, String corpus) throws Exception {
    CodecSubject subject = Subjects.named(name);

    Optional<String> difference =
        Verification.ofDecoding(subject, Corpus.toDecode(corpus).first(FRAMES));

    assertThat(difference).matches(isKnown(subject.decodesWrongly(), corpus));
  }

  static Stream<Arguments> encoders() {
    return rows(Corpus.ENCODED, "activemq-wire", "stompbox-borrowed");
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("encoders")
  void encodesRightUnlessItIsKnownNotTo(String name, String corpus) throws Exception {
    CodecSubject subject = Subjects.named(name);

    Optional<String> difference =
        Verification.ofEncoding(subject, Corpus.toEncode(corpus).first(FRAMES));

    assertThat(difference).matches(isKnown(subject.encodesWrongly(), corpus));
  }

  private static Predicate<Optional<String>> isKnown(Map<String, String> mistakes, String corpus) {
    return difference -> difference.isPresent() == mistakes.containsKey(corpus);
  }

  /** Returns every codec with every corpus, but for those that can't do this at all. */
  private static Stream<Arguments> rows(List<String> corpora, String... unable) {
    List<String> asked = Stream.concat(corpora.stream(), Stream.of(Corpus.EVERY_ESCAPE)).toList();
    return Subjects.all().stream()
        .filter(
            subject -> subject.kind() != Kind.LIMIT && !List.of(unable).contains(subject.name()))
        .flatMap(subject -> asked.stream().map(corpus -> Arguments.of(subject.name(), corpus)));
  }

  @Test
  void theOwnCodecIsNeverWrong() {
    assertThat(Subjects.all())
        .filteredOn(subject -> subject.kind() == Kind.STOMPBOX)
        .isNotEmpty()
        .allSatisfy(
            subject -> {
              assertThat(subject.decodesWrongly()).isEmpty();
              assertThat(subject.encodesWrongly()).isEmpty();
            });
  }
}
